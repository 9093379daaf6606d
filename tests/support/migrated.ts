import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import type { Dialect } from '../../store/connections';
import { checksumOf } from '../../store/migration-checksum';
import { MIGRATIONS } from '../../store/migrations';
import { openStore, type Store, type StoreOptions } from '../../store/open-store';
import { migrateUp } from '../../store/schema';
import { sqlitePathOf } from '../../store/url';

/** What the migrations made of an empty MariaDB database: its tables, and the rows of `schema_migration`. */
interface Dump {
  readonly tables: readonly string[];
  readonly recorded: readonly (readonly unknown[])[];
}

/** Opens a store with the schema in place (see `migrateQuickly`), ready for use. */
export async function openMigratedStore(options: StoreOptions): Promise<Store> {
  await migrateQuickly(options.databaseUrl);
  const store = await openStore(options);
  await store.ready();
  return store;
}

/**
 * Brings an empty database to the current schema: the migrations themselves run once in a run and dialect, and later
 * databases are copies of what they made, which is many times faster. What holds anything already is migrated the real way.
 */
export async function migrateQuickly(databaseUrl: string): Promise<void> {
  const file = sqlitePathOf(databaseUrl);
  await (file === undefined ? migrateServer(databaseUrl) : migrateFile(databaseUrl, file));
}

async function migrateFile(databaseUrl: string, file: string): Promise<void> {
  const template = await templateOf('sqlite');
  if (!existsSync(template)) {
    const made = besides(template);
    await migrateUp(`sqlite:${made}`);
    renameSync(made, template);
  }
  if (existsSync(file) || !copyOnce(template, file)) await migrateUp(databaseUrl);
}

/** Copies the template to a file that appears whole, and is false where another process was first. */
function copyOnce(template: string, file: string): boolean {
  const made = besides(file);
  copyFileSync(template, made);
  try {
    linkSync(made, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(made);
  }
}

async function migrateServer(databaseUrl: string): Promise<void> {
  const template = await templateOf('mysql');
  const connection = await createConnection({ uri: databaseUrl, charset: 'utf8mb4', multipleStatements: true, supportBigNumbers: true });
  try {
    const isEmpty = (await tableNames(connection)).length === 0;
    if (isEmpty && existsSync(template)) {
      await replay(connection, JSON.parse(readFileSync(template, 'utf8')) as Dump);
      return;
    }
    await migrateUp(databaseUrl);
    if (!isEmpty) return;
    const made = besides(template);
    writeFileSync(made, JSON.stringify(await dump(connection)));
    renameSync(made, template);
  } finally {
    connection.destroy();
  }
}

async function dump(connection: Connection): Promise<Dump> {
  const tables: string[] = [];
  for (const name of await tableNames(connection)) {
    const [rows] = await connection.query(`SHOW CREATE TABLE ${name}`);
    tables.push((rows as { 'Create Table': string }[])[0]?.['Create Table'] ?? '');
  }
  const [recorded] = await connection.query({ sql: 'SELECT * FROM schema_migration', rowsAsArray: true });
  return { tables, recorded: recorded as unknown[][] };
}

async function replay(connection: Connection, { tables, recorded }: Dump): Promise<void> {
  await connection.query(tables.join(';\n'));
  await connection.query('INSERT INTO schema_migration VALUES ?', [recorded]);
}

async function tableNames(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()');
  return (rows as { name: string }[]).map(({ name }) => name);
}

const templates = new Map<Dialect, Promise<string>>();

/** The template's file in the folder of the run, named after what the migrations make: another schema is another file. */
function templateOf(dialect: Dialect): Promise<string> {
  const known = templates.get(dialect);
  if (known) return known;
  const folder = process.env['ANJIE_TEST_DATABASES'];
  if (!folder) throw new Error('the folder of the run is made by tests/support/global-setup.ts');
  const named = Promise.all(MIGRATIONS.map(async (migration) => [migration.name, await checksumOf(migration, dialect)])).then((sums) => {
    const key = createHash('sha256').update(JSON.stringify(sums)).digest('hex').slice(0, 16);
    return join(folder, `${dialect}-${key}.template`);
  });
  templates.set(dialect, named);
  return named;
}

/** A name of its own, for what is complete only when it is renamed: two workers may make the same template at once. */
function besides(file: string): string {
  return `${file}-${randomBytes(6).toString('hex')}`;
}
