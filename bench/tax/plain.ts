import { once } from 'node:events';
import fs from 'node:fs';
import { finished } from 'node:stream/promises';
import { createConnection } from 'mysql2/promise';
import { insertRows, type Cell } from '../../store/bulk';
import type { Store } from '../../store/open-store';
import { timed } from '../figures';

const PAGE = 10_000;

/** Loads the rows that stand in `levy` into an empty table of the same shape by the plainest means of the database; ms. */
export async function loadPlainly(store: Store, databaseUrl: string, scratch: string): Promise<number> {
  return store.dialect === 'mysql' ? byStatement(store, databaseUrl, scratch) : byInserts(store);
}

/** One LOAD DATA of a file that is written before. */
async function byStatement(store: Store, databaseUrl: string, scratch: string): Promise<number> {
  const file = fs.createWriteStream(scratch);
  for await (const rows of pagesOf(store)) {
    file.write(rows.map((row) => `${row.map((cell) => (cell === null ? '\\N' : String(cell))).join('\t')}\n`).join(''));
    if (file.writableNeedDrain) await once(file, 'drain');
  }
  file.end();
  await finished(file);
  const connection = await createConnection({ uri: databaseUrl, infileStreamFactory: () => fs.createReadStream(scratch, { highWaterMark: 256 * 1024 }) });
  try {
    await connection.query('DROP TABLE IF EXISTS levy_plain');
    await connection.query('CREATE TABLE levy_plain LIKE levy');
    return await timed(() => connection.query("LOAD DATA LOCAL INFILE 'rows' INTO TABLE levy_plain CHARACTER SET utf8mb4"));
  } finally {
    await connection.query('DROP TABLE IF EXISTS levy_plain');
    await connection.end();
  }
}

/** Statements of many rows each, a transaction a page, as many rows as the assessment commits at once. */
async function byInserts(store: Store): Promise<number> {
  await store.write(async (manager) => {
    const [table]: { sql: string }[] = await manager.query("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'levy'");
    const indexes: { sql: string }[] = await manager.query("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'levy' AND sql IS NOT NULL");
    await manager.query((table?.sql ?? '').replace('"levy"', '"levy_plain"'));
    for (const { sql } of indexes) await manager.query(sql.replace(/"(ix_[a-z_]+)" ON "levy"/, '"plain_$1" ON "levy_plain"'));
  });
  const columns = await columnsOf(store);
  let total = 0;
  for await (const rows of pagesOf(store)) total += await timed(() => store.write((manager) => insertRows(manager, 'levy_plain', columns, rows)));
  await store.write((manager) => manager.query('DROP TABLE levy_plain'));
  return total;
}

async function columnsOf(store: Store): Promise<readonly string[]> {
  const [row] = await store.read((manager) => manager.query('SELECT * FROM levy LIMIT 1') as Promise<object[]>);
  return Object.keys(row ?? {});
}

async function* pagesOf(store: Store): AsyncGenerator<Cell[][]> {
  for (let after = 0; ; ) {
    const rows = await store.read((manager) => manager.query(`SELECT * FROM levy WHERE id > ? ORDER BY id LIMIT ${PAGE}`, [after]) as Promise<Record<string, Cell>[]>);
    if (rows.length === 0) return;
    yield rows.map((row) => Object.values(row));
    after = Number(rows.at(-1)?.['id']);
  }
}
