import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DataSource, type EntityMetadata, type MigrationInterface, type QueryRunner, type Table } from 'typeorm';
import { ENTITIES, MsgidCounter } from '../../store/entities';
import { checksumOf } from '../../store/migration-checksum';
import { MIGRATIONS, type Migration } from '../../store/migrations';
import { addColumn, createTable, dropTable, integer, nullable, text } from '../../store/migrations/tables';
import { mysqlOptions } from '../../store/mysql-connections';
import { SnakeNaming } from '../../store/naming';
import { migrateDown, migrateUp, readSchemaStatus } from '../../store/schema';
import { onBothDatabases, type TestDatabase } from '../support/databases';

/** A second migration that breaks between its steps while `broken`. */
class Extra0002 implements MigrationInterface {
  readonly name = '0002-extra';
  broken = false;

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'extra', [text('id', 10), integer('amount_fen')], {
      primary: ['id'],
      indexes: { ix_extra_amount: ['amount_fen'] },
    });
    await addColumn(runner, 'msgid_counter', nullable(text('note', 40)));
    if (this.broken) throw new Error('broke half-way');
    await createTable(runner, 'extra_two', [text('id', 10)], { primary: ['id'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTable(runner, 'extra_two');
    await dropTable(runner, 'extra');
    if (await runner.hasColumn('msgid_counter', 'note')) await runner.dropColumn('msgid_counter', 'note');
  }
}

/** The first migration as a checkout before the first release had it: without the printed sheets. */
class Older0001 implements MigrationInterface {
  readonly name = '0001-admission';
  private readonly now = MIGRATIONS[0] as Migration;

  async up(runner: QueryRunner): Promise<void> {
    await this.now.up(runner);
    await dropTable(runner, 'sheet_print');
  }

  down(runner: QueryRunner): Promise<void> {
    return this.now.down(runner);
  }
}

const NAMES = MIGRATIONS.map(({ name }) => name);

/** Takes all migrations back; returns their names. */
async function migrateAllDown(databaseUrl: string): Promise<string[]> {
  const reverted: string[] = [];
  for (let name = await migrateDown(databaseUrl); name !== null; name = await migrateDown(databaseUrl)) reverted.push(name);
  return reverted;
}

const extra = new Extra0002();
const WITH_EXTRA: readonly Migration[] = [...MIGRATIONS, extra];

async function withRunner<T>(database: TestDatabase, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const source = new DataSource({
    ...(database.dialect === 'mysql'
      ? mysqlOptions(database.databaseUrl)
      : { type: 'better-sqlite3' as const, database: database.databaseUrl.slice('sqlite:'.length) }),
    entities: [...ENTITIES],
    namingStrategy: new SnakeNaming(),
  });
  await source.initialize();
  try {
    return await work(source.createQueryRunner());
  } finally {
    await source.destroy();
  }
}

async function tableNames(database: TestDatabase): Promise<string[]> {
  const sql =
    database.dialect === 'mysql'
      ? 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()'
      : `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`;
  return withRunner(database, async (runner) => ((await runner.query(sql)) as { name: string }[]).map((row) => row.name).sort());
}

/** Types that hold the same values, under the name that the entities use. */
const SAME_TYPE: Readonly<Record<string, string>> = { integer: 'bigint', mediumblob: 'blob' };

onBothDatabases('migrations', (database) => {
  test('entities and migrated schema agree: tables, columns, types, lengths, nullability, keys', async () => {
    await migrateUp(database().databaseUrl);
    const differences = await withRunner(database(), async (runner) => {
      const found: string[] = [];
      for (const metadata of runner.dataSource.entityMetadatas) {
        const table = await runner.getTable(metadata.tableName);
        found.push(...symmetricDifference(table ? describeTable(table) : [], describeEntity(metadata)));
      }
      return found;
    });
    expect(differences).toEqual([]);
    expect(await tableNames(database())).toHaveLength(ENTITIES.length + 1);
  });

  test('up, down, up', async () => {
    expect(await migrateUp(database().databaseUrl)).toEqual(NAMES);
    const tables = await tableNames(database());
    expect(await migrateUp(database().databaseUrl)).toEqual([]);
    expect(await migrateAllDown(database().databaseUrl)).toEqual([...NAMES].reverse());
    expect(await tableNames(database())).toEqual(['schema_migration']);
    expect(await migrateDown(database().databaseUrl)).toBeNull();
    expect(await migrateUp(database().databaseUrl)).toEqual(NAMES);
    expect(await tableNames(database())).toEqual(tables);
    const store = await database().open();
    await store.write((manager) => manager.insert(MsgidCounter, { institution: 'H1', serial: 1 }));
  });

  test('of two migrations at once, in two processes, one runs', async () => {
    const script = `require('./dist/store/schema').migrateUp(process.argv[1]).then((done) => console.log(JSON.stringify(done)))`;
    const run = async (): Promise<string[]> => {
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, database().databaseUrl]);
      return JSON.parse(stdout) as string[];
    };
    const inProcess = [migrateUp(database().databaseUrl), migrateUp(database().databaseUrl), migrateUp(database().databaseUrl)];
    const results = await Promise.all([run(), run(), ...inProcess]);
    expect(results.flat()).toEqual(NAMES);
    expect((await readSchemaStatus(database().databaseUrl)).state).toBe('current');
  });

  test('a migration that breaks half-way is completed by the next run; until then nothing starts', async () => {
    await migrateUp(database().databaseUrl);
    extra.broken = true;
    await expect(migrateUp(database().databaseUrl, WITH_EXTRA)).rejects.toThrow('broke half-way');
    if (database().dialect === 'mysql') {
      const store = await database().open();
      await expect(store.ready()).rejects.toMatchObject({ name: 'StoreError', message: expect.stringContaining('0002-extra') });
      await expect(store.read(async () => 1)).rejects.toMatchObject({ name: 'StoreError' });
    } else {
      expect(await tableNames(database())).not.toContain('extra');
    }
    extra.broken = false;
    expect(await migrateUp(database().databaseUrl, WITH_EXTRA)).toEqual(['0002-extra']);
    expect(await tableNames(database())).toEqual(expect.arrayContaining(['extra', 'extra_two']));
    expect(await migrateDown(database().databaseUrl, WITH_EXTRA)).toBe('0002-extra');
    expect(await tableNames(database())).not.toContain('extra');
    expect((await readSchemaStatus(database().databaseUrl)).state).toBe('current');
  });

  test('a schema that is behind, dirty or newer is refused with what to do', async () => {
    const store = await database().open();
    await expect(store.write(async () => 1)).rejects.toMatchObject({ problem: 'schemaBehind' });
    expect(await store.migrate()).toEqual(NAMES);
    expect(await store.write(async () => 1)).toBe(1);

    await withRunner(database(), (runner) => runner.query(`UPDATE schema_migration SET state = 'applying'`));
    await expect((await database().open()).ready()).rejects.toMatchObject({ problem: 'schemaDirty' });
    await migrateUp(database().databaseUrl);
    await expect((await database().open()).ready()).resolves.toBeUndefined();

    await migrateUp(database().databaseUrl, WITH_EXTRA);
    await expect((await database().open()).ready()).rejects.toMatchObject({ problem: 'schemaNewer' });
    await expect(migrateUp(database().databaseUrl)).rejects.toMatchObject({ problem: 'schemaNewer' });
  });

  test('a schema that another edition of a migration made is refused with what to do, and left as it is', async () => {
    expect(await migrateUp(database().databaseUrl, [new Older0001()])).toEqual(['0001-admission']);
    const tables = await tableNames(database());
    expect(tables).not.toContain('sheet_print');
    const refusal = { problem: 'schemaDiffers', message: expect.stringMatching(/0001-admission.*数据目录移走.*ANJIE_DATA_DIR.*空库/) };
    await expect(migrateUp(database().databaseUrl)).rejects.toMatchObject(refusal);
    await expect((await database().open()).ready()).rejects.toMatchObject(refusal);
    await expect((await database().open()).read(async () => 1)).rejects.toMatchObject(refusal);
    expect(await readSchemaStatus(database().databaseUrl)).toMatchObject({ state: 'differs', differing: ['0001-admission'] });
    expect(await tableNames(database())).toEqual(tables);

    expect(await migrateAllDown(database().databaseUrl)).toEqual(['0001-admission']);
    expect(await migrateUp(database().databaseUrl)).toEqual(NAMES);
    expect((await readSchemaStatus(database().databaseUrl)).state).toBe('current');
  });

  test('so is one from before checksums were kept; the program says so when it is started', async () => {
    await migrateUp(database().databaseUrl);
    await withRunner(database(), (runner) => runner.dropColumn('schema_migration', 'checksum'));
    await expect((await database().open()).ready()).rejects.toMatchObject({ problem: 'schemaDiffers' });
    const env = { ...process.env, ANJIE_DATABASE_URL: database().databaseUrl };
    const run = promisify(execFile)(process.execPath, ['dist/store/migrate.js', 'up'], { env });
    await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^schemaDiffers：.*数据目录移走/) });
  });
});

test('the checksum of a migration is that of what it makes, not of how it is written', async () => {
  class SameWordsOtherwise extends Extra0002 {
    override async up(runner: QueryRunner): Promise<void> {
      for (const step of [() => super.up(runner)]) await step();
    }
  }
  class OneIndexLess extends Extra0002 {
    override async up(runner: QueryRunner): Promise<void> {
      await createTable(runner, 'extra', [text('id', 10), integer('amount_fen')], { primary: ['id'] });
    }
  }
  for (const dialect of ['sqlite', 'mysql'] as const) {
    const sum = await checksumOf(new Extra0002(), dialect);
    expect(sum).toMatch(/^[0-9a-f]{64}$/);
    expect(await checksumOf(new SameWordsOtherwise(), dialect)).toBe(sum);
    expect(await checksumOf(new OneIndexLess(), dialect)).not.toBe(sum);
  }
});

/** One line a column, unique key and index, in the words of `describeEntity`. */
function describeTable(table: Table): string[] {
  const name = table.name.split('.').at(-1) ?? table.name;
  const columns = table.columns.map((column) => describeColumn(name, { ...column, length: column.length, key: column.isPrimary }));
  const uniques = table.uniques.map((unique) => unique.columnNames);
  const indexes = table.indices.map((index) => ({ ...index, columns: index.columnNames }));
  return describeKeys(name, columns, uniques, indexes);
}

function describeEntity(metadata: EntityMetadata): string[] {
  const namesOf = (columns: readonly { databaseName: string }[]): string[] => columns.map((column) => column.databaseName);
  const columns = metadata.columns.map((column) =>
    describeColumn(metadata.tableName, {
      name: column.databaseName,
      type: String(column.type),
      length: String(column.length),
      isNullable: column.isNullable,
      key: column.isPrimary,
    }),
  );
  const uniques = metadata.uniques.map((unique) => namesOf(unique.columns));
  const indexes = metadata.indices.map((index) => ({ name: index.name, isUnique: index.isUnique, columns: namesOf(index.columns) }));
  return describeKeys(metadata.tableName, columns, uniques, indexes);
}

interface ColumnShape {
  readonly name: string;
  readonly type: string;
  readonly length: string;
  readonly isNullable: boolean;
  readonly key: boolean;
}

function describeColumn(table: string, column: ColumnShape): string {
  const type = SAME_TYPE[column.type] ?? column.type;
  const length = type === 'varchar' ? `(${column.length})` : '';
  return `${table}.${column.name} ${type}${length} ${column.isNullable ? 'null' : 'not null'}${column.key ? ' key' : ''}`;
}

interface IndexShape {
  readonly name?: string | undefined;
  readonly isUnique: boolean;
  readonly columns: readonly string[];
}

/** MySQL keeps unique keys as indexes and SQLite as constraints, so their names are left out. */
function describeKeys(table: string, columns: string[], uniques: readonly string[][], indexes: readonly IndexShape[]): string[] {
  const unique = [...uniques, ...indexes.filter((index) => index.isUnique).map((index) => index.columns)];
  const plain = indexes.filter((index) => !index.isUnique);
  return [
    ...columns,
    ...new Set(unique.map((names) => `${table} unique ${names.join()}`)),
    ...plain.map((index) => `${table} index ${index.name} ${index.columns.join()}`),
  ];
}

function symmetricDifference(schema: readonly string[], entity: readonly string[]): string[] {
  return [
    ...schema.filter((item) => !entity.includes(item)).map((item) => `only in the schema: ${item}`),
    ...entity.filter((item) => !schema.includes(item)).map((item) => `only in the entity: ${item}`),
  ];
}
