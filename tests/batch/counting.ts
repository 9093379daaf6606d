import type { BatchKind, Frozen } from '../../activities/batch/kind';
import type { BatchRange, ChunkOutcome } from '../../domain/batch/types';
import { fen } from '../../domain/money';
import type { Store } from '../../store/open-store';

/** Rows of a chunk. */
export const CHUNK = 10;

interface CountingParameters {
  readonly rows: number;
}

/**
 * A kind for tests whose rows are numbers: each is written once into a table of the test, every 7th is left out. `before`
 * is called in the transaction of each chunk, so that a test can stop or break it there.
 */
export function countingKind(options: { readonly confirmedBy?: string; readonly before?: (chunk: number) => void | Promise<void>; readonly posts?: boolean } = {}): BatchKind<number[]> {
  return {
    zh: '计数',
    startRoles: ['maker'],
    confirmedBy: options.confirmedBy ?? null,
    parallel: 3,
    freeze: async (_deps, { parameters }): Promise<Frozen> => {
      const { rows } = parameters as CountingParameters;
      const ranges: BatchRange[] = [];
      for (let from = 1; from <= rows; from += CHUNK) {
        const through = Math.min(rows, from + CHUNK - 1);
        ranges.push({ from: String(from), through: String(through), rows: through - from + 1 });
      }
      return { frozen: { rows }, ranges };
    },
    read: async (_deps, _batch, { from, rows }) => Array.from({ length: rows }, (_, index) => Number(from) + index),
    work: async (manager, { id }, { no }, numbers): Promise<ChunkOutcome> => {
      await options.before?.(no);
      const taken = numbers.filter((number) => number % 7 !== 0);
      for (const number of taken) await manager.query('INSERT INTO counted (batch_id, n, posted) VALUES (?, ?, 0)', [id, number]);
      const rejects = numbers
        .filter((number) => number % 7 === 0)
        .map((number) => ({ rowNo: number, subject: String(number), code: 'SEVENTH', text: `第 ${number} 行是七的倍数` }));
      return { done: taken.length, rejects, sums: { total: fen(taken.reduce((sum, number) => sum + number, 0)) } };
    },
    ...(options.posts
      ? { post: async (manager, { id }, { from, through }) => void (await manager.query('UPDATE counted SET posted = posted + 1 WHERE batch_id = ? AND n BETWEEN ? AND ?', [id, Number(from), Number(through)])) }
      : {}),
    discard: async (manager, { id }, { from, through }) => void (await manager.query('DELETE FROM counted WHERE batch_id = ? AND n BETWEEN ? AND ?', [id, Number(from), Number(through)])),
    undo: async (manager, { id }, { from, through }) => void (await manager.query('DELETE FROM counted WHERE batch_id = ? AND n BETWEEN ? AND ?', [id, Number(from), Number(through)])),
  };
}

/** The table of the test. */
export async function createCounted(store: Store): Promise<void> {
  await store.write(async (manager) => {
    await manager.query('CREATE TABLE counted (batch_id VARCHAR(100) NOT NULL, n BIGINT NOT NULL, posted BIGINT NOT NULL, PRIMARY KEY (batch_id, n))');
  });
}

/** What stands in the table of the test. */
export async function countedOf(store: Store, batchId: string): Promise<{ rows: number; sum: number; posted: number }> {
  const [row] = await store.read(
    (manager): Promise<{ n: unknown; s: unknown; p: unknown }[]> =>
      manager.query('SELECT COUNT(*) AS n, COALESCE(SUM(n), 0) AS s, COALESCE(SUM(posted), 0) AS p FROM counted WHERE batch_id = ?', [batchId]),
  );
  return { rows: Number(row?.n), sum: Number(row?.s), posted: Number(row?.p) };
}

/** What a run over `rows` numbers must come to. */
export function expected(rows: number): { rows: number; sum: number } {
  const taken = Array.from({ length: rows }, (_, index) => index + 1).filter((number) => number % 7 !== 0);
  return { rows: taken.length, sum: taken.reduce((sum, number) => sum + number, 0) };
}
