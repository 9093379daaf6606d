import { workChunk } from '../../activities/batch/chunk';
import { closePhase } from '../../activities/batch/close';
import type { BatchDeps, BatchKinds } from '../../activities/batch/kind';
import { look } from '../../activities/batch/look';
import { openBatch } from '../../activities/batch/open';
import { carryOutOrder, holdFailed, move } from '../../activities/batch/orders';
import { kindOf } from '../../activities/batch/registry';
import { sumsOf } from '../../activities/batch/sums';
import type { BatchCommand } from '../../domain/batch/steps';
import type { BatchPhase } from '../../domain/batch/types';
import { isRefusal } from '../../domain/refusal';
import { AbnormalItem, Batch, BatchChunk, BatchReject } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { onBothDatabases } from '../support/databases';
import { countedOf, countingKind, createCounted, expected } from './counting';

const NOW = Date.parse('2026-11-20T09:00:00+08:00');
const ROWS = 95;

onBothDatabases('steps of a batch', (database) => {
  let store: Store;
  let deps: BatchDeps;
  let kinds: BatchKinds;

  beforeEach(async () => {
    store = await database().openMigrated();
    deps = { store, now: () => NOW };
    kinds = { counting: countingKind({ posts: true }) };
    await createCounted(store);
  });

  const open = async (rows = ROWS): Promise<string> => {
    const batch = await store.write((manager) => openBatch(manager, kinds, { kind: 'counting', division: '990101', period: '2026-11', parameters: { rows }, makerId: 'maker' }, NOW));
    if (isRefusal(batch)) throw new Error(batch.message);
    return batch.id;
  };
  const rowOf = (id: string) => store.read((manager) => manager.findOneByOrFail(Batch, { id }));
  const lookAt = (batchId: string) => look(deps, kinds, { batchId }, () => undefined);
  const chunk = (batchId: string, phase: BatchPhase, number: number) => workChunk(deps, kinds, { batchId, phase, chunk: number }, () => undefined);
  const order = (batchId: string, name: BatchCommand) =>
    carryOutOrder(deps, kinds, { batchId, name, command: { commandId: 'c', payload: { reason: '测试' }, operator: { id: 'u', name: '测试员', type: '1' } } });
  /** Everything that is to be done, one chunk after another. */
  const through = async (batchId: string): Promise<void> => {
    for (let seen = await lookAt(batchId); seen.work; seen = await lookAt(batchId)) {
      const { phase, open: chunks } = seen.work;
      for (const number of chunks) await chunk(batchId, phase, number);
      await closePhase(deps, kinds, { batchId, phase });
    }
  };

  test('each row is worked and posted once, what is left out is listed, sums and counts agree', async () => {
    const id = await open();
    await through(id);
    expect(await rowOf(id)).toMatchObject({ state: 'done', total: ROWS, done: expected(ROWS).rows, rejected: 13, chunks: 10, finishedAt: NOW });
    expect(await countedOf(store, id)).toEqual({ ...expected(ROWS), posted: expected(ROWS).rows });
    expect(await store.read((manager) => sumsOf(manager, id))).toEqual({ total: expected(ROWS).sum });
    const rejects = await store.read((manager) => manager.find(BatchReject, { where: { batchId: id }, order: { rowNo: 'ASC' } }));
    expect(rejects.map(({ rowNo, code, text }) => [rowNo, code, text])[0]).toEqual([7, 'SEVENTH', '第 7 行是七的倍数']);
    expect(rejects).toHaveLength(13);
  });

  test('a chunk worked again, also by two at once, changes nothing', async () => {
    const id = await open();
    await lookAt(id);
    await Promise.all([chunk(id, 'work', 0), chunk(id, 'work', 0), chunk(id, 'work', 1)]);
    await chunk(id, 'work', 0);
    await through(id);
    expect(await countedOf(store, id)).toMatchObject(expected(ROWS));
    expect((await rowOf(id)).done).toBe(expected(ROWS).rows);
  });

  test('paused between two chunks it hands nothing out, and goes on where it was', async () => {
    const id = await open();
    await lookAt(id);
    await chunk(id, 'work', 0);
    expect(await order(id, 'pause')).toMatchObject({ status: 'done' });
    expect(await chunk(id, 'work', 1)).toEqual({ stopped: true });
    expect(await lookAt(id)).toMatchObject({ held: true, work: null });
    expect(await order(id, 'pause')).toMatchObject({ status: 'refused', refusal: { code: 'BATCH_ORDER_UNFIT' } });
    expect(await order(id, 'resume')).toMatchObject({ status: 'done' });
    expect((await lookAt(id)).work?.open).not.toContain(0);
    await through(id);
    expect(await countedOf(store, id)).toMatchObject(expected(ROWS));
  });

  test('cancelled while a chunk is being worked, nothing of any chunk is left', async () => {
    const other = await database().open();
    let cancelling: Promise<unknown> | undefined;
    let id = '';
    const cancel = (): Promise<unknown> =>
      carryOutOrder({ store: other, now: () => NOW }, kinds, { batchId: id, name: 'cancel', command: { commandId: 'c', payload: { reason: '测试' }, operator: { id: 'u', name: '测试员', type: '1' } } });
    kinds = { counting: countingKind({ before: (number) => void (number === 1 && (cancelling ??= cancel())) }) };
    id = await open();
    await lookAt(id);
    await chunk(id, 'work', 0);
    await chunk(id, 'work', 1);
    expect(await cancelling).toMatchObject({ status: 'done' });
    expect(await chunk(id, 'work', 2)).toEqual({ stopped: true });
    await through(id);
    expect(await rowOf(id)).toMatchObject({ state: 'cancelled', reason: '测试员：测试' });
    expect(await countedOf(store, id)).toEqual({ rows: 0, sum: 0, posted: 0 });
  });

  test('undone after its effect it leaves nothing, and its chunks say so', async () => {
    const id = await open();
    await through(id);
    const refused = await store.write(async (manager) => move(manager, kindOf(kinds, 'counting'), await manager.findOneByOrFail(Batch, { id }), 'undo', { now: NOW, reason: null }));
    expect(refused).toBeNull();
    await through(id);
    expect((await rowOf(id)).state).toBe('undone');
    expect(await countedOf(store, id)).toEqual({ rows: 0, sum: 0, posted: 0 });
    expect(await store.read((manager) => manager.countBy(BatchChunk, { batchId: id, undoneAt: NOW }))).toBe(10);
    expect(await store.read((manager) => sumsOf(manager, id))).toEqual({});
  });

  test('a chunk that cannot be worked holds the batch, tells a person once, and is worked after he resumes', async () => {
    const id = await open();
    await lookAt(id);
    await holdFailed(deps, { batchId: id, chunk: 3, reason: '磁盘已满' });
    await holdFailed(deps, { batchId: id, chunk: 4, reason: '磁盘已满' });
    const items = () => store.read((manager) => manager.find(AbnormalItem, { where: { subject: id } }));
    expect(await items()).toMatchObject([{ code: 'BATCH_HELD', state: 'open', title: expect.stringContaining('第 4 块') as string }]);
    expect((await lookAt(id)).work).toBeNull();
    expect(await order(id, 'resume')).toMatchObject({ status: 'done' });
    expect(await items()).toMatchObject([{ state: 'closed' }]);
    await through(id);
    expect((await rowOf(id)).state).toBe('done');
  });

  test('a batch without rows comes to its end', async () => {
    const id = await open(0);
    await through(id);
    expect(await rowOf(id)).toMatchObject({ state: 'done', total: 0, done: 0 });
  });
});
