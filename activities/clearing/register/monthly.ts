import type { EntityManager } from 'typeorm';
import { cityOf } from '../../../domain/clearing/record';
import type { Refusal } from '../../../domain/commands';
import { formatYuan } from '../../../domain/money';
import { refusal } from '../../../domain/refusal';
import { XrClearingBatch } from '../../../store/entities';
import type { OperationContext, RegisterOperation } from '../../office-case/operations';
import { divisionTree } from '../../people/divisions';
import { balanceOf } from '../generate/balance';
import { generate } from '../generate/generate';
import { type BatchOrder, checkOrder, clearBatch } from '../generate/open-batch';
import { partiesOf } from '../parties';
import { batchOfCase } from './batch-of';

function orderOf({ caseId, caseNo, division, form, now }: OperationContext): BatchOrder {
  return { caseId, caseNo, office: division, period: String(form['period'] ?? ''), now };
}

/** Generates the clearing; returned cases take it back and generate anew. */
export const generateClearing: RegisterOperation = {
  check: async (manager, context) => (await checkOrder(manager, orderOf(context))) ?? checkParties(manager, context),
  run: (deps, context, heartbeat) => generate(deps, orderOf(context), heartbeat),
  compensate: async (manager, { caseId }) => {
    const batch = await batchOfCase(manager, caseId);
    if (batch && batch.status !== 'approved' && batch.status !== 'undone') await clearBatch(manager, batch.id);
  },
};

/** Each city confirms twice: what it pays as the insured place and what it receives as the care place. */
async function checkParties(manager: EntityManager, { division, form, now }: OperationContext): Promise<Refusal | null> {
  const wanted = partiesOf(await divisionTree(manager, now), division).map(({ slot }) => slot);
  const given = Array.isArray(form['parties']) ? (form['parties'] as readonly Record<string, unknown>[]) : [];
  const fits = (slot: string): boolean =>
    given.filter((party) => party['slot'] === slot && party['division'] === cityOf(slot.slice(-6))).length === 1;
  const missing = wanted.filter((slot) => !fits(slot));
  if (missing.length === 0 && given.length === wanted.length) return null;
  return refusal('CLEARING_PARTIES_INCOMPLETE', `确认方应为 ${wanted.length} 个席位（payable-市、receivable-市），有 ${missing.length} 个缺少或不符。`);
}

/** Σ应付 = Σ应收 = the settlements, or the batch does not leave the first review (初审). */
export const balanceClearing: RegisterOperation = {
  run: async ({ store }, { caseId }, heartbeat) => {
    const batch = await store.read((manager) => manager.findOneBy(XrClearingBatch, { caseId }));
    if (!batch) return refusal('CLEARING_BATCH_NOT_FOUND');
    let ranges = 0;
    const faults = await balanceOf(store, batch, () => heartbeat({ done: (ranges += 1), total: ranges }));
    const [first] = faults;
    if (first) return refusal('CLEARING_UNBALANCED', `${first.what}：${formatYuan(first.left)} 与 ${formatYuan(first.right)}，共 ${faults.length} 处。`);
    return { result: { batchId: batch.id, balanced: true, payable: formatYuan(batch.payableFen), receivable: formatYuan(batch.payableFen) } };
  },
};
