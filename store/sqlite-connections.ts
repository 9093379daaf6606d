import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource } from 'typeorm';
import type { BetterSqlite3DataSourceOptions } from 'typeorm/driver/better-sqlite3/BetterSqlite3DataSourceOptions';
import { createPlaces, seal, watchStatements, type Connections, type Session } from './connections';
import { ENTITIES } from './entities';
import { failureKind } from './errors';
import { SnakeNaming } from './naming';
import { PlainManager } from './plain-manager';
import { quietLogger } from './quiet-logger';
import { retrying, type Patience } from './retry';
import { createWriteLane, type Turn } from './write-lane';

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
  const lane = createWriteLane(
    {
      begin: () => retrying(patience, async () => runRaw(writer.source, 'BEGIN IMMEDIATE'), failureKind),
      commit: () => retrying(patience, async () => runRaw(writer.source, 'COMMIT'), failureKind),
      inTransaction: () => handleOf(writer.source).inTransaction,
      run: (sql) => runRaw(writer.source, sql),
    },
    patienceMs,
  );
  const readers = createPlaces(1, patienceMs, 'read connection');
  return {
    dialect: 'sqlite',
    begin: async (access, shares) => {
      const connection = access === 'write' ? writer : reader;
      const turn = access === 'write' ? await lane.enter(shares) : beginReading(reader, await readers.take());
      return openSession(connection, turn);
    },
    close: async () => {
      await Promise.all([lane.drain(), readers.drain()]);
      await Promise.all([reader.source.destroy(), writer.source.destroy()]);
    },
  };
}

/** A snapshot on the read connection; `release` gives its place back. Nothing is written, so both ends are the same. */
function beginReading({ source }: Connection, release: () => void): Turn {
  let ended = false;
  const end = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    try {
      if (handleOf(source).inTransaction) runRaw(source, 'COMMIT');
    } finally {
      release();
    }
  };
  try {
    runRaw(source, 'BEGIN');
  } catch (error) {
    release();
    throw error;
  }
  return { commit: end, rollback: end };
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

/** Opens a query runner of its own: the driver's shared one would let transactions of two callers mix. */
function openSession({ source, statements }: Connection, turn: Turn): Session {
  Object.assign(source.driver, { queryRunner: undefined });
  const runner = source.createQueryRunner();
  // Prepared statements outlive the runner, which lives for one transaction only.
  Object.assign(runner, { stmtCache: statements });
  // TypeORM would begin with a plain BEGIN, which can meet SQLITE_BUSY in the middle of the work; it is told instead.
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
  const { doomedBy } = watchStatements(runner);
  const rollback = async (): Promise<void> => {
    await seal(runner);
    await turn.rollback();
  };
  return {
    manager: new PlainManager(source, runner),
    doomedBy,
    commit: async () => {
      await seal(runner);
      await turn.commit();
    },
    rollback,
    end: () => turn.rollback(),
  };
}

interface SqliteHandle {
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
}

function handleOf(source: DataSource): SqliteHandle {
  return (source.driver as unknown as { databaseConnection: SqliteHandle }).databaseConnection;
}

function runRaw(source: DataSource, sql: string): void {
  handleOf(source).exec(sql);
}
