import type { BatchSums } from '../domain/batch/types';

/** One sum of a batch beside that of the last one of its kind. */
export interface SumRow {
  readonly name: string;
  /** Rows; otherwise fen. */
  readonly isCount: boolean;
  readonly now: number;
  readonly before: number | null;
  /** Change of the last one's, as a ratio; null where there was nothing. */
  readonly jump: number | null;
  /** The change is so large that a person should look. */
  readonly isBig: boolean;
}

const COUNT = 'count/';
const BIG = 0.1;

/** The sums of a batch, the total last, those of either batch. */
export function sumRows(now: BatchSums, before: BatchSums | null): readonly SumRow[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(before ?? {})])].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  return names.map((name) => {
    const [sum, last] = [now[name] ?? 0, before ? (before[name] ?? 0) : null];
    const jump = last === null || last === 0 ? null : (sum - last) / last;
    return { name, isCount: name.startsWith(COUNT), now: sum, before: last, jump, isBig: jump !== null && Math.abs(jump) > BIG };
  });
}

function rank(name: string): number {
  return name.startsWith(COUNT) ? 2 : name === 'total' ? 1 : 0;
}

/** Numbers that a person typed or pasted, one a line or with commas between. */
export function numbersIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,，;；、]+/).filter((each) => each !== ''))];
}
