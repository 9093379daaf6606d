import type { EntityManager } from 'typeorm';
import { afterOrder, type BatchOrder } from '../../domain/batch/state';
import type { Refusal } from '../../domain/commands';
import { isRefusal, refusal } from '../../domain/refusal';
import { Batch } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { textIn } from '../disbursement/form';
import type { OperationContext, RegisterOperation, RegisterOperations } from '../office-case/operations';
import { traitsOf } from './look';
import { move } from './orders';
import { BATCH_KINDS, kindOf } from './registry';
import { sumsOf } from './sums';
import { wakeBatch } from './wake';

/** 批次确认: what was worked out takes effect. */
const confirm: RegisterOperation = {
  check: (manager, context) => problemOf(manager, context, 'confirm'),
  apply: (manager, context) => carryOut(manager, context, 'confirm'),
};

/** 批次撤销: what took effect is undone, unless something of it was used since. */
const undo: RegisterOperation = {
  check: (manager, context) => problemOf(manager, context, 'undo'),
  apply: (manager, context) => carryOut(manager, context, 'undo'),
};

/** 按行撤销. */
const undoRow: RegisterOperation = {
  check: async (manager, context) => {
    const batch = await batchOf(manager, context);
    if (isRefusal(batch)) return batch;
    if (batch.state !== 'done' || !kindOf(BATCH_KINDS, batch.kind).undoRow) return refusal('BATCH_ORDER_UNFIT', '只有已生效的批次可以按行撤销。');
    return null;
  },
  apply: async (manager, context) => {
    const batch = await lockRow(manager, Batch, { id: textIn(context.form, 'batchId') });
    if (batch?.state !== 'done') return refusal('BATCH_ORDER_UNFIT', '只有已生效的批次可以按行撤销。');
    const row = textIn(context.form, 'row');
    const refused = await kindOf(BATCH_KINDS, batch.kind).undoRow?.(manager, batch, row, context.now);
    return refused ?? { result: { batchId: batch.id, row } };
  },
};

async function batchOf(manager: EntityManager, { form, division }: OperationContext): Promise<Batch | Refusal> {
  const batch = await manager.findOneBy(Batch, { id: textIn(form, 'batchId') });
  return batch?.division === division ? batch : refusal('BATCH_NOT_FOUND');
}

async function problemOf(manager: EntityManager, context: OperationContext, order: BatchOrder): Promise<Refusal | null> {
  const batch = await batchOf(manager, context);
  if (isRefusal(batch)) return batch;
  const kind = kindOf(BATCH_KINDS, batch.kind);
  const next = afterOrder(order, batch, traitsOf(kind));
  if (isRefusal(next)) return next;
  if (order !== 'undo') return null;
  if (!kind.undo) return refusal('BATCH_ORDER_UNFIT', `${kind.zh}不能整批撤销。`);
  return (await kind.checkUndo?.(manager, batch)) ?? null;
}

async function carryOut(manager: EntityManager, context: OperationContext, order: 'confirm' | 'undo'): Promise<{ result: object } | Refusal> {
  const id = textIn(context.form, 'batchId');
  const batch = await lockRow(manager, Batch, { id });
  const problem = await problemOf(manager, context, order);
  if (!batch || problem) return problem ?? refusal('BATCH_NOT_FOUND');
  const kind = kindOf(BATCH_KINDS, batch.kind);
  const sums = await sumsOf(manager, id);
  const refused = (order === 'confirm' ? await kind.confirm?.(manager, batch, sums) : null) ?? (await move(manager, kind, batch, order, { now: context.now, reason: null }));
  if (refused) return refused;
  await manager.update(Batch, { id }, order === 'confirm' ? { confirmCaseNo: context.caseNo } : { undoCaseNo: context.caseNo });
  await wakeBatch(manager, batch, `${order}/${context.caseNo}`, context.now);
  return { result: { batchId: id, sums } };
}

/** Register operations of batches, for the cases by which people confirm and undo them. */
export const operations: RegisterOperations = { 'batch.confirm': confirm, 'batch.undo': undo, 'batch.undoRow': undoRow };
