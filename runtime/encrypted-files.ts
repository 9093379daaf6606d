import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyRing } from './keys';

/**
 * Files that people sent (attachments, registers), encrypted in a folder, a piece at a time.
 *
 * File: `ANJ1` · length of the wrapped key (2 bytes) · the file's own key, encrypted by the key ring · pieces of 64 KiB, each
 * AES-256-GCM with its tag (16). A piece's nonce is its number; what is authenticated besides is the id of the file and
 * whether it is the last one, so that no piece can be moved, taken from another file, or cut off unnoticed.
 */
export interface EncryptedFiles {
  /** Largest file, bytes. */
  readonly limit: number;
  /** Writes a file under an id that is new; the file is there, whole and durable, when it returns. Nothing is left when it throws. */
  write(id: string, content: AsyncIterable<Buffer>): Promise<void>;
  /** The content from byte `start` on, piece by piece. Throws Error where the file is damaged or absent, before or within the stream. */
  read(id: string, start?: number): AsyncGenerator<Buffer>;
  remove(id: string): Promise<void>;
  /**
   * Removes what uploads left behind that broke off with their process: unfinished files that nothing was written to for
   * `ageMs`. Another process may be writing a younger one. Returns how many.
   */
  sweep(ageMs: number): Promise<number>;
}

const MARK = Buffer.from('ANJ1');
const PIECE = 64 * 1024;
const TAG = 16;
const CIPHER = 'aes-256-gcm';
const ID = /^[0-9a-f-]{36}$/;
const PART = /^[0-9a-f-]{36}\.enc\.part$/;

export function openEncryptedFiles(folder: string, keyRing: Pick<KeyRing, 'encrypt' | 'decrypt'>, limit: number): EncryptedFiles {
  const pathOf = (id: string): string => {
    if (!ID.test(id)) throw new Error('not an id of a file');
    return join(folder, id.slice(0, 2), `${id}.enc`);
  };

  async function write(id: string, content: AsyncIterable<Buffer>): Promise<void> {
    const path = pathOf(id);
    await mkdir(join(folder, id.slice(0, 2)), { recursive: true, mode: 0o700 });
    const file = await open(`${path}.part`, 'wx', 0o600);
    try {
      await writePieces(file, id, content, keyRing);
      await file.sync();
      await file.close();
      await rename(`${path}.part`, path);
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(`${path}.part`, { force: true });
      throw error;
    }
  }

  return { limit, write, read: (id, start = 0) => readPieces(pathOf(id), id, keyRing, start), remove: (id) => rm(pathOf(id), { force: true }), sweep: (ageMs) => sweepParts(folder, ageMs) };
}

async function sweepParts(folder: string, ageMs: number): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(absentIsEmpty);
  let removed = 0;
  for (const entry of entries) {
    if (!entry.isFile() || !PART.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const found = await stat(path).catch(absentIsNull);
    // Finished or removed meanwhile: it is no longer there.
    if (found === null || Date.now() - found.mtimeMs < ageMs) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

function absentIsEmpty(error: NodeJS.ErrnoException): Dirent[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

function absentIsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

async function writePieces(file: FileHandle, id: string, content: AsyncIterable<Buffer>, keyRing: Pick<KeyRing, 'encrypt'>): Promise<void> {
  const key = randomBytes(32);
  const wrapped = keyRing.encrypt(key);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(wrapped.length);
  await file.write(Buffer.concat([MARK, length, wrapped]));
  let number = 0;
  // A piece is written once it is known whether another follows.
  let held = Buffer.alloc(0);
  for await (const chunk of content) {
    held = Buffer.concat([held, chunk]);
    while (held.length > PIECE) {
      await file.write(sealed(key, id, number++, held.subarray(0, PIECE), false));
      held = held.subarray(PIECE);
    }
  }
  await file.write(sealed(key, id, number, held, true));
}

async function* readPieces(path: string, id: string, keyRing: Pick<KeyRing, 'decrypt'>, start: number): AsyncGenerator<Buffer> {
  const { key, end } = await readHead(path, keyRing);
  let number = Math.floor(start / PIECE);
  let skipped = start - number * PIECE;
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { start: end + number * (PIECE + TAG), highWaterMark: PIECE + TAG }) as AsyncIterable<Buffer>) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length > PIECE + TAG) {
      yield opened(key, id, number++, held.subarray(0, PIECE + TAG), false).subarray(skipped);
      held = held.subarray(PIECE + TAG);
      skipped = 0;
    }
  }
  yield opened(key, id, number, held, true).subarray(skipped);
}

/** The file's own key, and where its pieces begin. */
async function readHead(path: string, keyRing: Pick<KeyRing, 'decrypt'>): Promise<{ key: Buffer; end: number }> {
  const file = await open(path, 'r');
  try {
    const start = MARK.length + 2;
    const head = Buffer.alloc(start);
    await file.read(head, 0, start, 0);
    if (!head.subarray(0, MARK.length).equals(MARK)) throw new Error('not an encrypted file');
    const wrapped = Buffer.alloc(head.readUInt16BE(MARK.length));
    await file.read(wrapped, 0, wrapped.length, start);
    return { key: keyRing.decrypt(wrapped), end: start + wrapped.length };
  } finally {
    await file.close();
  }
}

function sealed(key: Buffer, id: string, number: number, plain: Buffer, last: boolean): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonceOf(number));
  cipher.setAAD(contextOf(id, last));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function opened(key: Buffer, id: string, number: number, piece: Buffer, last: boolean): Buffer {
  const decipher = createDecipheriv(CIPHER, key, nonceOf(number), { authTagLength: TAG });
  decipher.setAAD(contextOf(id, last));
  decipher.setAuthTag(piece.subarray(-TAG));
  return Buffer.concat([decipher.update(piece.subarray(0, -TAG)), decipher.final()]);
}

/** The key is the file's own, so a number makes a nonce that is used once. */
function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 8);
  return nonce;
}

function contextOf(id: string, last: boolean): Buffer {
  return Buffer.from(`${id} ${last ? 'last' : 'more'}`);
}
