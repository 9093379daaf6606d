import type { EntityManager } from 'typeorm';
import type { Period } from '../../../domain/clearing/period';
import { integerOf } from '../../../store/columns';
import { LINES_PER_FILE } from '../../../store/entities';

/** Some settlements by their ids, and how many of them stand in the window. */
export interface Range {
  readonly fromId: number;
  readonly throughId: number;
  readonly items: number;
  /** Most rows of the range are of the window, so that they are read in the order in which they lie. */
  readonly dense: boolean;
}

/** Settlements that one range spans at most: summed up in well under a second, so that little is done twice after a crash. */
export const SPAN = 50_000;

/** A range is read row by row when at least every so many-th of its ids is of the window. */
const SPARSE = 10;

/**
 * The ranges of a window, in order. They follow from what stands in the window alone, so every run makes the same ones. The
 * index is read, not the rows.
 */
export async function rangesOf(manager: EntityManager, office: string, window: Period): Promise<Range[]> {
  const span = manager.dataSource.options.type === 'mysql' ? `id DIV ${SPAN}` : `id / ${SPAN}`;
  const rows: { part: unknown; items: unknown }[] = await manager.query(
    `SELECT ${span} AS part, COUNT(*) AS items FROM xr_settlement WHERE office = ? AND entered_window = ? GROUP BY ${span} ORDER BY part`,
    [office, window],
  );
  return rows.map((row) => {
    const fromId = integerOf(row.part) * SPAN;
    const items = integerOf(row.items);
    return { fromId, throughId: fromId + SPAN - 1, items, dense: items * SPARSE >= SPAN };
  });
}

// A range never spans two files, so that an old file's few late rows do not slow down a new one's.
if (LINES_PER_FILE % SPAN !== 0) throw new Error('SPAN divides LINES_PER_FILE');
