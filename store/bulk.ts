import type { EntityManager } from 'typeorm';

/** Values that one statement carries at most; SQLite takes 32,766. */
const MOST_VALUES = 30_000;

export type Cell = string | number | null | Buffer;

/**
 * Inserts many rows by few statements, past the mapper, whose work for each row would be most of the time. `cells` of a row
 * stand in the order of `columns`, in the form in which the database keeps them. Throws RangeError for a number that is no
 * safe integer.
 */
export async function insertRows(manager: EntityManager, table: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<void> {
  const perStatement = Math.floor(MOST_VALUES / columns.length);
  const head = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
  const places = `(${columns.map(() => '?').join(', ')})`;
  for (let first = 0; first < rows.length; first += perStatement) {
    const some = rows.slice(first, first + perStatement);
    await manager.query(head + some.map(() => places).join(', '), some.flatMap(checked));
  }
}

function checked(row: readonly Cell[]): readonly Cell[] {
  const bad = row.find((cell) => typeof cell === 'number' && !Number.isSafeInteger(cell));
  if (bad !== undefined) throw new RangeError(`not a safe integer: ${String(bad)}`);
  return row;
}
