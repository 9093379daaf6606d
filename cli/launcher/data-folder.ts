import fs from 'node:fs';
import path from 'node:path';

import Database from 'better-sqlite3';

import { endProcess, isRunning, type ProcessMark } from './processes';

/** What a launcher holds while it owns a data folder. */
export interface DataFolder {
  readonly path: string;
  /** Records the children of this launcher, so that the next one can end them if this one is killed. */
  recordChildren(children: readonly ProcessMark[]): void;
  /** Removes everything but the lock and downloaded programs. */
  empty(): void;
  release(): void;
}

const LOCK_FILE = 'launcher.lock';
const CHILDREN_FILE = 'children.json';

/** Writes a file so that a reader sees the old text or the new one, never a part. */
export function writeAtomically(file: string, text: string, mode = 0o644): void {
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, text, { mode });
  fs.renameSync(temporary, file);
}

/**
 * Takes a data folder for one launcher. The lock is the operating system's own lock on an SQLite file: it ends with the
 * process that holds it, however that ends, so it can never be stale. What a killed launcher left running is ended here,
 * each only when its pid and start time are those recorded.
 * Throws an Error with a Chinese sentence when another launcher holds the folder.
 */
export async function takeDataFolder(folder: string, report: (line: string) => void): Promise<DataFolder> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFile(folder);
  if (!lock) {
    const launcher = readChildren(folder).find((child) => child.name === 'launcher');
    const who = launcher ? `（进程 ${launcher.pid}）` : '';
    throw new Error(`数据目录 ${folder} 已有一个安结在运行${who}。请先结束它，或用 ANJIE_DATA_DIR 指定另一个目录。`);
  }
  await endOrphans(folder, report);
  return {
    path: folder,
    recordChildren: (children) => writeAtomically(path.join(folder, CHILDREN_FILE), JSON.stringify(children)),
    empty: () => emptyFolder(folder),
    release: () => lock.close(),
  };
}

function emptyFolder(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    if (name.startsWith(LOCK_FILE) || name === '.cache') continue;
    fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

function lockFile(folder: string): Database.Database | undefined {
  const lock = new Database(path.join(folder, LOCK_FILE), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}

function readChildren(folder: string): ProcessMark[] {
  const file = path.join(folder, CHILDREN_FILE);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as ProcessMark[]) : [];
}

async function endOrphans(folder: string, report: (line: string) => void): Promise<void> {
  const orphans = readChildren(folder).filter((child) => child.name !== 'launcher' && isRunning(child));
  if (orphans.length === 0) return;
  report(`上次没有正常结束，先停下遗留的进程：${orphans.map((child) => `${child.name} ${child.pid}`).join('、')}`);
  await Promise.all(orphans.map((child) => endProcess(child)));
}
