import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { failureKind } from '../../store/errors';
import { createWriteLane, type Turn, type WriteLane } from '../../store/write-lane';

const PATIENCE_MS = 200;

describe('the write lane of SQLite', () => {
  let directory: string;
  let writer: Database.Database;
  let reader: Database.Database;
  let commits: number;
  let failCommit: Error | null;
  let lane: WriteLane;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'anjie-lane-'));
    writer = new Database(join(directory, 'lane.db'));
    writer.pragma('journal_mode = WAL');
    writer.exec('CREATE TABLE row (id INTEGER PRIMARY KEY)');
    reader = new Database(join(directory, 'lane.db'), { readonly: true });
    [commits, failCommit] = [0, null];
    const connection = {
      begin: async () => void writer.exec('BEGIN IMMEDIATE'),
      commit: async () => {
        commits += 1;
        if (failCommit) throw failCommit;
        writer.exec('COMMIT');
      },
      inTransaction: () => writer.inTransaction,
      run: (sql: string) => void writer.exec(sql),
    };
    lane = createWriteLane(connection, PATIENCE_MS);
  });

  afterEach(() => {
    writer.close();
    reader.close();
    rmSync(directory, { recursive: true });
  });

  const insert = (id: number): void => void writer.prepare('INSERT INTO row (id) VALUES (?)').run(id);
  const committed = (): number[] => (reader.prepare('SELECT id FROM row ORDER BY id').all() as { id: number }[]).map(({ id }) => id);

  /** A transaction as the store runs it: what the work throws is thrown once the turn is over. */
  async function write(shares: boolean, work: () => void): Promise<void> {
    const turn: Turn = await lane.enter(shares);
    try {
      work();
    } catch (error) {
      await turn.rollback();
      throw error;
    }
    await turn.commit();
  }

  test('those who wait together are committed together, and each is told only when its row is on the disk', async () => {
    const writes = Array.from({ length: 10 }, (_, id) =>
      write(true, () => insert(id)).then(() => expect(committed()).toContain(id)),
    );
    await Promise.all(writes);
    expect(committed()).toHaveLength(10);
    expect(commits).toBe(1);
  });

  test('more than sixteen take a second commit', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, id) => write(true, () => insert(id))));
    expect(committed()).toHaveLength(20);
    expect(commits).toBe(2);
  });

  test('one that fails undoes only itself, and hears it when what it met is committed', async () => {
    const seen: number[][] = [];
    const failing = (): Promise<void> =>
      write(true, () => {
        insert(100);
        insert(1);
      }).catch((error: unknown) => {
        seen.push(committed());
        throw error;
      });
    const ends = await Promise.allSettled([write(true, () => insert(1)), failing(), write(true, () => insert(2)), failing()]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(seen).toEqual([[1, 2], [1, 2]]);
    expect(committed()).toEqual([1, 2]);
  });

  test('when the first one fails the others begin anew', async () => {
    const first = write(true, () => {
      insert(1);
      throw new RangeError('refused');
    });
    const [end] = await Promise.allSettled([first, write(true, () => insert(2))]);
    expect(end.status).toBe('rejected');
    expect(committed()).toEqual([2]);
  });

  test('work that does not share stands alone, before and behind sharers', async () => {
    await Promise.all([true, false, true, true].map((shares, id) => write(shares, () => insert(id))));
    expect(committed()).toHaveLength(4);
    expect(commits).toBe(3);
  });

  test('a commit that fails fails all who shared it, and writes nothing of theirs', async () => {
    failCommit = new RangeError('disk full');
    const ends = await Promise.allSettled([1, 2, 3].map((id) => write(true, () => insert(id))));
    expect(ends.map((end) => (end.status === 'rejected' ? end.reason : end.status))).toEqual([failCommit, failCommit, failCommit]);
    expect(committed()).toEqual([]);
    failCommit = null;
    await write(true, () => insert(9));
    expect(committed()).toEqual([9]);
  });

  test('where SQLite itself ends the transaction, those before are told to run again', async () => {
    const [sharer, ender] = await Promise.allSettled([
      write(true, () => insert(2)),
      write(true, () => {
        writer.exec('ROLLBACK');
        throw new RangeError('disk full');
      }),
    ]);
    expect(ender).toMatchObject({ reason: new RangeError('disk full') });
    expect(failureKind((sharer as PromiseRejectedResult).reason)).toBe('conflict');
    expect(committed()).toEqual([]);
  });

  test('who waits longer than the patience is told so and takes nobody’s place', async () => {
    const slow = await lane.enter(true);
    await expect(lane.enter(true)).rejects.toMatchObject({ problem: 'busy' });
    insert(1);
    await slow.commit();
    await write(true, () => insert(2));
    expect(committed()).toEqual([1, 2]);
  });
});
