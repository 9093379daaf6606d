import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A body on disk: it is read twice, and is too long for memory. Encrypted file systems are the operator's matter; it is gone after the intake. */
export interface Spool {
  /** SHA-256 of all bytes. */
  readonly contentHash: string;
  bytes(): AsyncIterable<Buffer>;
  remove(): Promise<void>;
}

/** Writes a body to a file of its own, readable by this user only. What breaks the body is thrown as it is. */
export async function spool(chunks: AsyncIterable<Buffer>): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), 'anjie-intake-'));
  const path = join(folder, 'body');
  const hash = createHash('sha256');
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of chunks) {
        hash.update(chunk);
        await file.write(chunk);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { contentHash: hash.digest('hex'), bytes: () => createReadStream(path, { highWaterMark: 256 * 1024 }), remove };
}
