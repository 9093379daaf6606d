import { lstat, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFailure, systemCode } from './failure';

/** Names of exchanged files and their `.ok`: no separators, nothing hidden, nothing that a shell or a disk reads otherwise. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.[a-z]{1,5}(?:\.ok)?$/;

/**
 * Path of a file inside a folder. Throws ApplicationFailure FILE_PATH_REFUSED for a name that leaves the folder, is a link, or
 * stands for something else than a file.
 */
export async function pathIn(folder: string, name: string): Promise<string> {
  if (!NAME.test(name)) throw fileFailure('FILE_PATH_REFUSED', JSON.stringify(name.slice(0, 60)));
  const path = join(await realpath(folder), name);
  const found = await lstat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (found !== null && !found.isFile()) throw fileFailure('FILE_PATH_REFUSED', name);
  return path;
}

/** Makes what was renamed or removed in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
