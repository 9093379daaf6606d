import { createWriteStream } from 'node:fs';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { decodeStream, encodeStream } from 'iconv-lite';
import { UnreadableInput } from './unreadable';

const CHUNK_BYTES = 24 * 1024 * 1024;
const CR = 13;
const LF = 10;

/**
 * Cuts a file of fixed records into ASCII files that the engine reads on all cores, and hands each to `take` while the next is cut;
 * at most two stand at once. Bytes above 127 become DEL, four at a time, so lengths and positions stay.
 * @throws UnreadableInput when a record has another length.
 */
export async function eachAsciiChunk(path: string, recordBytes: number, folder: string, take: (chunk: string, records: number) => Promise<void>): Promise<void> {
  const file = await open(path, 'r');
  let taken: Promise<void> = Promise.resolve();
  try {
    const size = Math.max(1, Math.floor(CHUNK_BYTES / recordBytes)) * recordBytes;
    const buffer = Buffer.alloc(Math.ceil(size / 4) * 4);
    for (let first = 0, turn = 0; ; turn = 1 - turn) {
      const length = await fill(file, buffer, size, first);
      if (length === 0) break;
      const records = checkRecords(buffer, length, recordBytes, first);
      toAscii(buffer);
      const chunk = join(folder, `records-${turn}.txt`);
      await writeFile(chunk, buffer.subarray(0, records * recordBytes));
      // The file of this turn was read before the one that is being read now.
      await taken;
      taken = take(chunk, records);
      taken.catch(() => undefined);
      first += records * recordBytes;
      if (length < size) break;
    }
    await taken;
  } finally {
    await taken.catch(() => undefined);
    await file.close();
  }
}

async function fill(file: FileHandle, buffer: Buffer, size: number, from: number): Promise<number> {
  let length = 0;
  while (length < size) {
    const { bytesRead } = await file.read(buffer, length, size - length, from + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

/** How many records there are. A single 0x1A at the end of the file is an end-of-file mark of old systems, and no record. */
function checkRecords(buffer: Buffer, length: number, recordBytes: number, first: number): number {
  const bytes = length % recordBytes === 1 && buffer[length - 1] === 0x1a ? length - 1 : length;
  for (let start = 0; start < bytes; start += recordBytes) {
    const end = start + recordBytes - 1;
    if (end >= bytes || buffer.indexOf(LF, start) !== end || buffer[end - 1] !== CR) {
      throw new UnreadableInput(`第 ${(first + start) / recordBytes + 1} 条记录的长度不是 ${recordBytes} 字节`);
    }
  }
  return bytes / recordBytes;
}

function toAscii(buffer: Buffer): void {
  const words = new Uint32Array(buffer.buffer, buffer.byteOffset, buffer.length >> 2);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as number;
    const high = word & 0x80808080;
    if (high !== 0) words[index] = (word & ~((high >>> 7) * 0xff)) | ((high >>> 7) * 0x7f);
  }
}

/** Writes a GB18030 text anew as UTF-8, in a stream. */
export async function toUtf8(path: string, target: string): Promise<void> {
  await pipeline(createReadStream(path), decodeStream('gb18030'), encodeStream('utf-8'), createWriteStream(target));
}
