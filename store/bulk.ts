import type { EntityManager } from 'typeorm';
import { isPermitted, loadRows } from './load-data';

/** Values that one statement carries at most; SQLite takes 32,766. */
const MOST_VALUES = 30_000;
/** From so many rows on a stream is worth its statement. */
const WORTH_A_STREAM = 500;

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
    await manager.query(head + new Array(some.length).fill(places).join(', '), some.flatMap(checked));
  }
}

/**
 * As `insertRows`, for thousands of rows at once: MySQL and MariaDB read them from a stream (LOAD DATA LOCAL) where the server
 * permits it, inside the same transaction. What the server will not take as it is fails as the plain statement does.
 */
export async function insertManyRows(manager: EntityManager, table: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<void> {
  const streams = rows.length >= WORTH_A_STREAM && manager.dataSource.options.type === 'mysql' && (await isPermitted(manager));
  if (streams && (await loadRows(manager, table, columns, rows))) return;
  await insertRows(manager, table, columns, rows);
}

function checked(row: readonly Cell[]): readonly Cell[] {
  for (const cell of row) if (typeof cell === 'number' && !Number.isSafeInteger(cell)) throw new RangeError(`not a safe integer: ${String(cell)}`);
  return row;
}
