import { keep, kept, type Books } from './books';

/** A counterparty's own clock: the machine's, moved by an offset that a test may set. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  offsetMs(): number;
  move(offsetMs: number): void;
}

const CLOCK_OFFSET = 'clock_offset_ms';

/** A clock whose offset is kept in the books, so that a restart goes on with it. */
export function keptClock(books: Books): Clock {
  let offset = Number(kept(books.db, CLOCK_OFFSET) ?? 0);
  return {
    now: () => Date.now() + offset,
    offsetMs: () => offset,
    move: (next) => {
      books.write(true, () => keep(books.db, CLOCK_OFFSET, String(next)));
      offset = next;
    },
  };
}
