import type { EntityManager } from 'typeorm';
import type { Cell } from '../../../store/bulk';
import type { Sums } from './sums';

interface Target {
  readonly table: string;
  readonly keys: readonly string[];
  readonly sums: readonly string[];
}

const LINES: Target = {
  table: 'xr_clearing_line',
  keys: ['batch_id', 'paying_city', 'receiving_city', 'insutype', 'fund', 'kind'],
  sums: ['count', 'fen'],
};
const PAIRS: Target = {
  table: 'xr_clearing_pair',
  keys: ['batch_id', 'paying_city', 'receiving_city', 'insutype', 'kind'],
  sums: ['settlements', 'medfee_fen', 'cash_fen'],
};

const ROWS_AT_ONCE = 500;

/** Adds sums to the lines and pairs of a batch; `sign` -1 takes them away again. */
export async function addSums(manager: EntityManager, batchId: string, { lines, pairs }: Sums, sign: 1 | -1 = 1): Promise<void> {
  await addTo(manager, LINES, lines.map(({ payingCity, receivingCity, insutype, fund, kind, count, fen }) => [
    batchId, payingCity, receivingCity, insutype, fund, kind, sign * count, sign * fen,
  ]));
  await addTo(manager, PAIRS, pairs.map(({ payingCity, receivingCity, insutype, kind, settlements, medfeeFen, cashFen }) => [
    batchId, payingCity, receivingCity, insutype, kind, sign * settlements, sign * medfeeFen, sign * cashFen,
  ]));
}

async function addTo(manager: EntityManager, { table, keys, sums }: Target, rows: readonly (readonly Cell[])[]): Promise<void> {
  const mysql = manager.dataSource.options.type === 'mysql';
  const names = [...keys, ...sums];
  const quoted = (name: string): string => (mysql ? `\`${name}\`` : `"${name}"`);
  const onConflict = mysql
    ? `ON DUPLICATE KEY UPDATE ${sums.map((name) => `${quoted(name)} = ${quoted(name)} + VALUES(${quoted(name)})`).join(', ')}`
    : `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${sums.map((name) => `${quoted(name)} = ${table}.${quoted(name)} + excluded.${quoted(name)}`).join(', ')}`;
  const places = `(${names.map(() => '?').join(', ')})`;
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const some = rows.slice(first, first + ROWS_AT_ONCE);
    const sql = `INSERT INTO ${table} (${names.map(quoted).join(', ')}) VALUES ${some.map(() => places).join(', ')} ${onConflict}`;
    await manager.query(sql, some.flat());
  }
}
