import { crc32Of } from './crc32';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** One file inside an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_CENTRAL = 0x06054b50;
const UTF8_NAME = 0x0800;
const ENCRYPTED = 0x0001;
const VERSION = 20;
/** 1980-01-01, the first day that the format knows, so that the same content always gives the same bytes. */
const FIXED_DATE = 0x0021;

/** Writes an archive that holds one file, deflated. The same entry always gives the same bytes. */
export function zipOne(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name, 'utf8');
  const packed = deflateRawSync(entry.content);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(VERSION, 0);
  common.writeUInt16LE(UTF8_NAME, 2);
  common.writeUInt16LE(8, 4);
  common.writeUInt16LE(0, 6);
  common.writeUInt16LE(FIXED_DATE, 8);
  common.writeUInt32LE(crc32Of(entry.content), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(entry.content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([signature(LOCAL_HEADER), common, name, packed]);
  const versionMadeBy = Buffer.from([VERSION, 0]);
  const placement = Buffer.alloc(14);
  const central = Buffer.concat([signature(CENTRAL_HEADER), versionMadeBy, common, placement, name]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, signature(END_OF_CENTRAL), end]);
}

/**
 * Reads an archive that holds exactly one file, stored or deflated.
 * Throws RangeError for anything else: no archive, several files, a password, a wrong checksum, a folder in the name,
 * or more than `maxBytes` bytes after unpacking.
 */
export function unzipOne(archive: Buffer, maxBytes: number): ZipEntry {
  const end = archive.lastIndexOf(signature(END_OF_CENTRAL));
  if (end < 0 || end + 22 > archive.length) throw new RangeError('not a zip archive');
  if (archive.readUInt16LE(end + 10) !== 1) throw new RangeError('the archive does not hold exactly one file');
  const central = archive.readUInt32LE(end + 16);
  if (central + 46 > archive.length || archive.readUInt32LE(central) !== CENTRAL_HEADER) {
    throw new RangeError('damaged zip archive');
  }
  const flags = archive.readUInt16LE(central + 8);
  const method = archive.readUInt16LE(central + 10);
  const checksum = archive.readUInt32LE(central + 16);
  const packedLength = archive.readUInt32LE(central + 20);
  const length = archive.readUInt32LE(central + 24);
  const name = archive.toString('utf8', central + 46, central + 46 + archive.readUInt16LE(central + 28));
  const local = archive.readUInt32LE(central + 42);
  if ((flags & ENCRYPTED) !== 0) throw new RangeError('the archive has a password');
  if (name.includes('/') || name.includes('\\')) throw new RangeError('the archive names a folder');
  if (length > maxBytes) throw new RangeError(`the file is longer than ${maxBytes} bytes`);
  if (local + 30 > archive.length || archive.readUInt32LE(local) !== LOCAL_HEADER) {
    throw new RangeError('damaged zip archive');
  }
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + packedLength);
  const content = unpack(packed, method, maxBytes);
  if (content.length !== length || crc32Of(content) !== checksum) throw new RangeError('wrong checksum in zip archive');
  return { name, content };
}

function unpack(packed: Buffer, method: number, maxBytes: number): Buffer {
  if (method === 0) return Buffer.from(packed);
  if (method !== 8) throw new RangeError(`unknown compression method ${method}`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, maxBytes) });
  } catch (error) {
    throw new RangeError('damaged zip archive', { cause: error });
  }
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
