import type { BatchRange } from '../../../domain/batch/types';
import { rowKey, type RegisterColumn } from '../../../domain/contribution/register-row';
import { RegisterFileProblem } from './problem';
import { readRegister, type RegisterFormat } from './rows';

/** Rows of one chunk. */
export const CHUNK_ROWS = 5_000;
/** Doubles that are listed one by one; a file with more of them is wrong as a whole. */
const MOST_DOUBLES = 1_000;

/** Where the rows of a file lie, and which of them say something about what an earlier one was about. */
export interface RegisterPlan {
  readonly columns: readonly RegisterColumn[];
  readonly ranges: readonly BatchRange[];
  /** Row and the row before it that it doubles. */
  readonly doubles: readonly (readonly [number, number])[];
}

/** A row and the byte at which it begins, as chunks are cut. */
export interface Place {
  readonly row: number;
  readonly byte: number;
}

export function writePlace({ row, byte }: Place): string {
  return `${row}@${byte}`;
}

export function readPlace(text: string): Place {
  const [row, byte] = text.split('@').map(Number);
  if (row === undefined || byte === undefined || !Number.isSafeInteger(row) || !Number.isSafeInteger(byte)) throw new TypeError(`not a place in a file: ${text}`);
  return { row, byte };
}

/** Cuts a checked file into chunks and finds its doubles. `read` opens the file anew; memory holds eight bytes a row. */
export async function planRegister(read: () => AsyncIterable<Buffer>, format: RegisterFormat, rows: number, heartbeat: () => void): Promise<RegisterPlan> {
  const hashes = new Float64Array(rows);
  const starts: number[] = [];
  let columns: readonly RegisterColumn[] = [];
  let end = 0;
  for await (const { head, lines } of readRegister(read(), format)) {
    columns = head.columns;
    for (const line of lines) {
      end = line.offset;
      if (line.kind === 'trailer') break;
      if ((line.no - 1) % CHUNK_ROWS === 0) starts.push(line.offset);
      // A row that cannot be read doubles nothing.
      hashes[line.no - 1] = line.row ? hashOf(rowKey(line.row)) : -line.no;
    }
    heartbeat();
  }
  const ranges = starts.map((byte, index): BatchRange => {
    const first = index * CHUNK_ROWS + 1;
    const count = Math.min(CHUNK_ROWS, rows - first + 1);
    return { from: writePlace({ row: first, byte }), through: writePlace({ row: first + count - 1, byte: starts[index + 1] ?? end }), rows: count };
  });
  return { columns, ranges, doubles: await findDoubles(read, format, hashes, heartbeat) };
}

async function findDoubles(read: () => AsyncIterable<Buffer>, format: RegisterFormat, hashes: Float64Array, heartbeat: () => void): Promise<RegisterPlan['doubles']> {
  const sorted = hashes.sort();
  const suspected = new Set<number>();
  for (let at = 1; at < sorted.length; at += 1) {
    const hash = sorted[at];
    if (hash !== undefined && hash === sorted[at - 1]) suspected.add(hash);
  }
  if (suspected.size === 0) return [];
  const tooMany = new RegisterFileProblem('CONTRIB_FILE_DUPLICATES', `重复的行超过 ${MOST_DOUBLES} 行`);
  if (suspected.size > MOST_DOUBLES) throw tooMany;
  const first = new Map<string, number>();
  const doubles: [number, number][] = [];
  for await (const { lines } of readRegister(read(), format)) {
    for (const line of lines) {
      if (line.kind === 'trailer' || !line.row) continue;
      const key = rowKey(line.row);
      if (!suspected.has(hashOf(key))) continue;
      const before = first.get(key);
      if (before === undefined) first.set(key, line.no);
      else doubles.push([line.no, before]);
      if (doubles.length > MOST_DOUBLES) throw tooMany;
    }
    heartbeat();
  }
  return doubles;
}

/** 53 bits of a text, for finding what may be equal. */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
}
