import { z } from 'zod';
import { Problem } from './problem';

/** Writes the place where the next page begins as an opaque mark. */
export function writeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
}

/**
 * Reads a mark that `writeCursor` made. It is not secret and not trusted: every query is bound to the caller's institution.
 * Throws Problem CURSOR_INVALID for anything else.
 */
export function readCursor<T extends z.ZodTuple>(cursor: string | undefined, shape: T): z.output<T> | null {
  if (cursor === undefined) return null;
  const parsed = shape.safeParse(parse(cursor));
  if (!parsed.success) throw new Problem('CURSOR_INVALID');
  return parsed.data;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** One page out of `limit + 1` rows that were read. */
export function pageOf<R, I>(
  rows: readonly R[],
  limit: number,
  item: (row: R) => I,
  place: (row: R) => readonly (string | number)[],
): { items: I[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), nextCursor: rows.length > limit && last !== undefined ? writeCursor(place(last)) : null };
}
