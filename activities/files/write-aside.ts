/** Files appear whole or not at all: written beside under a hidden name, synced, renamed. */
import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { READY_SUFFIX } from '../../domain/files/file-name';
import { fileFailure, systemCode, writeFailure } from './failure';
import { pathIn, syncFolder } from './folder';
import { digestOf } from './read-chunks';

export interface Written {
  readonly bytes: number;
  /** SM3 of all bytes, lower-case hex. */
  readonly sm3: string;
  /** The same content stood there already; nothing was written. */
  readonly stood: boolean;
}

/** How bytes reach the disk; tests put a full disk here. */
export type Write = (handle: FileHandle, chunk: Buffer) => Promise<unknown>;
const toDisk: Write = (handle, chunk) => handle.writeFile(chunk);

/** Leftovers of attempts that were killed are removed when they are older; a live one is written to all the time. */
const STALE_MS = 3_600_000;

/**
 * Writes a file into a folder and its `.ok` last. `ready` makes the text of the `.ok` when all bytes are written. Doing it again
 * with the same content changes nothing; other content under the name of a finished file is refused, since it may have left.
 * Throws ApplicationFailure FILE_DISK_FULL or FILE_WRITE_FAILED (tried again; nothing half-done is visible), FILE_NAME_TAKEN,
 * FILE_PATH_REFUSED, and what `chunks` throws.
 */
export async function writeWithReady(
  folder: string,
  name: string,
  chunks: AsyncIterable<Buffer>,
  ready: (written: Omit<Written, 'stood'>) => string,
  write: Write = toDisk,
): Promise<Written> {
  const path = await pathIn(folder, name);
  const readyPath = await pathIn(folder, name + READY_SUFFIX);
  const aside = await writeAside(path, chunks, write);
  try {
    const finished = await exists(readyPath);
    const before = (await exists(path)) ? await digestOf(path) : null;
    const stood = before?.sm3 === aside.sm3;
    if (finished && before !== null && !stood) throw fileFailure('FILE_NAME_TAKEN', name);
    if (!stood) {
      await rename(aside.path, path);
      await syncFolder(folder);
    }
    const text = Buffer.from(ready({ bytes: aside.bytes, sm3: aside.sm3 }), 'utf8');
    if (!finished || !stood) {
      const readyAside = await writeAside(readyPath, only(text), write);
      await rename(readyAside.path, readyPath).finally(() => rm(readyAside.path, { force: true }));
      await syncFolder(folder);
    }
    return { bytes: aside.bytes, sm3: aside.sm3, stood };
  } catch (error) {
    throw writeFailure(error, name);
  } finally {
    await rm(aside.path, { force: true });
  }
}

async function* only(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
}

/** Writes and syncs a hidden file beside `path`; removes it when that fails. */
async function writeAside(path: string, chunks: AsyncIterable<Buffer>, write: Write): Promise<{ path: string; bytes: number; sm3: string }> {
  const folder = dirname(path);
  const prefix = `.${path.slice(folder.length + 1)}.`;
  await removeStale(folder, prefix);
  const aside = join(folder, `${prefix}${randomUUID()}.part`);
  try {
    const handle = await open(aside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o640);
    const hash = createHash('sm3');
    let bytes = 0;
    try {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        await write(handle, chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { path: aside, bytes, sm3: hash.digest('hex') };
  } catch (error) {
    await rm(aside, { force: true });
    throw writeFailure(error, prefix.slice(1, -1));
  }
}

async function removeStale(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith('.part')) continue;
    const found = await stat(join(folder, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs > STALE_MS) await rm(join(folder, name), { force: true });
  }
}
