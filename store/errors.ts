/** What the store could not do, by a stable code. The message never holds values of rows. */
export type StoreProblem =
  /** No free connection within the patience: the caller answers 503. */
  | 'busy'
  /** The database cannot be reached, or stays read-only or contended, after all retries. Nothing was written. */
  | 'unavailable'
  /** A statement ran longer than its time-out. Nothing was written. */
  | 'statementTimeout'
  /** The connection was lost during COMMIT: written or not, nobody knows. */
  | 'commitOutcomeUnknown'
  /** write or read was called inside the work of another one. */
  | 'nested'
  /** The schema is not the one that this program needs. */
  | 'schemaBehind'
  | 'schemaDirty'
  | 'schemaNewer'
  | 'schemaDiffers'
  /** The database was written with another key ring. */
  | 'foreignKeyRing'
  | 'badUrl';

export class StoreError extends Error {
  constructor(
    readonly problem: StoreProblem,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'StoreError';
  }
}

/**
 * The connection was lost after COMMIT was sent. Read back by the unique key of what was written before doing anything
 * else, or pass `verify` to `write`, which does so.
 */
export class CommitOutcomeUnknown extends StoreError {
  constructor(cause: unknown) {
    super('commitOutcomeUnknown', 'the connection was lost during COMMIT: read back by a unique key', { cause });
    this.name = 'CommitOutcomeUnknown';
  }
}

/** What a database error means for the transaction that met it. */
export type FailureKind =
  /** Rolled back by the database for another transaction's sake: run the work again. */
  | 'conflict'
  /** The connection is of no more use: run the work again on another one. */
  | 'lost'
  /** The server is read-only or full of clients: run the work again on another connection, later. */
  | 'refusedForNow'
  /** The server stopped the statement because it took too long. */
  | 'timeout'
  /** Anything else, the work's own errors included: never repeated. */
  | 'final';

const KINDS: Readonly<Record<string, FailureKind>> = {
  ER_LOCK_DEADLOCK: 'conflict', // 1213
  ER_LOCK_WAIT_TIMEOUT: 'conflict', // 1205
  ER_CHECKREAD: 'conflict', // 1020: MariaDB with innodb_snapshot_isolation
  SQLITE_BUSY: 'conflict',
  SQLITE_BUSY_SNAPSHOT: 'conflict',
  SQLITE_BUSY_RECOVERY: 'conflict',
  SQLITE_BUSY_TIMEOUT: 'conflict',
  SQLITE_LOCKED: 'conflict',
  ANJIE_SHARED_TRANSACTION_LOST: 'conflict', // store/write-lane.ts

  PROTOCOL_CONNECTION_LOST: 'lost',
  PROTOCOL_SEQUENCE_TIMEOUT: 'lost', // the server did not answer within our own time-out, which is longer than its
  PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR: 'lost',
  ECONNRESET: 'lost',
  ECONNREFUSED: 'lost',
  ECONNABORTED: 'lost',
  EPIPE: 'lost',
  ETIMEDOUT: 'lost',
  EHOSTUNREACH: 'lost',
  ENETUNREACH: 'lost',
  ENOENT: 'lost', // the server's socket file while it restarts
  ER_SERVER_SHUTDOWN: 'lost', // 1053
  ER_ABORTING_CONNECTION: 'lost', // 1152
  ER_NEW_ABORTING_CONNECTION: 'lost', // 1184
  ER_QUERY_INTERRUPTED: 'lost', // 1317: killed, as a server does with all while it stops
  ER_CONNECTION_KILLED: 'lost', // 1927, MariaDB
  ER_CLIENT_INTERACTION_TIMEOUT: 'lost', // 4031, MySQL 8
  ANJIE_SILENT_CONNECTION: 'lost',

  ER_CON_COUNT_ERROR: 'refusedForNow', // 1040
  ER_TOO_MANY_USER_CONNECTIONS: 'refusedForNow', // 1203
  ER_USER_LIMIT_REACHED: 'refusedForNow', // 1226
  ER_OPTION_PREVENTS_STATEMENT: 'refusedForNow', // 1290: read_only
  ER_READ_ONLY_MODE: 'refusedForNow', // 1836

  ER_STATEMENT_TIMEOUT: 'timeout', // 1969, MariaDB
  ER_QUERY_TIMEOUT: 'timeout', // 3024, MySQL 8
};

/** Codes by number, for errors that mysql2 knows no name for. */
const NUMBERS: Readonly<Record<number, FailureKind>> = { 1927: 'lost', 1969: 'timeout', 3024: 'timeout', 4031: 'lost' };

/** mysql2 gives no code to what is sent over a connection that it has already closed. */
const CLOSED_CONNECTION = "Can't add new command when connection is in closed state";

const DUPLICATES: ReadonlySet<string> = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

/** Says what a database error, or one that wraps it (driverError, cause), means for its transaction. */
export function failureKind(error: unknown): FailureKind {
  for (const layer of layersOf(error)) {
    const known = KINDS[layer.code ?? ''] ?? NUMBERS[layer.errno ?? 0];
    if (known) return known;
    if (layer.message.includes(CLOSED_CONNECTION)) return 'lost';
  }
  return 'final';
}

/** True when a row with the same unique key stands already. */
export function isUniqueViolation(error: unknown): boolean {
  return layersOf(error).some((layer) => layer.code !== undefined && DUPLICATES.has(layer.code));
}

/** Retryable failures that lasted too long become `unavailable`; errors of the work stay what they are. */
export function storeErrorOf(error: unknown): unknown {
  const kind = failureKind(error);
  if (kind === 'final' || error instanceof StoreError) return error;
  if (kind === 'timeout') return new StoreError('statementTimeout', 'a statement ran longer than allowed', { cause: error });
  return new StoreError('unavailable', 'the database is not available', { cause: error });
}

interface Layer {
  readonly code: string | undefined;
  readonly errno: number | undefined;
  readonly message: string;
}

function layersOf(error: unknown): Layer[] {
  const layers: Layer[] = [];
  let current: unknown = error;
  while (typeof current === 'object' && current !== null && layers.length < 8) {
    const { code, errno, message, driverError, cause } = current as Record<string, unknown>;
    layers.push({
      code: typeof code === 'string' ? code : undefined,
      errno: typeof errno === 'number' ? errno : undefined,
      message: String(message),
    });
    current = driverError ?? cause;
  }
  return layers;
}
