import { Semaphore, withTimeout } from 'async-mutex';
import { QueryFailedError, type EntityManager, type QueryRunner } from 'typeorm';
import { failureKind, StoreError } from './errors';

export type Dialect = 'sqlite' | 'mysql';
export type Access = 'write' | 'read';

/** One transaction on one connection. After `end` its manager refuses every further statement. */
export interface Session {
  readonly manager: EntityManager;
  /** The error after which this transaction cannot be committed any more, if there was one. */
  doomedBy(): unknown;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Gives the connection back, or throws it away when it is not healthy. */
  end(healthy: boolean): Promise<void>;
}

/** The connections of one database. */
export interface Connections {
  readonly dialect: Dialect;
  /**
   * Waits for a free connection and begins a transaction. Throws StoreError `busy` or the driver's error.
   * @param shares whether its commit may be one with those of others, where the database gains by it.
   */
  begin(access: Access, shares: boolean): Promise<Session>;
  /** Lets running transactions end, then closes everything. */
  close(): Promise<void>;
}

/** A number of places that callers wait for, at most `patienceMs` milliseconds. */
export interface Places {
  take(): Promise<() => void>;
  /** Waits until all places are free and keeps them, or gives up after the patience. */
  drain(): Promise<void>;
}

export function createPlaces(size: number, patienceMs: number, what: string): Places {
  const semaphore = new Semaphore(size);
  const busy = new StoreError('busy', `no ${what} became free within ${patienceMs} ms`);
  const patient = withTimeout(semaphore, patienceMs, busy);
  return {
    take: async () => {
      const [, release] = await patient.acquire();
      return release;
    },
    drain: async () => {
      await patient.acquire(size).catch((error: unknown) => {
        if (error !== busy) throw error;
      });
    },
  };
}

/**
 * Watches the statements of a transaction: once one of them failed in a way that may have rolled the transaction back
 * (a deadlock does), no other may run, because it would commit on its own.
 */
export function watchStatements(runner: QueryRunner): { doomedBy: () => unknown } {
  let doom: unknown;
  const query: (...statement: unknown[]) => Promise<unknown> = runner.query.bind(runner) as never;
  Object.assign(runner, {
    query: async (...statement: unknown[]): Promise<unknown> => {
      if (doom !== undefined) throw doom;
      try {
        return await query(...statement);
      } catch (error) {
        if (failureKind(error) !== 'final') doom = error;
        throw withoutValues(error);
      }
    },
  });
  return { doomedBy: () => doom };
}

/** Takes the values of rows out of a database error, which may end in a log. */
function withoutValues(error: unknown): unknown {
  if (error instanceof QueryFailedError) {
    // TypeORM copies the members of the driver's error, which holds the statement with its values in `sql`.
    Object.assign(error, { parameters: undefined, sql: undefined });
    Object.assign(error.driverError, { sql: undefined });
  }
  return error;
}

/**
 * Makes the runner refuse further statements, and lets those that are between its check and the database run out
 * inside the transaction: work that did not await all its statements must not write outside of it.
 */
export async function seal(runner: QueryRunner): Promise<void> {
  Object.assign(runner, { isReleased: true });
  await new Promise((resolve) => setImmediate(resolve));
}
