import type { EntityManager } from 'typeorm';
import { formatDate } from '../../../domain/calendar';
import { reconciledBy } from '../../../domain/clearing/entry';
import { isPeriodText, periodOf } from '../../../domain/clearing/period';
import type { Refusal } from '../../../domain/commands';
import { ZERO } from '../../../domain/money';
import { refusal } from '../../../domain/refusal';
import { XrClearingBatch, XrClearingChunk, XrClearingConfirmation, XrClearingLine, XrClearingPair } from '../../../store/entities';
import { closeWindow, lockOffices } from '../office';
import { parametersOf } from '../parameters';

/** Which clearing is wanted, and by which case. */
export interface BatchOrder {
  readonly office: string;
  /** yyyy-MM. */
  readonly period: string;
  readonly caseId: string;
  readonly caseNo: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Refuses a month that is none, is not over yet, or stands approved. */
export async function checkOrder(manager: EntityManager, order: BatchOrder): Promise<Refusal | null> {
  const { office, period, now } = order;
  if (!isPeriodText(period)) return refusal('CLEARING_PERIOD_INVALID');
  const window = periodOf(period);
  const { content } = (await parametersOf(manager, office))(window);
  const last = reconciledBy(window, content);
  if (formatDate(now) <= last) return refusal('CLEARING_WINDOW_NOT_OVER', `${period} 的对账截止日是 ${last}，次日起可以生成。`);
  const approved = await manager.findOneBy(XrClearingBatch, { office, period, status: 'approved' });
  if (approved && approved.caseId !== order.caseId) return refusal('CLEARING_BATCH_EXISTS', `${period} 的批次 ${approved.id} 已审批。`);
  return null;
}

/**
 * Opens the batch of a case and closes its window in the same transaction: from here on nothing enters the month. Asked again
 * by the same case it gives the same batch, which generates anew if the case was returned meanwhile. A batch of another case
 * that ended without approval gives way.
 */
export async function openBatch(manager: EntityManager, order: BatchOrder): Promise<XrClearingBatch> {
  const { office, period, caseId, caseNo } = order;
  const window = periodOf(period);
  const open = await lockOffices(manager, [office]);
  const parametersVersion = (await parametersOf(manager, office))(window).version;
  const standing = await manager.findOneBy(XrClearingBatch, { caseId });
  if (standing && standing.status !== 'withdrawn') return standing;
  await closeWindow(manager, office, open.get(office) ?? 0, window);
  for (const other of await manager.findBy(XrClearingBatch, { office, period, status: 'draft' })) await clearBatch(manager, other.id);
  if (standing) {
    await manager.update(XrClearingBatch, { id: standing.id }, { status: 'generating', parametersVersion });
    return { ...standing, status: 'generating', parametersVersion };
  }
  const count = await manager.countBy(XrClearingBatch, { office, period });
  const batch: XrClearingBatch = {
    id: `${office}-${window}-${count + 1}`, office, period, status: 'generating', caseId, caseNo, parametersVersion,
    items: 0, movedOut: 0, payableFen: ZERO, digest: null, generatedAt: null, approvedAt: null,
  };
  await manager.insert(XrClearingBatch, batch);
  return batch;
}

/** Takes back what a generation wrote: the batch stands empty, as withdrawn. The window stays closed. */
export async function clearBatch(manager: EntityManager, id: string): Promise<void> {
  for (const table of [XrClearingLine, XrClearingPair, XrClearingChunk, XrClearingConfirmation]) await manager.delete(table, { batchId: id });
  await manager.update(XrClearingBatch, { id }, { status: 'withdrawn', items: 0, payableFen: ZERO, digest: null, generatedAt: null });
}
