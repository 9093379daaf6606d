import type { EntityManager } from 'typeorm';
import { insertManyRows, insertRows, type Cell } from '../../store/bulk';
import { loadRows, streamFor } from '../../store/load-data';
import { isUniqueViolation } from '../../store/errors';
import type { Store } from '../../store/open-store';
import { onBothDatabases, onMariaDb } from '../support/databases';

const COLUMNS = ['id', 'words', 'bytes', 'number'];
/** Whatever could be taken for something else on the way. */
const WORDS = ['', 'plain', 'a\tb', 'a\nb', 'a\r\nb', '\\', '\\N', 'N', 'NULL', '\\t', 'a\\', '"quoted"', "'; DROP", '\0', '𠮷野家', '😀', ' lead and trail ', '示例', '\u001a', '%_'];
const BYTES = [Buffer.alloc(0), Buffer.from([0]), Buffer.from([0x5c, 0x4e]), Buffer.from([9, 10, 13, 0x5c, 0xff, 0xfe, 0x80]), Buffer.from(Array.from({ length: 256 }, (_, index) => index))];

/** Rows of every mixture, more than are worth a stream. */
const ROWS: readonly (readonly Cell[])[] = Array.from({ length: 1_200 }, (_, id) => [
  id,
  id % 23 === 22 ? null : (WORDS[id % WORDS.length] ?? null),
  id % 7 === 6 ? null : (BYTES[id % BYTES.length] ?? null),
  id % 11 === 10 ? null : [0, -1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER][id % 4] ?? 0,
]);

async function createTable(manager: EntityManager): Promise<void> {
  const isMysql = manager.dataSource.options.type === 'mysql';
  const columns = isMysql ? 'id BIGINT PRIMARY KEY, words VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, bytes MEDIUMBLOB NULL, number BIGINT NULL' : 'id INTEGER PRIMARY KEY, words VARCHAR(40), bytes BLOB, number BIGINT';
  await manager.query(`CREATE TABLE bulk_rows (${columns})`);
}

async function rowsOf(store: Store): Promise<unknown[][]> {
  const rows = await store.read((manager) => manager.query('SELECT id, words, bytes, number FROM bulk_rows ORDER BY id') as Promise<{ id: unknown; words: unknown; bytes: unknown; number: unknown }[]>);
  return rows.map(({ id, words, bytes, number }) => [Number(id), words, bytes, number === null ? null : Number(number)]);
}

onBothDatabases('many rows at once', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await database().openMigrated();
    await store.write(createTable);
  });

  test.each([['by few statements', insertRows], ['by a stream where there is one', insertManyRows]] as const)('%s, every value comes back as it was', async (_how, insert) => {
    await store.write((manager) => insert(manager, 'bulk_rows', COLUMNS, ROWS));
    expect(await rowsOf(store)).toEqual(ROWS);
  });

  test('they are rolled back with their transaction', async () => {
    await expect(store.write(async (manager) => {
      await insertManyRows(manager, 'bulk_rows', COLUMNS, ROWS);
      throw new Error('not wanted');
    })).rejects.toThrow('not wanted');
    expect(await rowsOf(store)).toEqual([]);
  });

  test('a double, a text that is too long and a number that is none are errors, and nothing stands', async () => {
    const withRow = (row: readonly Cell[]): readonly (readonly Cell[])[] => [...ROWS, row];
    const double = await store.write((manager) => insertManyRows(manager, 'bulk_rows', COLUMNS, withRow([0, 'again', null, 1]))).catch((error: unknown) => error);
    expect(isUniqueViolation(double)).toBe(true);
    if (database().dialect === 'mysql') await expect(store.write((manager) => insertManyRows(manager, 'bulk_rows', COLUMNS, withRow([9_999, 'x'.repeat(41), null, 1])))).rejects.toThrow(/words/);
    await expect(store.write((manager) => insertManyRows(manager, 'bulk_rows', COLUMNS, withRow([9_999, 'x', null, 0.5])))).rejects.toThrow(RangeError);
    expect(await rowsOf(store)).toEqual([]);
  });
});

onMariaDb('rows from a stream', (database, server) => {
  test('the server takes them so, and where it does not, the plain statement is used', async () => {
    const store = await database().openMigrated();
    await store.write(createTable);
    expect(await store.write((manager) => loadRows(manager, 'bulk_rows', COLUMNS, ROWS))).toBe(true);
    await server()?.admin((connection) => connection.query('SET GLOBAL local_infile = 0'));
    try {
      const other = await database().open();
      await store.write((manager) => manager.query('DELETE FROM bulk_rows'));
      // The first store still believes that it may.
      await store.write((manager) => insertManyRows(manager, 'bulk_rows', COLUMNS, ROWS));
      expect(await rowsOf(store)).toEqual(ROWS);
      await store.write((manager) => manager.query('DELETE FROM bulk_rows'));
      await other.write((manager) => insertManyRows(manager, 'bulk_rows', COLUMNS, ROWS));
      expect(await rowsOf(store)).toEqual(ROWS);
    } finally {
      await server()?.admin((connection) => connection.query('SET GLOBAL local_infile = 1'));
    }
  });

  test('a statement that asks for a file of this machine gets nothing of it', async () => {
    const store = await database().openMigrated();
    await store.write(createTable);
    await expect(store.write((manager) => manager.query("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE bulk_rows (words)"))).rejects.toThrow(/nobody sends/);
    expect(await rowsOf(store)).toEqual([]);
  });
});

test('for a name that nobody waits under there is an error and no byte', async () => {
  const bytes: Buffer[] = [];
  const read = async (): Promise<void> => {
    for await (const chunk of streamFor('/etc/passwd')) bytes.push(chunk as Buffer);
  };
  await expect(read()).rejects.toThrow(/nobody sends/);
  expect(bytes).toEqual([]);
});
