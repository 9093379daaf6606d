import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import type { Access, Connections, Session } from './connections';
import { CommitOutcomeUnknown, failureKind, isUniqueViolation, StoreError, storeErrorOf, type FailureKind } from './errors';
import { patienceOf, retrying } from './retry';

/** Milliseconds that a COMMIT whose connection was lost gets to take effect before it is looked for. */
const SETTLE_MS = 200;

/** Work on the database. It may run more than once, so it does nothing but database work; it awaits all its statements. */
export type Work<T> = (manager: EntityManager) => Promise<T>;

export interface WriteOptions<T> {
  /**
   * Looks, by a unique key, whether the work is already written: its result, or undefined when it is not. Used when the
   * connection is lost during COMMIT. Without it `write` throws CommitOutcomeUnknown then.
   */
  readonly verify?: Work<T | undefined>;
  /**
   * For short work on the path of a command: on SQLite it may be committed together with other such work that waits at the same
   * time. It sees what they wrote before it, all of it stands or none, and its own failure undoes only itself.
   */
  readonly sharesCommit?: boolean;
}

export interface Transactions {
  write<T>(work: Work<T>, options?: WriteOptions<T>): Promise<T>;
  read<T>(work: Work<T>): Promise<T>;
}

/** The `write` and `read` of a store over its connections; see Store for their meaning. */
export function createTransactions(connections: Connections, patienceMs: number): Transactions {
  const current = new AsyncLocalStorage<{ open: boolean }>();

  async function run<T>(access: Access, work: Work<T>, shares = false): Promise<T> {
    if (current.getStore()?.open) {
      throw new StoreError('nested', `${access} was called inside a transaction: pass its manager on instead`);
    }
    const session = await connections.begin(access, shares);
    const scope = { open: true };
    let healthy = false;
    try {
      const result = await current.run(scope, () => perform(session, access, work));
      healthy = true;
      return result;
    } catch (error) {
      healthy = !needsNewConnection(failureKind(error)) && (await rolledBack(session));
      throw error;
    } finally {
      scope.open = false;
      await session.end(healthy);
    }
  }

  async function write<T>(work: Work<T>, options: WriteOptions<T> = {}): Promise<T> {
    const { verify, sharesCommit } = options;
    let unknown: CommitOutcomeUnknown | undefined;
    let seenAbsent = false;
    const attempt = async (): Promise<T> => {
      if (unknown && verify) {
        await sleep(SETTLE_MS);
        const written = await run('read', verify);
        if (written !== undefined) return written;
        seenAbsent = true;
      }
      try {
        return await run('write', work, sharesCommit);
      } catch (error) {
        if (error instanceof CommitOutcomeUnknown) [unknown, seenAbsent] = [error, false];
        throw error;
      }
    };
    // After a lost COMMIT the next attempt reads back first. A unique key that stands then is that COMMIT, come late.
    const kindOf = (error: unknown): FailureKind => {
      if (error instanceof CommitOutcomeUnknown) return verify ? 'lost' : 'final';
      if (unknown && verify && isUniqueViolation(error)) return 'conflict';
      return failureKind(error);
    };
    try {
      return await retrying(patienceOf(patienceMs), attempt, kindOf);
    } catch (error) {
      const refusedAfresh = seenAbsent && failureKind(error) === 'final' && !isUniqueViolation(error);
      throw unknown && !refusedAfresh ? unknown : storeErrorOf(error);
    }
  }

  async function read<T>(work: Work<T>): Promise<T> {
    try {
      return await retrying(patienceOf(patienceMs), () => run('read', work), failureKind);
    } catch (error) {
      throw storeErrorOf(error);
    }
  }

  return { write, read };
}

async function perform<T>(session: Session, access: Access, work: Work<T>): Promise<T> {
  const result = await work(session.manager);
  // Work that swallowed a deadlock has lost what it wrote before it.
  const doom = session.doomedBy();
  if (doom !== undefined) throw doom;
  try {
    await session.commit();
  } catch (error) {
    if (access === 'write' && failureKind(error) === 'lost') throw new CommitOutcomeUnknown(error);
    throw error;
  }
  return result;
}

async function rolledBack(session: Session): Promise<boolean> {
  try {
    await session.rollback();
    return true;
  } catch {
    // The connection is thrown away, and the server rolls back when it sees that.
    return false;
  }
}

function needsNewConnection(kind: FailureKind): boolean {
  return kind === 'lost' || kind === 'refusedForNow' || kind === 'timeout';
}
