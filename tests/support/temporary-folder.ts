import fs from 'node:fs';
import path from 'node:path';

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';
/** Databases of two test files at once, and the data folders of all stacks of a run. */
const ENOUGH_BYTES = 6 * 2 ** 30;
const PREFIX = 'anjie-tests-';

/**
 * A folder in memory for the temporary files of this run, or null where there is no room for one. Databases wait for the disk
 * at every commit, which says nothing about the product: what the tests kill are processes, and a file in memory outlives
 * those as one on disk does. Folders of runs that were killed are removed.
 */
export function makeTemporaryFolder(): string | null {
  if (process.env['TMPDIR'] || !fs.existsSync(MEMORY)) return null;
  for (const name of fs.readdirSync(MEMORY)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : NaN;
    if (Number.isInteger(pid) && !fs.existsSync(`/proc/${pid}`)) fs.rmSync(path.join(MEMORY, name), { recursive: true, force: true });
  }
  const { bavail, bsize } = fs.statfsSync(MEMORY);
  if (bavail * bsize < ENOUGH_BYTES) return null;
  const folder = folderOfRun();
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

export function removeTemporaryFolder(): void {
  fs.rmSync(folderOfRun(), { recursive: true, force: true });
}

function folderOfRun(): string {
  return path.join(MEMORY, `${PREFIX}${process.pid}`);
}
