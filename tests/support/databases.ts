import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { openKeyRing, type KeyRing } from '../../runtime/keys';
import type { Dialect } from '../../store/connections';
import { openStore, type Store, type StoreOptions } from '../../store/open-store';
import { sharedMariaDb, startMariaDb, type TestServer } from './mariadb';
import { migrateQuickly } from './migrated';

/** An empty database of one test. */
export interface TestDatabase {
  readonly dialect: Dialect;
  readonly databaseUrl: string;
  readonly keyRing: KeyRing;
  /** For processes of their own on the same database. */
  readonly keyRingPath: string;
  /** Opens a store on it, which is closed after the test. */
  open(options?: Partial<StoreOptions>): Promise<Store>;
  /** As `open`, with the schema in place. */
  openMigrated(options?: Partial<StoreOptions>): Promise<Store>;
  /** All bytes that the database has on disk, null where they cannot be read. */
  bytesOnDisk(): Promise<Buffer | null>;
}

type Body = (database: () => TestDatabase, server: () => TestServer | null) => void;

interface DatabaseOptions {
  /**
   * A MariaDB that no other test file uses, for tests that kill it or change its settings, or that look for something on its
   * disk, where the log holds what others write; the one of the run by default.
   */
  readonly ownServer?: boolean;
}

/** Runs the same tests on SQLite and on MariaDB, each with a database of its own. */
export function onBothDatabases(title: string, body: Body, options: DatabaseOptions = {}): void {
  describe(`${title} on SQLite`, () => withDatabases('sqlite', body, options));
  onMariaDb(title, body, options);
}

export function onMariaDb(title: string, body: Body, options: DatabaseOptions = {}): void {
  describeOnMariaDb(title, () => withDatabases('mysql', body, options));
}

/** Skipped where no server can be had; `npm test` says so, and with CI=true that is a failure. */
export function describeOnMariaDb(title: string, body: () => void): void {
  const describeThere = process.env['ANJIE_TEST_DATABASE'] === 'absent' ? describe.skip : describe;
  describeThere(`${title} on MariaDB`, body);
}

function withDatabases(dialect: Dialect, body: Body, { ownServer = false }: DatabaseOptions): void {
  let server: TestServer | null = null;
  let current: (TestDatabase & { dispose(): Promise<void> }) | undefined;
  if (dialect === 'mysql') {
    beforeAll(async () => {
      server = await (ownServer ? startMariaDb() : sharedMariaDb());
    }, 90_000);
    afterAll(async () => {
      await server?.stop();
    });
  }
  beforeEach(async () => {
    current = await createDatabase(server);
  });
  afterEach(async () => {
    await current?.dispose();
  });
  body(
    () => {
      if (!current) throw new Error('there is a database only within a test');
      return current;
    },
    () => server,
  );
}

/** Creates an empty database on the server and returns its name, which no other has. */
export async function createDatabaseOn(server: TestServer): Promise<string> {
  const name = `anjie_${randomBytes(6).toString('hex')}`;
  await server.admin((connection) => connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`));
  return name;
}

async function createDatabase(server: TestServer | null): Promise<TestDatabase & { dispose(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'anjie-store-'));
  const name = server ? await createDatabaseOn(server) : '';
  const databaseUrl = server ? server.url(name) : `sqlite:${join(directory, 'anjie.db')}`;
  const keyRingPath = join(directory, 'key-ring.json');
  const keyRing = openKeyRing(keyRingPath, { create: true });
  const stores: Store[] = [];
  const open = async (options: Partial<StoreOptions> = {}): Promise<Store> => {
    const store = await openStore({ databaseUrl, keyRing, ...options });
    stores.push(store);
    return store;
  };
  return {
    dialect: server ? 'mysql' : 'sqlite',
    databaseUrl,
    keyRing,
    keyRingPath,
    open,
    openMigrated: async (options) => {
      await migrateQuickly(databaseUrl);
      const store = await open(options);
      await store.ready();
      return store;
    },
    bytesOnDisk: async () => {
      if (!server) return bytesIn(directory);
      if (!server.dataDir) return null;
      await server.admin((connection) => flushTables(connection, name));
      return Buffer.concat([bytesIn(join(server.dataDir, name)), readFileSync(join(server.dataDir, 'ib_logfile0'))]);
    },
    dispose: async () => {
      await Promise.all(stores.map((store) => store.close()));
      if (server) await server.admin((connection) => connection.query(`DROP DATABASE IF EXISTS ${name}`));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** All files of a folder but the key ring. */
function bytesIn(folder: string): Buffer {
  const files = readdirSync(folder).filter((file) => !file.endsWith('.json'));
  return Buffer.concat(files.map((file) => readFileSync(join(folder, file))));
}

/** Makes InnoDB write all pages of a database to its files. */
async function flushTables(connection: Connection, database: string): Promise<void> {
  const [rows] = await connection.query('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?', [database]);
  const tables = (rows as { name: string }[]).map((row) => `${database}.${row.name}`);
  await connection.query(`FLUSH TABLES ${tables.join(', ')} FOR EXPORT`);
  await connection.query('UNLOCK TABLES');
}
