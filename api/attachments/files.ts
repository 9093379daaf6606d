import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyRing } from '../../runtime/keys';

/**
 * The contents of attachments, encrypted in a folder, a piece at a time.
 *
 * File: `ANJ1` · length of the wrapped key (2 bytes) · the file's own key, encrypted by the key ring · pieces of 64 KiB, each
 * AES-256-GCM with its tag (16). A piece's nonce is its number; what is authenticated besides is the id of the attachment and
 * whether it is the last one, so that no piece can be moved, taken from another file, or cut off unnoticed.
 */
export interface AttachmentFiles {
  /** Largest attachment, bytes. */
  readonly limit: number;
  /** Writes a file under an id that is new; the file is there, whole and durable, when it returns. Nothing is left when it throws. */
  write(id: string, content: AsyncIterable<Buffer>): Promise<void>;
  /** The content, piece by piece. Throws Error where the file is damaged or absent, before or within the stream. */
  read(id: string): AsyncGenerator<Buffer>;
  remove(id: string): Promise<void>;
}

const MARK = Buffer.from('ANJ1');
const PIECE = 64 * 1024;
const TAG = 16;
const CIPHER = 'aes-256-gcm';
const ID = /^[0-9a-f-]{36}$/;

export function openAttachmentFiles(folder: string, keyRing: Pick<KeyRing, 'encrypt' | 'decrypt'>, limit: number): AttachmentFiles {
  const pathOf = (id: string): string => {
    if (!ID.test(id)) throw new Error('not an id of an attachment');
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

  return { limit, write, read: (id) => readPieces(pathOf(id), id, keyRing), remove: (id) => rm(pathOf(id), { force: true }) };
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

async function* readPieces(path: string, id: string, keyRing: Pick<KeyRing, 'decrypt'>): AsyncGenerator<Buffer> {
  let key: Buffer | null = null;
  let number = 0;
  let held = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE + TAG }) as AsyncIterable<Buffer>) {
    held = Buffer.concat([held, chunk]);
    if (key === null) {
      const start = MARK.length + 2;
      if (!held.subarray(0, MARK.length).equals(MARK)) throw new Error('not an attachment');
      const end = start + held.readUInt16BE(MARK.length);
      key = keyRing.decrypt(held.subarray(start, end));
      held = held.subarray(end);
    }
    while (held.length > PIECE + TAG) {
      yield opened(key, id, number++, held.subarray(0, PIECE + TAG), false);
      held = held.subarray(PIECE + TAG);
    }
  }
  if (key === null) throw new Error('an empty attachment file');
  yield opened(key, id, number, held, true);
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
