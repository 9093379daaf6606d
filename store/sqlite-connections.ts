import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource } from 'typeorm';
import type { BetterSqlite3DataSourceOptions } from 'typeorm/driver/better-sqlite3/BetterSqlite3DataSourceOptions';
import { createPlaces, seal, watchStatements, type Access, type Connections, type Places, type Session } from './connections';
import { ENTITIES } from './entities';
import { failureKind } from './errors';
import { SnakeNaming } from './naming';
import { PlainManager } from './plain-manager';
import { quietLogger } from './quiet-logger';
import { retrying, type Patience } from './retry';

/** Longest pause, milliseconds, between two looks at a write lock that another process holds. */
const LOCK_POLL_MS = 5;

/** Prepared statements that a connection keeps. */
const STATEMENTS = 300;

interface SqlitePragmas {
  pragma(text: string): unknown;
}

/** Opens one write connection and one read-only connection on the file; each carries one transaction at a time. */
export async function openSqlite(path: string, patienceMs: number): Promise<Connections> {
  mkdirSync(dirname(path), { recursive: true });
  const patience: Patience = { totalMs: patienceMs, longestDelayMs: LOCK_POLL_MS, mostAttempts: Infinity };
  // Two processes that open a new file at once may both want to switch it to WAL: the second one tries again.
  const writer = await retrying(patience, () => connect({ readonly: false, path }), failureKind);
  const reader = await retrying(patience, () => connect({ readonly: true, path }), failureKind);
  const places: Record<Access, Places> = {
    write: createPlaces(1, patienceMs, 'write connection'),
    read: createPlaces(1, patienceMs, 'read connection'),
  };
  return {
    dialect: 'sqlite',
    begin: async (access) => {
      const release = await places[access].take();
      try {
        return await beginSession(access === 'write' ? writer : reader, access, patience, release);
      } catch (error) {
        release();
        throw error;
      }
    },
    close: async () => {
      await Promise.all([places.write.drain(), places.read.drain()]);
      await Promise.all([reader.source.destroy(), writer.source.destroy()]);
    },
  };
}

/** A connection with the statements that were prepared on it. */
interface Connection {
  readonly source: DataSource;
  readonly statements: Map<string, unknown>;
}

async function connect(options: { readonly: boolean; path: string }): Promise<Connection> {
  return { source: await initialize(options), statements: new Map() };
}

function initialize(options: { readonly: boolean; path: string }): Promise<DataSource> {
  const settings: BetterSqlite3DataSourceOptions = {
    type: 'better-sqlite3',
    database: options.path,
    entities: [...ENTITIES],
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    logger: quietLogger,
    // SQLite's own waiting for a lock would block the event loop, so there is none; BEGIN is polled instead.
    timeout: 0,
    readonly: options.readonly,
    statementCacheSize: STATEMENTS,
    enableWAL: !options.readonly,
    prepareDatabase: (database: SqlitePragmas) => {
      if (!options.readonly) database.pragma('synchronous = FULL');
    },
  };
  return new DataSource(settings).initialize();
}

/** Begins on a query runner of its own: the driver's shared one would let transactions of two callers mix. */
async function beginSession({ source, statements }: Connection, access: Access, patience: Patience, release: () => void): Promise<Session> {
  Object.assign(source.driver, { queryRunner: undefined });
  const runner = source.createQueryRunner();
  await retrying(patience, async () => runRaw(source, access === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN'), failureKind);
  // Prepared statements outlive the runner, which lives for one transaction only.
  Object.assign(runner, { stmtCache: statements });
  // TypeORM would begin with a plain BEGIN, which can meet SQLITE_BUSY in the middle of the work; it is told instead.
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
  const { doomedBy } = watchStatements(runner);
  const rollback = async (): Promise<void> => {
    await seal(runner);
    // SQLite ends a transaction by itself after errors such as a full disk.
    if (inTransaction(source)) runRaw(source, 'ROLLBACK');
  };
  return {
    manager: new PlainManager(source, runner),
    doomedBy,
    commit: async () => {
      await seal(runner);
      await retrying(patience, async () => runRaw(source, 'COMMIT'), failureKind);
    },
    rollback,
    end: async () => {
      if (inTransaction(source)) await rollback();
      release();
    },
  };
}

interface SqliteHandle {
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
}

function handleOf(source: DataSource): SqliteHandle {
  return (source.driver as unknown as { databaseConnection: SqliteHandle }).databaseConnection;
}

function inTransaction(source: DataSource): boolean {
  return handleOf(source).inTransaction;
}

function runRaw(source: DataSource, sql: string): void {
  handleOf(source).exec(sql);
}
