import type { EntityManager } from 'typeorm';
import type { Cell } from '../../store/bulk';

const ROWS_AT_ONCE = 500;

/** Where rows go: they are inserted, or take the place of the row with the same `keys` in the columns `values`. */
export interface Target {
  readonly table: string;
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

/** Writes many rows by few statements, past the mapper. Cells stand in the order of keys and values, as the database keeps them. */
export async function upsertRows(manager: EntityManager, { table, keys, values }: Target, rows: readonly (readonly Cell[])[]): Promise<void> {
  const mysql = manager.dataSource.options.type === 'mysql';
  const names = [...keys, ...values];
  const onConflict = mysql
    ? `ON DUPLICATE KEY UPDATE ${values.map((name) => `${name} = VALUES(${name})`).join(', ')}`
    : `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${values.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  const places = `(${names.map(() => '?').join(', ')})`;
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const some = rows.slice(first, first + ROWS_AT_ONCE);
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES ${some.map(() => places).join(', ')} ${onConflict}`;
    await manager.query(sql, some.flat());
  }
}
