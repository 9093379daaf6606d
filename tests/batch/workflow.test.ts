import type { BatchKind } from '../../activities/batch/kind';
import { openBatchRig, type BatchRig } from '../support/batch-rig';
import { historiesOf } from '../support/histories';
import { countedOf, countingKind, createCounted, expected } from './counting';

const ROWS = 300;

/** Holds chunks back until the test lets them go. */
class Gate {
  private open: () => void = () => undefined;
  private wait: Promise<void> = Promise.resolve();
  close(): void {
    this.wait = new Promise((resolve) => (this.open = resolve));
  }
  release(): void {
    this.open();
  }
  pass(): Promise<void> {
    return this.wait;
  }
}

describe('a batch on Temporal', () => {
  const gate = new Gate();
  const broken = new Set<number>();
  let rig: BatchRig;

  beforeAll(async () => {
    const counting: BatchKind<number[]> = countingKind({
      posts: true,
      before: (chunk) => {
        if (broken.has(chunk)) throw new Error('this chunk is broken');
      },
    });
    // The gate stands outside of the transaction, so that a chunk that waits holds nothing.
    const gated: BatchKind<number[]> = { ...counting, read: async (...args) => (await gate.pass(), counting.read(...args)) };
    rig = await openBatchRig({ kinds: { counting: gated }, suggestRollAt: 60, prepare: createCounted });
  }, 60_000);

  afterAll(async () => {
    gate.release();
    await rig?.close();
  }, 60_000);

  test('it works all of its chunks over several runs, each once, and ends', async () => {
    const batch = await rig.open({ kind: 'counting', parameters: { rows: ROWS } });
    expect(await rig.order(batch, 'proceed')).toMatchObject({ status: 'done' });
    const firstRun = (await rig.handle(batch).describe()).runId;
    await rig.until(batch, ({ state }) => state === 'done');
    expect(await countedOf(rig.store, batch.id)).toEqual({ ...expected(ROWS), posted: expected(ROWS).rows });
    expect(await rig.handle(batch).result()).toMatchObject({ state: 'done' });
    expect((await historiesOf(rig, `batch/counting/990101/${batch.id}`, firstRun)).length).toBeGreaterThan(1);
  });

  test('an order pauses it in the middle, another one lets it go on, a repeat of either changes nothing', async () => {
    gate.close();
    const batch = await rig.open({ kind: 'counting', parameters: { rows: ROWS } });
    await rig.order(batch, 'proceed');
    await rig.until(batch, ({ state }) => state === 'working');
    expect(await rig.order(batch, 'pause', 'pause-1')).toMatchObject({ status: 'done' });
    expect(await rig.order(batch, 'pause', 'pause-1')).toMatchObject({ status: 'done' });
    expect(await rig.handle(batch).query('progress')).toMatchObject({ state: 'working', phase: 'work', done: 0 });
    gate.release();
    expect(await rig.handle(batch).result()).toMatchObject({ state: 'working' });
    // What was under way when the order came is brought to its end; nothing more is begun.
    expect((await rig.row(batch)).phaseDone).toBeLessThanOrEqual(3);
    expect(await rig.order(batch, 'resume')).toMatchObject({ status: 'done' });
    await rig.until(batch, ({ state }) => state === 'done');
    expect(await countedOf(rig.store, batch.id)).toMatchObject(expected(ROWS));
  });

  test('cancelled in the middle it takes back what it wrote', async () => {
    gate.close();
    const batch = await rig.open({ kind: 'counting', parameters: { rows: ROWS } });
    await rig.order(batch, 'proceed');
    await rig.until(batch, ({ state }) => state === 'working');
    expect(await rig.order(batch, 'cancel')).toMatchObject({ status: 'done' });
    gate.release();
    await rig.until(batch, ({ state }) => state === 'cancelled');
    expect(await countedOf(rig.store, batch.id)).toEqual({ rows: 0, sum: 0, posted: 0 });
    expect(await rig.order(batch, 'resume')).toMatchObject({ status: 'refused', refusal: { code: 'BATCH_ORDER_UNFIT' } });
  });

  test('signals do what updates do', async () => {
    gate.close();
    const batch = await rig.open({ kind: 'counting', parameters: { rows: 40 } });
    await rig.order(batch, 'proceed');
    await rig.until(batch, ({ state }) => state === 'working');
    await rig.handle(batch).signal('cancel', { commandId: 'by-signal', payload: {}, operator: { id: 'ops', name: '运维', type: '1' } });
    gate.release();
    await rig.until(batch, ({ state }) => state === 'cancelled');
  });
});
