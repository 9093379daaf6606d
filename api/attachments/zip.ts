/** The directory of a zip file, read from its end; enough to tell what a file is and whether it is harmless. */

/** Bytes at the end of a file that are looked at: the directory of an office document is a few kilobytes. */
export const ZIP_TAIL = 512 * 1024;

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const MOST_ENTRIES = 10_000;
const ENCRYPTED = 1;
const UTF8_NAMES = 0x800;

export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  /** Bytes once unpacked. */
  readonly size: number;
  readonly packed: number;
}

/**
 * The entries of a zip file, or null where it has no directory that can be read.
 * @param tail the last bytes of the file, at most ZIP_TAIL
 * @param size bytes of the whole file
 */
export function readZipDirectory(tail: Buffer, size: number): readonly ZipEntry[] | null {
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_SIZE > tail.length || tail.readUInt32LE(end) !== END_MARK) return null;
  const count = tail.readUInt16LE(end + 10);
  const start = tail.readUInt32LE(end + 16) - (size - tail.length);
  if (count === 0 || count > MOST_ENTRIES || start < 0) return null;
  const entries: ZipEntry[] = [];
  for (let at = start; entries.length < count; ) {
    if (at + ENTRY_SIZE > end || tail.readUInt32LE(at) !== ENTRY_MARK) return null;
    const flags = tail.readUInt16LE(at + 8);
    const nameLength = tail.readUInt16LE(at + 28);
    const next = at + ENTRY_SIZE + nameLength + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
    if (next > end) return null;
    const name = tail.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength).toString((flags & UTF8_NAMES) === 0 ? 'latin1' : 'utf8');
    entries.push({ name, encrypted: (flags & ENCRYPTED) !== 0, size: tail.readUInt32LE(at + 24), packed: tail.readUInt32LE(at + 20) });
    at = next;
  }
  return entries;
}

/** Bytes that a harmless archive unpacks to at most, and how much smaller packing makes anything real. */
const MOST_UNPACKED = 500 * 1024 * 1024;
const MOST_RATIO = 1_000;

/** Whether nothing in the archive leads out of its folder, hides behind a password, runs as a macro or bursts the disk. */
export function isHarmless(entries: readonly ZipEntry[]): boolean {
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  const leadsOut = (name: string): boolean => name.includes('\\') || name.includes('\0') || /^([A-Za-z]:|\/)/.test(name) || name.split('/').includes('..');
  const bursts = ({ size, packed }: ZipEntry): boolean => size > MOST_RATIO * Math.max(packed, 1) && size > 1024 * 1024;
  const bad = entries.some((entry) => entry.encrypted || leadsOut(entry.name) || bursts(entry) || /vbaProject\.bin$/i.test(entry.name));
  return !bad && total <= MOST_UNPACKED;
}
