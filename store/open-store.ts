import 'reflect-metadata';
import { useKeyRing, type KeyRing } from '../runtime/keys';
import type { Connections, Dialect } from './connections';
import { proveKeyRing } from './key-proof';
import { openMysql } from './mysql-connections';
import { migrateUp, requireCurrent, schemaStatus } from './schema';
import { openSqlite } from './sqlite-connections';
import { createTransactions, type Transactions } from './transactions';
import { sqlitePathOf } from './url';

export interface StoreOptions {
  /** `sqlite:<path>` or `mysql://user:password@host:port/database`. */
  readonly databaseUrl: string;
  /** Used by all encrypted columns of this process. */
  readonly keyRing: KeyRing;
  /** Most MySQL connections of this process; 10 by default. SQLite has one for writing and one for reading. */
  readonly poolSize?: number;
  /** Milliseconds to wait for a connection and to retry what failed for a moment; 10,000 by default. */
  readonly patienceMs?: number;
  /** Milliseconds that one statement may run at a MySQL server; 4,000 by default. */
  readonly statementTimeoutMs?: number;
}

/**
 * The database. `write(work)` runs the work in one transaction, commits it and returns its result; `read(work)` shows one
 * consistent snapshot. Deadlocks, lock waits, lost connections and read-only spells are retried, so work may run more than
 * once; what lasts longer than the patience becomes StoreError `unavailable` or `busy`. A connection lost during COMMIT is
 * settled by `verify`, or thrown as CommitOutcomeUnknown. Errors of the work roll back and are thrown as they are.
 */
export interface Store extends Transactions {
  readonly dialect: Dialect;
  /** Applies pending migrations and returns their names. */
  migrate(): Promise<string[]>;
  /**
   * Checks that the schema is current and the key ring the right one; the first `write` or `read` does it too. Throws
   * StoreError `schemaBehind`, `schemaDirty`, `schemaNewer`, `schemaDiffers` or `foreignKeyRing`. A process calls it before it
   * serves.
   */
  ready(): Promise<void>;
  /** Lets running transactions end, then closes all connections. */
  close(): Promise<void>;
}

/** Opens the database without changing it. Throws StoreError `badUrl`, or the driver's error when it cannot be reached. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, keyRing, poolSize = 10, patienceMs = 10_000, statementTimeoutMs = 4000 } = options;
  const path = sqlitePathOf(databaseUrl);
  useKeyRing(keyRing);
  const connections = await (path === undefined
    ? openMysql(databaseUrl, { poolSize, patienceMs, statementTimeoutMs })
    : openSqlite(path, patienceMs));
  return createStore(options, connections, patienceMs);
}

function createStore(options: StoreOptions, connections: Connections, patienceMs: number): Store {
  const transactions = createTransactions(connections, patienceMs);
  let readiness: Promise<void> | undefined;
  let closing: Promise<void> | undefined;

  async function check(): Promise<void> {
    requireCurrent(await transactions.read((manager) => schemaStatus(runnerOf(manager))));
    await proveKeyRing(transactions, options.keyRing);
  }

  function ready(): Promise<void> {
    // A failed check is forgotten, so that the next call sees what was repaired meanwhile.
    readiness ??= check().catch((error: unknown) => {
      readiness = undefined;
      throw error;
    });
    return readiness;
  }

  return {
    dialect: connections.dialect,
    ready,
    migrate: async () => {
      const applied = await migrateUp(options.databaseUrl);
      await ready();
      return applied;
    },
    write: async (work, writeOptions) => {
      await ready();
      return transactions.write(work, writeOptions);
    },
    read: async (work) => {
      await ready();
      return transactions.read(work);
    },
    close: () => (closing ??= connections.close()),
  };
}

function runnerOf(manager: { readonly queryRunner?: Parameters<typeof schemaStatus>[0] }): Parameters<typeof schemaStatus>[0] {
  if (!manager.queryRunner) throw new Error('a manager of a transaction has a query runner');
  return manager.queryRunner;
}
