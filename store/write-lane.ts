import { StoreError } from './errors';

/** The one write connection of a SQLite database, statement by statement. */
export interface WriteConnection {
  /** BEGIN IMMEDIATE; waits while another process holds the lock, then throws the driver's error. */
  begin(): Promise<void>;
  commit(): Promise<void>;
  /** False also after SQLite has ended the transaction by itself, as a full disk makes it do. */
  inTransaction(): boolean;
  run(sql: string): void;
}

/** The right of one transaction to write; it ends with `commit` or `rollback`, whichever comes first. */
export interface Turn {
  /** Resolves when everything of this turn is on the disk. */
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

export interface WriteLane {
  /**
   * Waits for the connection and begins. A turn that `shares` may be committed together with those before and after it.
   * Throws StoreError `busy` after the patience, or what BEGIN threw.
   */
  enter(shares: boolean): Promise<Turn>;
  /** Waits until nobody writes, or gives up after the patience; nobody may enter afterwards. */
  drain(): Promise<void>;
}

/** Turns that share one commit at most, and how long after its beginning others may still join, ms. */
const SHARERS = 16;
const OPEN_MS = 20;

/** Thrown to sharers whose transaction SQLite ended because of another one: nothing of theirs is written, so they are run again. */
class SharedTransactionLost extends Error {
  readonly code = 'ANJIE_SHARED_TRANSACTION_LOST';
}

interface Waiter {
  readonly shares: boolean;
  readonly go: () => void;
}

/** A transaction of the connection with the turns that stand in it. */
interface Shared {
  readonly began: number;
  turns: number;
  readonly ended: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One writer at a time, first come first served. Where the next in line shares too, a finished turn does not commit: it hands the
 * open transaction on, and the last one commits for all. Each of them is told only then, and each is a savepoint, so
 * that one that fails takes nothing of the others with it.
 */
export function createWriteLane(connection: WriteConnection, patienceMs: number): WriteLane {
  const line: Waiter[] = [];
  let taken = false;
  let shared: Shared | null = null;

  async function take(shares: boolean): Promise<void> {
    if (!taken) {
      taken = true;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        line.splice(line.indexOf(waiter), 1);
        reject(new StoreError('busy', `no write connection became free within ${patienceMs} ms`));
      };
      const timer = setTimeout(giveUp, patienceMs);
      const go = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const waiter: Waiter = { shares, go };
      line.push(waiter);
    });
  }

  function passOn(): void {
    const next = line.shift();
    if (next) next.go();
    else taken = false;
  }

  async function enter(shares: boolean): Promise<Turn> {
    await take(shares);
    try {
      if (shared) connection.run('SAVEPOINT turn');
      else {
        await connection.begin();
        shared = openShared();
      }
      shared.turns += 1;
      return turnIn(shared, shares);
    } catch (error) {
      if (shared) await finish(shared);
      else passOn();
      throw error;
    }
  }

  function turnIn(mine: Shared, shares: boolean): Turn {
    const first = mine.turns === 1;
    let ended = false;
    return {
      commit: async () => {
        if (ended) return;
        ended = true;
        if (!first && connection.inTransaction()) connection.run('RELEASE turn');
        await leave(mine, shares);
        await mine.ended;
      },
      rollback: async () => {
        if (ended) return;
        ended = true;
        if (first) await undoAll(mine);
        else {
          if (connection.inTransaction()) {
            connection.run('ROLLBACK TO turn');
            connection.run('RELEASE turn');
          }
          await leave(mine, shares);
          // What made this turn fail may be another one's row: whoever looks for that row shall find it committed.
          await mine.ended.catch(() => undefined);
        }
      },
    };
  }

  async function leave(mine: Shared, shares: boolean): Promise<void> {
    const joins = shares && line[0]?.shares === true && mine.turns < SHARERS && Date.now() - mine.began < OPEN_MS;
    if (joins && connection.inTransaction()) passOn();
    else await finish(mine);
  }

  /** Commits for all turns of the transaction. */
  async function finish(mine: Shared): Promise<void> {
    try {
      if (!connection.inTransaction()) throw new SharedTransactionLost('SQLite ended the transaction by itself');
      await connection.commit();
      mine.resolve();
    } catch (error) {
      mine.reject(error);
      if (connection.inTransaction()) connection.run('ROLLBACK');
    } finally {
      shared = null;
      passOn();
    }
  }

  async function undoAll(mine: Shared): Promise<void> {
    try {
      if (connection.inTransaction()) connection.run('ROLLBACK');
    } finally {
      mine.resolve();
      shared = null;
      passOn();
    }
  }

  return {
    enter,
    drain: async () => {
      await take(false).catch(() => undefined);
    },
  };
}

function openShared(): Shared {
  let resolve = (): void => undefined;
  let reject = (_error: unknown): void => undefined;
  const ended = new Promise<void>((resolved, rejected) => {
    [resolve, reject] = [resolved, rejected];
  });
  // Nobody may be waiting: the only turn may have failed before.
  ended.catch(() => undefined);
  return { began: Date.now(), turns: 0, ended, resolve, reject };
}
