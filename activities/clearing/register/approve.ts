import type { EntityManager } from 'typeorm';
import { payablesOf } from '../../../domain/clearing/payables';
import { periodOf } from '../../../domain/clearing/period';
import type { Refusal } from '../../../domain/commands';
import { add, formatYuan, ZERO } from '../../../domain/money';
import { isRefusal, refusal } from '../../../domain/refusal';
import { XrClearingBatch, XrClearingLine, XrInstitutionDue, XrPayable } from '../../../store/entities';
import { lockRow } from '../../../store/rows';
import { bookClearing, unbookClearing } from '../../disbursement/clearing-books';
import { hasInstitutionOrders } from '../../disbursement/institution-dues';
import { issueClearingDocuments } from '../../documents/clearing';
import { issuerOf } from '../../documents/people';
import { voidDocumentsOfCase } from '../../documents/void';
import type { OperationContext, RegisterOperation } from '../../office-case/operations';
import { insertRows } from '../../../store/bulk';
import { digestOf } from '../generate/digest';
import { parametersOf } from '../parameters';
import { batchOfCase } from './batch-of';

const COLUMNS = [
  'id', 'batch_id', 'office', 'period', 'paying_city', 'receiving_city', 'insutype', 'fund', 'fen', 'drawn_fen', 'paid_fen', 'status',
  'created_at',
] as const;

/**
 * Approves a clearing (审批): its items are locked, its lines frozen under their digest, its documents issued under numbers,
 * and what each city has to pay stands as payables that disbursement orders draw from.
 */
export const approveClearing: RegisterOperation = {
  apply: async (manager, context) => {
    const { caseId, now } = context;
    const batch = await batchOfCase(manager, caseId);
    if (!batch) return refusal('CLEARING_BATCH_NOT_FOUND');
    if (batch.status === 'approved') return refusal('CLEARING_BATCH_EXISTS');
    const lines = await manager.findBy(XrClearingLine, { batchId: batch.id });
    if (batch.status !== 'draft' || digestOf(lines) !== batch.digest) return refusal('CLEARING_UNBALANCED', '批次内容与复核时不一致。');
    const { content } = (await parametersOf(manager, batch.office))(periodOf(batch.period));
    const payables = payablesOf(lines, content);
    await insertRows(manager, 'xr_payable', COLUMNS, payables.map(({ payingCity, receivingCity, insutype, fund, fen }, index) => [
      `${batch.id}-${String(index + 1).padStart(5, '0')}`, batch.id, batch.office, batch.period, payingCity, receivingCity, insutype, fund, fen, 0, 0, 'open', now,
    ]));
    await bookClearing(manager, batch.id, lines, payables, now);
    const approved = { status: 'approved' as const, approvedAt: now };
    await manager.update(XrClearingBatch, { id: batch.id }, approved);
    const documents = await issueClearingDocuments(manager, { ...batch, ...approved }, context);
    if (isRefusal(documents)) return documents;
    const total = payables.reduce((sum, { fen }) => add(sum, fen), ZERO);
    return { result: { batchId: batch.id, payables: payables.length, documents, payable: formatYuan(total), digest: batch.digest } };
  },
  compensate: async (manager, context) => {
    const batch = await batchOfCase(manager, context.caseId);
    if (batch?.status !== 'approved') return;
    await voidDocumentsOfCase(manager, context.caseId, { by: issuerOf(context), at: context.now, reason: '审批未完成' });
    await unbookClearing(manager, batch.id, context.now);
    await manager.delete(XrPayable, { batchId: batch.id });
    await manager.update(XrClearingBatch, { id: batch.id }, { status: 'draft', approvedAt: null });
  },
};

/** Withdraws an approval (审批撤销) before anything was drawn; the month may then be cleared anew. */
export const undoClearing: RegisterOperation = {
  check: (manager, context) => checkUndo(manager, context),
  apply: async (manager, context) => {
    const id = batchIdOf(context);
    // Whoever pays institutions for the batch holds this lock: their order is before the withdrawal or after it.
    await lockRow(manager, XrClearingBatch, { id });
    if (await hasInstitutionOrders(manager, id)) return refusal('CLEARING_PAID');
    // What an institution owes by it may have been kept back from an order of another batch: then it stays.
    await manager.delete(XrInstitutionDue, { batchId: id, orderedFen: ZERO });
    if (await manager.existsBy(XrInstitutionDue, { batchId: id })) return refusal('CLEARING_PAID');
    const payables = await manager.countBy(XrPayable, { batchId: id, status: 'open' });
    // One statement that takes the locks and looks at the same time: an order that draws meanwhile is before it or after it.
    const voided = await manager.update(XrPayable, { batchId: id, status: 'open', drawnFen: ZERO, paidFen: ZERO }, { status: 'void' });
    if (voided.affected !== payables) return refusal('CLEARING_PAID');
    await unbookClearing(manager, id, context.now);
    const batch = await manager.findOneByOrFail(XrClearingBatch, { id });
    await manager.update(XrClearingBatch, { id }, { status: 'undone' });
    const voiding = { by: issuerOf(context), at: context.now, reason: '审批撤销' };
    const documents = await voidDocumentsOfCase(manager, batch.caseId, voiding);
    return { result: { batchId: id, voided: payables, voidedDocuments: documents.length } };
  },
};

function batchIdOf({ form }: OperationContext): string {
  return String(form['batchId'] ?? '');
}

async function checkUndo(manager: EntityManager, context: OperationContext): Promise<Refusal | null> {
  const batch = await manager.findOneBy(XrClearingBatch, { id: batchIdOf(context) });
  if (!batch || batch.office !== context.division) return refusal('CLEARING_BATCH_NOT_FOUND');
  if (batch.status !== 'approved') return refusal('CLEARING_NOT_APPROVED');
  const payables = await manager.findBy(XrPayable, { batchId: batch.id, status: 'open' });
  const paid = await hasInstitutionOrders(manager, batch.id);
  return paid || payables.some(({ drawnFen, paidFen }) => drawnFen > 0 || paidFen > 0) ? refusal('CLEARING_PAID') : null;
}
