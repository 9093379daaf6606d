import type { EntityManager } from 'typeorm';
import { periodOf } from '../../../domain/clearing/period';
import type { Refusal } from '../../../domain/commands';
import { add, type Fen, formatYuan, ZERO } from '../../../domain/money';
import { failpoint } from '../../../runtime/failpoint';
import { XrClearingBatch, XrClearingChunk, XrClearingLine, XrClearingPair } from '../../../store/entities';
import { lockRow } from '../../../store/rows';
import type { Transactions } from '../../../store/transactions';
import { parametersOf } from '../parameters';
import { addSums } from './add-sums';
import { digestOf } from './digest';
import { type BatchOrder, checkOrder, openBatch } from './open-batch';
import { type Range, rangesOf } from './ranges';
import { sumUp } from './sums';

export interface GenerateDeps {
  readonly store: Transactions;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What the case shows of a generation. */
export interface Generated {
  readonly batchId: string;
  readonly period: string;
  readonly items: number;
  readonly lines: number;
  readonly payableFen: Fen;
  readonly payable: string;
  readonly digest: string;
  /** By the month's parameters: whether a city that stays silent to the end of its term counts as having confirmed. */
  readonly tacitConfirmation: boolean;
}

type Heartbeat = (progress: { done: number; total: number }) => void;

/**
 * Generates the clearing of a month (生成月度清算): the database sums the settlements of the window up, one range of ids
 * after another; each range's sums commit with its receipt, so a run that was killed goes on after the last receipt and comes
 * to the same lines. Memory holds one range's sums. A batch that stands is not made again.
 */
export async function generate({ store, now }: GenerateDeps, order: BatchOrder, heartbeat: Heartbeat): Promise<{ result: Generated } | Refusal> {
  const refusal = await store.read((manager) => checkOrder(manager, order));
  if (refusal) return refusal;
  const batch = await store.write((manager) => openBatch(manager, order));
  if (batch.status === 'generating') {
    await sumAllRanges(store, batch, heartbeat);
    await finish(store, batch.id, now());
  }
  return store.read((manager) => shown(manager, batch.id));
}

async function sumAllRanges(store: Transactions, { id, office, period }: XrClearingBatch, heartbeat: Heartbeat): Promise<void> {
  const window = periodOf(period);
  const [ranges, receipts] = await store.read(async (manager) => [
    await rangesOf(manager, office, window),
    await manager.findBy(XrClearingChunk, { batchId: id }),
  ]);
  const done = new Set(receipts.map(({ fromId }) => fromId));
  const total = ranges.reduce((sum, { items }) => sum + items, 0);
  let items = 0;
  for (const range of ranges) {
    if (!done.has(range.fromId)) await sumRange(store, { id, office, window }, range);
    items += range.items;
    heartbeat({ done: items, total });
  }
}

async function sumRange(store: Transactions, { id, office, window }: { id: string; office: string; window: number }, range: Range): Promise<void> {
  // Nothing enters or leaves a window that is closed and under generation, so reading needs no place among the writers.
  const sums = await store.read((manager) => sumUp(manager, { office, window, range }));
  const items = sums.pairs.reduce((sum, { settlements }) => sum + settlements, 0);
  const { fromId, throughId } = range;
  await store.write(async (manager) => {
    const batch = await lockRow(manager, XrClearingBatch, { id });
    // Two runs may be under way at once, after a worker that was taken for dead.
    if (batch?.status !== 'generating' || (await manager.findOneBy(XrClearingChunk, { batchId: id, fromId }))) return;
    await addSums(manager, id, sums);
    await manager.insert(XrClearingChunk, { batchId: id, fromId, throughId, items });
    await failpoint('after-answer-before-commit');
  });
  await failpoint('after-commit');
}

/** Opens the batch for review. */
async function finish(store: Transactions, id: string, now: number): Promise<void> {
  await store.write(async (manager) => {
    const batch = await lockRow(manager, XrClearingBatch, { id });
    if (batch?.status !== 'generating') return;
    await manager.update(XrClearingBatch, { id }, { status: 'draft', generatedAt: now, ...(await totalsOf(manager, id)) });
  });
}

/** Sums of a batch as its row carries them. */
export async function totalsOf(manager: EntityManager, batchId: string): Promise<Pick<XrClearingBatch, 'items' | 'payableFen' | 'digest'>> {
  const lines = await manager.findBy(XrClearingLine, { batchId });
  const pairs = await manager.findBy(XrClearingPair, { batchId });
  return {
    items: pairs.reduce((sum, { settlements }) => sum + settlements, 0),
    payableFen: lines.reduce((sum, { fen }) => add(sum, fen), ZERO),
    digest: digestOf(lines),
  };
}

async function shown(manager: EntityManager, id: string): Promise<{ result: Generated }> {
  const batch = (await manager.findOneBy(XrClearingBatch, { id })) as XrClearingBatch;
  const lines = await manager.countBy(XrClearingLine, { batchId: id });
  const { office, period, items, payableFen, digest } = batch;
  // No version can be put in force for a window that is closed, so this is the one that the batch was opened under.
  const { tacitConfirmation } = (await parametersOf(manager, office))(periodOf(period)).content;
  return { result: { batchId: id, period, items, lines, payableFen, payable: formatYuan(payableFen), digest: digest ?? '', tacitConfirmation } };
}
