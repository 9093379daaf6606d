import { DataSource, type QueryRunner } from 'typeorm';
import { integerOf } from './columns';
import type { Dialect } from './connections';
import { failureKind, StoreError } from './errors';
import { checksumOf } from './migration-checksum';
import { MIGRATIONS, type Migration } from './migrations';
import { addColumn, dialectOf, nullable, text } from './migrations/tables';
import { mysqlOptions } from './mysql-connections';
import { quietLogger } from './quiet-logger';
import { retrying } from './retry';
import { sqlitePathOf } from './url';

export interface SchemaStatus {
  /**
   * `current`: what this program needs. `behind`: migrations are pending. `dirty`: one broke half-way, run `up` again.
   * `newer`: a later version of the program has changed the schema. `differs`: a migration of the same name made other tables.
   */
  readonly state: 'current' | 'behind' | 'dirty' | 'newer' | 'differs';
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Migrations that began and did not end. */
  readonly broken: readonly string[];
  /** Applied migrations that this program does not know. */
  readonly unknown: readonly string[];
  /** Applied migrations that made another schema than they make here. */
  readonly differing: readonly string[];
}

interface RecordedMigration {
  readonly name: string;
  readonly state: 'applying' | 'applied' | 'reverting';
  /** What it made (see `checksumOf`); missing where a program before the first release kept none. */
  readonly checksum?: string | null;
}

/** Milliseconds that a migration waits for one that runs in another process. */
const LOCK_PATIENCE_MS = 60_000;
const LOCK_PATIENCE = { totalMs: LOCK_PATIENCE_MS, longestDelayMs: 100, mostAttempts: Infinity };
const TABLE = 'schema_migration';

/** Reads where the schema stands. */
export async function schemaStatus(runner: QueryRunner, migrations: readonly Migration[] = MIGRATIONS): Promise<SchemaStatus> {
  const recorded = (await runner.hasTable(TABLE)) ? await recordedMigrations(runner) : [];
  const applied = recorded.filter((row) => row.state === 'applied').map((row) => row.name);
  const broken = recorded.filter((row) => row.state !== 'applied').map((row) => row.name);
  const unknown = recorded.map((row) => row.name).filter((name) => !migrations.some((known) => known.name === name));
  const pending = migrations.map((known) => known.name).filter((name) => !applied.includes(name));
  const differing = await differingMigrations(recorded, migrations, dialectOf(runner));
  const reasons = { newer: unknown, differs: differing, dirty: broken, behind: pending };
  const state = (['newer', 'differs', 'dirty', 'behind'] as const).find((name) => reasons[name].length > 0) ?? 'current';
  return { state, applied, pending, broken, unknown, differing };
}

async function differingMigrations(recorded: readonly RecordedMigration[], migrations: readonly Migration[], dialect: Dialect): Promise<string[]> {
  const applied = recorded.filter((row) => row.state === 'applied');
  const looked = applied.map(async ({ name, checksum }) => {
    const known = migrations.find((migration) => migration.name === name);
    return known && checksum !== (await checksumOf(known, dialect)) ? [name] : [];
  });
  return (await Promise.all(looked)).flat();
}

/**
 * Throws StoreError `schemaBehind`, `schemaDirty`, `schemaNewer` or `schemaDiffers`, saying what to do; returns when all is
 * well.
 */
export function requireCurrent(status: SchemaStatus): void {
  switch (status.state) {
    case 'current':
      return;
    case 'behind':
      throw new StoreError('schemaBehind', `数据库缺少迁移 ${status.pending.join('、')}：请执行 migrate up。`);
    case 'dirty':
      throw new StoreError('schemaDirty', `迁移 ${status.broken.join('、')} 中断在半途：请再执行一次 migrate up，会接着完成。`);
    case 'newer':
      throw new StoreError('schemaNewer', `数据库里的迁移 ${status.unknown.join('、')} 是更新的版本所建：请运行更新的版本。`);
    case 'differs':
      throw new StoreError(
        'schemaDiffers',
        `数据库的结构由另一版本的 ${status.differing.join('、')} 所建，本版本不能使用；其中的数据没有改动。` +
          '请把数据目录移走（或用 ANJIE_DATA_DIR 另指一个）后重新启动；用 MySQL 的，请换一个空库。',
      );
  }
}

/**
 * Applies what is pending, one process at a time, and completes what broke half-way. Returns the names it applied.
 * Throws StoreError `schemaNewer` or `schemaDiffers`, `busy` when another process holds the lock for a minute, or the
 * migration's error.
 */
export async function migrateUp(databaseUrl: string, migrations: readonly Migration[] = MIGRATIONS): Promise<string[]> {
  return withMigrationLock(databaseUrl, async (runner, step) => {
    const status = await schemaStatus(runner, migrations);
    if (status.state === 'newer' || status.state === 'differs') requireCurrent(status);
    const done: string[] = [];
    for (const migration of migrations.filter(({ name }) => status.pending.includes(name))) {
      await step(migration, 'applying', () => migration.up(runner));
      done.push(migration.name);
    }
    return done;
  });
}

/** Reverts the last migration, dropping its rows. Returns its name, or null when none is applied. */
export async function migrateDown(databaseUrl: string, migrations: readonly Migration[] = MIGRATIONS): Promise<string | null> {
  return withMigrationLock(databaseUrl, async (runner, step) => {
    const status = await schemaStatus(runner, migrations);
    if (status.state === 'newer') requireCurrent(status);
    const begun = new Set([...status.applied, ...status.broken]);
    const last = migrations.filter(({ name }) => begun.has(name)).at(-1);
    if (!last) return null;
    await step(last, 'reverting', () => last.down(runner));
    return last.name;
  });
}

/** Reads the status over a connection of its own. */
export async function readSchemaStatus(databaseUrl: string): Promise<SchemaStatus> {
  return withRunner(databaseUrl, (runner) => schemaStatus(runner));
}

/** Performs a change and records that it began and ended. */
type Step = (migration: Migration, state: 'applying' | 'reverting', change: () => Promise<void>) => Promise<void>;

function withMigrationLock<T>(databaseUrl: string, work: (runner: QueryRunner, step: Step) => Promise<T>): Promise<T> {
  return withRunner(databaseUrl, (runner) => (dialectOf(runner) === 'mysql' ? lockMysql(runner, work) : lockSqlite(runner, work)));
}

/** MySQL commits each DDL statement at once: the record of what began is what a broken migration leaves behind. */
async function lockMysql<T>(runner: QueryRunner, work: (runner: QueryRunner, step: Step) => Promise<T>): Promise<T> {
  const [row] = (await runner.query(`SELECT GET_LOCK(CONCAT('anjie/', MD5(DATABASE())), ?) AS held`, [LOCK_PATIENCE_MS / 1000])) as {
    held: unknown;
  }[];
  if (integerOf(row?.held ?? 0) !== 1) throw new StoreError('busy', 'another process is migrating this database');
  try {
    await createRecordTable(runner);
    return await work(runner, (migration, state, change) => record(runner, migration, state, change));
  } finally {
    await runner.query(`DO RELEASE_LOCK(CONCAT('anjie/', MD5(DATABASE())))`);
  }
}

/** SQLite rolls DDL back, so all of it is one transaction, whose write lock keeps other processes out. */
async function lockSqlite<T>(runner: QueryRunner, work: (runner: QueryRunner, step: Step) => Promise<T>): Promise<T> {
  await retrying(LOCK_PATIENCE, () => runner.query('BEGIN IMMEDIATE'), failureKind);
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
  try {
    await createRecordTable(runner);
    const result = await work(runner, (migration, state, change) => record(runner, migration, state, change));
    await runner.commitTransaction();
    return result;
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}

async function record(runner: QueryRunner, migration: Migration, state: 'applying' | 'reverting', change: () => Promise<void>): Promise<void> {
  const { name } = migration;
  await runner.query(`DELETE FROM ${TABLE} WHERE name = ?`, [name]);
  await runner.query(`INSERT INTO ${TABLE} (name, state, started_at) VALUES (?, ?, ?)`, [name, state, Date.now()]);
  await change();
  if (state === 'reverting') {
    await runner.query(`DELETE FROM ${TABLE} WHERE name = ?`, [name]);
    return;
  }
  const checksum = await checksumOf(migration, dialectOf(runner));
  await runner.query(`UPDATE ${TABLE} SET state = 'applied', finished_at = ?, checksum = ? WHERE name = ?`, [Date.now(), checksum, name]);
}

async function createRecordTable(runner: QueryRunner): Promise<void> {
  await runner.query(
    `CREATE TABLE IF NOT EXISTS ${TABLE} (name varchar(100) NOT NULL PRIMARY KEY, state varchar(16) NOT NULL, ` +
      'started_at bigint NOT NULL, finished_at bigint NULL)',
  );
  await addColumn(runner, TABLE, nullable(text('checksum', 64)));
}

async function recordedMigrations(runner: QueryRunner): Promise<RecordedMigration[]> {
  return (await runner.query(`SELECT * FROM ${TABLE} ORDER BY name`)) as RecordedMigration[];
}

/** A connection for schema changes: without statement time-outs, since a change of a large table takes long. */
async function withRunner<T>(databaseUrl: string, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const path = sqlitePathOf(databaseUrl);
  const source = new DataSource(
    path === undefined
      ? { ...mysqlOptions(databaseUrl), poolSize: 1 }
      : { type: 'better-sqlite3', database: path, enableWAL: true, synchronize: false, logger: quietLogger },
  );
  await retrying(LOCK_PATIENCE, () => source.initialize(), failureKind);
  const runner = source.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
    await source.destroy();
  }
}
