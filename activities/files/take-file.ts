/** Files that others put into a folder: taken only when they are whole, kept in an archive afterwards. */
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';
import { READY_SUFFIX, parseFileName } from '../../domain/files/file-name';
import { MOST_READY_BYTES, parseReady, type ReadyFile } from '../../domain/files/ready-file';
import type { FileFormat } from '../../schemas/files/format';
import { fileFailure, systemCode, writeFailure } from './failure';
import { pathIn, syncFolder } from './folder';
import { digestOf } from './read-chunks';

/** What stands at a name. `waiting` is no fault: look again later. */
export type Arrival =
  | { readonly state: 'whole'; readonly path: string; readonly bytes: number; readonly sm3: string; readonly ready: ReadyFile }
  | { readonly state: 'waiting'; readonly reason: 'absent' | 'noReady' | 'short' | 'growing' }
  | { readonly state: 'refused'; readonly code: 'FILE_READY_DIFFERS'; readonly message: string };

/** Names in a folder that have their `.ok`, in order. Names that are none of this format are left alone. */
export async function listArrivals(folder: string, format: FileFormat): Promise<string[]> {
  const names = new Set(await readdir(folder));
  return [...names].filter((name) => parseFileName(name, format) !== null && names.has(name + READY_SUFFIX)).sort();
}

async function mark(path: string): Promise<{ size: number; mtimeMs: number; ino: number } | null> {
  return stat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
}

/**
 * Looks whether a file may be taken: its `.ok` is there, length and SM3 are those of the `.ok`, and it did not change while it was
 * read. Its `sm3` tells whether the same content came before. Throws ApplicationFailure FILE_PATH_REFUSED.
 */
export async function inspectArrival(folder: string, name: string, format: FileFormat): Promise<Arrival> {
  const path = await pathIn(folder, name);
  const readyPath = await pathIn(folder, name + READY_SUFFIX);
  const before = await mark(path);
  if (before === null) return { state: 'waiting', reason: 'absent' };
  const readyMark = await mark(readyPath);
  if (readyMark === null) return { state: 'waiting', reason: 'noReady' };
  const ready = readyMark.size > MOST_READY_BYTES ? null : parseReady(await readFile(readyPath, 'utf8'), format);
  if (ready === null) return { state: 'refused', code: 'FILE_READY_DIFFERS', message: '.ok 不能识别' };
  if (before.size < ready.bytes) return { state: 'waiting', reason: 'short' };
  const { bytes, sm3 } = await digestOf(path);
  const after = await mark(path);
  const changed = after === null || after.size !== before.size || after.mtimeMs !== before.mtimeMs || after.ino !== before.ino || bytes !== before.size;
  if (changed) return { state: 'waiting', reason: 'growing' };
  if (bytes !== ready.bytes || sm3 !== ready.sm3) return { state: 'refused', code: 'FILE_READY_DIFFERS', message: bytes !== ready.bytes ? '长度与 .ok 不符' : '内容与 .ok 不符' };
  return { state: 'whole', path, bytes, sm3, ready };
}

/**
 * Moves a file and its `.ok` into `archive`, under its name and the beginning of its SM3, so that nothing kept is ever
 * overwritten. The `.ok` goes first: what has none is not taken again. Doing it again after a crash goes on where it stopped.
 * Returns the archived path. Throws ApplicationFailure FILE_DISK_FULL or FILE_WRITE_FAILED.
 */
export async function archiveFile(folder: string, name: string, archive: string, sm3: string): Promise<string> {
  if (!/^[0-9a-f]{64}$/.test(sm3)) throw fileFailure('FILE_PATH_REFUSED', name);
  try {
    await mkdir(archive, { recursive: true });
    const kept = join(archive, `${name}.${sm3.slice(0, 16)}`);
    await move(await pathIn(folder, name + READY_SUFFIX), kept + READY_SUFFIX);
    await move(await pathIn(folder, name), kept);
    await syncFolder(archive);
    await syncFolder(folder);
    return kept;
  } catch (error) {
    throw writeFailure(error, name);
  }
}

/** Moves a file, over the border of a disk too; nothing to move is done already. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    if (systemCode(error) !== 'EXDEV') throw error;
    const aside = `${to}.part`;
    await copyFile(from, aside, constants.COPYFILE_FICLONE);
    await rename(aside, to);
    await rm(from);
  }
}
