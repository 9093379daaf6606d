import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, QueryFailedError, type QueryRunner } from 'typeorm';
import type { MysqlDataSourceOptions } from 'typeorm/driver/mysql/MysqlDataSourceOptions';
import { createPlaces, seal, watchStatements, type Access, type Connections, type Session } from './connections';
import { ENTITIES } from './entities';
import { failureKind, StoreError, storeErrorOf } from './errors';
import { streamFor } from './load-data';
import { SnakeNaming } from './naming';
import { PlainManager } from './plain-manager';
import { quietLogger } from './quiet-logger';
import { patienceOf, retrying } from './retry';

export interface MysqlLimits {
  /** Most connections of this process. */
  readonly poolSize: number;
  /** Milliseconds to wait for a free connection, and to go on retrying. */
  readonly patienceMs: number;
  /** Milliseconds that a statement may run at the server; the client gives up a second later. */
  readonly statementTimeoutMs: number;
}

/** A borrowed connection that does not begin a transaction within this many milliseconds is half-open. */
const BEGIN_TIMEOUT_MS = 2000;
const CONNECT_TIMEOUT_MS = 3000;
/** Seconds that a statement waits for a row lock; shorter than any statement time-out. */
const LOCK_WAIT_SECONDS = 3;
const CLOSE_TIMEOUT_MS = 2000;

/** What is used of a connection of mysql2's pool. */
interface PooledConnection {
  /** Id of the connection at the server. */
  readonly threadId: number | null;
  readonly stream: { destroy(): void };
  destroy(): void;
  promise(): { query(sql: string): Promise<unknown> };
}

interface Borrowed {
  readonly runner: QueryRunner;
  readonly connection: PooledConnection;
}

interface Pool {
  readonly source: DataSource;
  readonly limits: MysqlLimits;
  readonly setup: readonly string[];
  /** Connections that are set up, with the generation in which they were. */
  readonly known: WeakMap<PooledConnection, number>;
  /** Raised when a connection proves half-open: all older ones are then thrown away on sight. */
  generation: number;
}

/** Parses `mysql://user:password@host:port/database`. Throws StoreError `badUrl`. */
export function parseMysqlUrl(databaseUrl: string): Pick<MysqlDataSourceOptions, 'host' | 'port' | 'username' | 'password' | 'database'> {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  const database = url ? decodeURIComponent(url.pathname.slice(1)) : '';
  if (!url || url.protocol !== 'mysql:' || !url.hostname || !database) {
    throw new StoreError('badUrl', 'the database address must read mysql://user:password@host:port/database');
  }
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
  };
}

/** Settings of every connection to MySQL or MariaDB, migrations included. */
export function mysqlOptions(databaseUrl: string): MysqlDataSourceOptions {
  return {
    type: 'mysql',
    ...parseMysqlUrl(databaseUrl),
    charset: 'utf8mb4',
    timezone: '+08:00',
    supportBigNumbers: true,
    bigNumberStrings: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    synchronize: false,
    logger: quietLogger,
    namingStrategy: new SnakeNaming(),
  };
}

export async function openMysql(databaseUrl: string, limits: MysqlLimits): Promise<Connections> {
  const source = await retrying(patienceOf(limits.patienceMs), () => initialize(databaseUrl, limits), failureKind).catch(
    (error: unknown) => {
      throw storeErrorOf(error);
    },
  );
  const setup = await sessionSetup(source, limits);
  const pool: Pool = { source, limits, setup, known: new WeakMap(), generation: 0 };
  const places = createPlaces(limits.poolSize, limits.patienceMs, 'database connection');
  return {
    dialect: 'mysql',
    begin: async (access) => {
      const release = await places.take();
      try {
        return await beginSession(pool, access, release);
      } catch (error) {
        release();
        throw error;
      }
    },
    close: async () => {
      await places.drain();
      // A half-open connection never answers the farewell, so the farewell is not waited for without end.
      await Promise.race([source.destroy(), sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    },
  };
}

function initialize(databaseUrl: string, limits: MysqlLimits): Promise<DataSource> {
  return new DataSource({
    ...mysqlOptions(databaseUrl),
    entities: [...ENTITIES],
    poolSize: limits.poolSize,
    maxQueryExecutionTime: limits.statementTimeoutMs + 1000,
    enableQueryTimeout: true,
    extra: { maxIdle: limits.poolSize, idleTimeout: 60_000, enableKeepAlive: true, keepAliveInitialDelay: 10_000, infileStreamFactory: streamFor },
  }).initialize();
}

/** Statements that make a new connection behave alike on MySQL and MariaDB. */
async function sessionSetup(source: DataSource, limits: MysqlLimits): Promise<string[]> {
  const [row] = (await source.query('SELECT VERSION() AS version')) as { version: string }[];
  const isMariaDb = row?.version.includes('MariaDB') ?? false;
  const timeout = isMariaDb
    ? `max_statement_time = ${limits.statementTimeoutMs / 1000}`
    : `max_execution_time = ${limits.statementTimeoutMs}`;
  return [
    `SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO', ` +
      `innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}, ${timeout}`,
    // No gap locks: looking for a row that is not there yet must not stop others from inserting theirs.
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  ];
}

async function beginSession(pool: Pool, access: Access, release: () => void): Promise<Session> {
  const { runner, connection } = await borrow(pool);
  const begin = async (): Promise<void> => {
    if (!pool.known.has(connection)) {
      for (const statement of pool.setup) await runner.query(statement);
      pool.known.set(connection, pool.generation);
    }
    if (access === 'read') {
      await runner.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    }
    await runner.startTransaction();
  };
  try {
    await within(BEGIN_TIMEOUT_MS, begin());
  } catch (error) {
    if (error instanceof SilentConnection) pool.generation += 1;
    await discard(runner, connection);
    throw error;
  }
  const { doomedBy } = watchStatements(runner);
  let silent = false;
  const finish = async (sql: 'COMMIT' | 'ROLLBACK', timeoutMs: number): Promise<void> => {
    await seal(runner);
    // mysql2's own time-out starts when a statement is its turn; behind one that got no answer that is never.
    await within(timeoutMs, connection.promise().query(sql)).catch((error: unknown) => {
      silent = isSilence(error);
      throw error;
    });
  };
  return {
    manager: new PlainManager(pool.source, runner),
    doomedBy,
    commit: () => finish('COMMIT', pool.limits.statementTimeoutMs),
    rollback: () => finish('ROLLBACK', BEGIN_TIMEOUT_MS),
    end: async (healthy) => {
      await (healthy ? runner.release() : discard(runner, connection));
      if (silent || isSilence(doomedBy())) {
        pool.generation += 1;
        await endAtServer(pool, connection.threadId);
      }
      release();
    },
  };
}

/** Takes a connection from the pool; those of an older generation are thrown away. */
async function borrow(pool: Pool): Promise<Borrowed> {
  for (;;) {
    const runner = pool.source.createQueryRunner();
    const connection = (await runner.connect()) as PooledConnection;
    const generation = pool.known.get(connection);
    if (generation === undefined || generation === pool.generation) return { runner, connection };
    await discard(runner, connection);
  }
}

async function discard(runner: QueryRunner, connection: PooledConnection): Promise<void> {
  connection.destroy();
  connection.stream.destroy();
  await runner.release();
}

/**
 * Ends a connection at the server that has gone silent on the way there: its transaction would hold its row locks until
 * the server notices, which takes hours. Only an idle one is ended, since after a failover its id may be another's.
 */
async function endAtServer(pool: Pool, threadId: number | null): Promise<void> {
  let borrowed: Borrowed | undefined;
  const work = async (): Promise<void> => {
    borrowed = await borrow(pool);
    const idle = (await borrowed.runner.query(
      `SELECT id FROM information_schema.processlist WHERE id = ? AND command = 'Sleep' AND time >= 1`,
      [threadId],
    )) as unknown[];
    if (idle.length > 0 && threadId !== null) await borrowed.runner.query(`KILL CONNECTION ${threadId}`);
  };
  // What does not succeed here the server does later by itself.
  const done = await within(BEGIN_TIMEOUT_MS, work()).then(() => true, () => false);
  if (borrowed) await (done ? borrowed.runner.release() : discard(borrowed.runner, borrowed.connection));
}

class SilentConnection extends Error {
  readonly code = 'ANJIE_SILENT_CONNECTION';
  constructor(timeoutMs: number) {
    super(`the database connection was silent for ${timeoutMs} ms`);
  }
}

function isSilence(error: unknown): boolean {
  if (error instanceof SilentConnection) return true;
  return error instanceof QueryFailedError && (error.driverError as NodeJS.ErrnoException).code === 'PROTOCOL_SEQUENCE_TIMEOUT';
}

/** Waits for the work, at most `timeoutMs` milliseconds; then throws SilentConnection. */
async function within(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SilentConnection(timeoutMs)), timeoutMs);
  });
  try {
    await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
