import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Bytes that are read at once. */
const CHUNK = 1 << 20;

/** A file's bytes from `start` on. Follows no link. Each chunk is a buffer of its own. */
export async function* readChunks(path: string, start = 0): AsyncGenerator<Buffer> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    yield* chunksOf(handle, start);
  } finally {
    await handle.close();
  }
}

async function* chunksOf(handle: FileHandle, start: number): AsyncGenerator<Buffer> {
  for (let position = start; ; ) {
    const buffer = Buffer.allocUnsafe(CHUNK);
    const { bytesRead } = await handle.read(buffer, 0, CHUNK, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Length and SM3 (lower-case hex) of a file. */
export async function digestOf(path: string): Promise<{ readonly bytes: number; readonly sm3: string }> {
  const hash = createHash('sm3');
  let bytes = 0;
  for await (const chunk of readChunks(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sm3: hash.digest('hex') };
}
