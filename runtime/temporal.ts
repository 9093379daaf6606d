import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import type { DataConverter, Duration } from '@temporalio/common';
import type { Config } from './config';
import type { Logger } from './logger';

/** Types of search attributes, by the words of the glossary; at most 10 Keyword and 3 each of the others on SQL stores. */
export const SEARCH_ATTRIBUTES = {
  Process: 'Keyword',
  PoolArea: 'Keyword',
  Institution: 'Keyword',
  InsuType: 'Keyword',
  PersonNo: 'Keyword',
  BusinessKey: 'Keyword',
  Status: 'Keyword',
  WaitsFor: 'Keyword',
  AmountFen: 'Int',
  Period: 'Int',
  DueAt: 'Datetime',
  Parties: 'KeywordList',
  FunctionIds: 'KeywordList',
} as const satisfies Record<string, SearchAttributeKind>;
export type SearchAttributeKind = 'Keyword' | 'Int' | 'Datetime' | 'KeywordList';

/** Time-outs that make recovery after a killed worker fast; every worker, start and activity uses these. */
export const HandlerTimeouts = {
  /** A workflow task that is not answered in this time goes to another worker. */
  workflowTask: '5s',
  /** How long the server waits for the worker that has the workflow cached. */
  stickyScheduleToStart: '2s',
  /** Activities that may last longer than a moment must heartbeat within this. */
  heartbeat: '3s',
  /** A local activity is a fast path: one attempt, this long at most. */
  localActivity: '2s',
} as const satisfies Record<string, Duration>;

/** Values of the IndexedValueType enumeration of the Temporal API. */
const INDEXED_VALUE_TYPE = { Keyword: 2, Int: 3, Datetime: 6, KeywordList: 7 } as const;

const GRPC_ALREADY_EXISTS = 6;
const GRPC_NOT_FOUND = 5;
const SECONDS_A_DAY = 86_400;
const NAMESPACE_SPREADS_MS = 20_000;

export interface ConnectOptions {
  readonly config: Pick<Config, 'temporal'>;
  readonly dataConverter: DataConverter;
  readonly logger: Logger;
  /** How long to go on trying while the server is not there, milliseconds. */
  readonly patienceMs?: number;
}

export interface TemporalHandle {
  readonly client: Client;
  readonly connection: Connection;
}

/**
 * Connects to Temporal, trying again with growing pauses while the server is not there.
 * @throws the last connection error when `patienceMs` (default 30 s) has passed.
 */
export async function connectTemporal(options: ConnectOptions): Promise<TemporalHandle> {
  const { address, namespace } = options.config.temporal;
  const deadline = Date.now() + (options.patienceMs ?? 30_000);
  const connection = await retryUntil(deadline, options.logger, () => Connection.connect({ address, connectTimeout: '3s' }));
  return { connection, client: new Client({ connection, namespace, dataConverter: options.dataConverter }) };
}

/**
 * Creates the namespace when it is missing and keeps closed workflows readable for the configured days; the server's own
 * default deletes them after a day.
 */
export async function ensureNamespace(connection: Connection, temporal: Config['temporal'], logger: Logger): Promise<void> {
  const { namespace, retentionDays } = temporal;
  const wanted = retentionDays * SECONDS_A_DAY;
  const current = await readRetentionSeconds(connection, namespace);
  if (current === null) {
    await registerNamespace(connection, namespace, wanted);
    logger.info({ namespace, retentionDays }, '已建立命名空间');
  } else if (current !== wanted) {
    await updateRetention(connection, namespace, wanted);
    logger.info({ namespace, retentionDays }, '已设置保留期');
  }
}

/**
 * Registers the search attributes that are missing.
 * @throws Error when one exists under another type: that needs a decision, not a retry.
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, number> = {};
  for (const [name, kind] of Object.entries(SEARCH_ATTRIBUTES)) {
    const existing = customAttributes[name];
    if (existing === undefined) missing[name] = INDEXED_VALUE_TYPE[kind];
    else if (existing !== INDEXED_VALUE_TYPE[kind]) {
      throw new Error(`search attribute ${name} exists with type ${existing}, expected ${kind}`);
    }
  }
  if (Object.keys(missing).length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  } catch (error) {
    // Two processes may start together.
    if (!isGrpcCode(error, GRPC_ALREADY_EXISTS)) throw error;
  }
}

async function readRetentionSeconds(connection: Connection, namespace: string): Promise<number | null> {
  try {
    const answer = await connection.workflowService.describeNamespace({ namespace });
    return Number(answer.config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  } catch (error) {
    if (isGrpcCode(error, GRPC_NOT_FOUND)) return null;
    throw error;
  }
}

async function registerNamespace(connection: Connection, namespace: string, seconds: number): Promise<void> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: toDuration(seconds),
    });
  } catch (error) {
    if (!isGrpcCode(error, GRPC_ALREADY_EXISTS)) throw error;
  }
}

/** A namespace that was just made is not known to all of the server for some seconds. */
async function updateRetention(connection: Connection, namespace: string, seconds: number): Promise<void> {
  const deadline = Date.now() + NAMESPACE_SPREADS_MS;
  for (;;) {
    try {
      await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: toDuration(seconds) } });
      return;
    } catch (error) {
      if (!isGrpcCode(error, GRPC_NOT_FOUND) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

type RegisterRequest = Parameters<Connection['workflowService']['registerNamespace']>[0];
type ProtoDuration = NonNullable<RegisterRequest['workflowExecutionRetentionPeriod']>;

function toDuration(seconds: number): ProtoDuration {
  return { seconds: seconds as unknown as ProtoDuration['seconds'], nanos: 0 };
}

function isGrpcCode(error: unknown, code: number): boolean {
  return isGrpcServiceError(error) && (error.code as number) === code;
}

async function retryUntil<T>(deadline: number, logger: Logger, attempt: () => Promise<T>): Promise<T> {
  for (let pauseMs = 200; ; pauseMs = Math.min(pauseMs * 2, 3000)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() + pauseMs > deadline) throw error;
      logger.warn({ err: error, pauseMs }, '暂时连不上 Temporal, 稍后再试');
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
