import type { EntityManager } from 'typeorm';
import { periodOf } from '../../../domain/clearing/period';
import type { Refusal } from '../../../domain/commands';
import { formatYuan } from '../../../domain/money';
import { refusal } from '../../../domain/refusal';
import { XrClearingBatch } from '../../../store/entities';
import type { OperationContext, RegisterOperation } from '../../office-case/operations';
import { divisionTree } from '../../people/divisions';
import { balanceOf } from '../generate/balance';
import { generate } from '../generate/generate';
import { type BatchOrder, checkOrder, clearBatch } from '../generate/open-batch';
import { parametersOf } from '../parameters';
import { type ConfirmingParty, countiesOf, partiesOf } from '../parties';
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

/**
 * Each city confirms twice: what it pays as the insured place and what it receives as the care place. Each county checks
 * before it, in months whose parameters say so, and in no other.
 */
async function checkParties(manager: EntityManager, { division, form, now, period }: OperationContext): Promise<Refusal | null> {
  const tree = await divisionTree(manager, now);
  const cities = partiesOf(tree, division);
  const missing = missingFrom(form['parties'], cities);
  if (missing !== 0) return refusal('CLEARING_PARTIES_INCOMPLETE', `确认方应为 ${cities.length} 个席位（payable-市、receivable-市），有 ${missing} 个缺少、多余或不符。`);
  const { content } = (await parametersOf(manager, division))(periodOf(String(period ?? form['period'])));
  const counties = content.countyPreCheck ? countiesOf(tree, division) : [];
  const wrong = missingFrom(form['counties'], counties);
  if (wrong === 0) return null;
  const asked = content.countyPreCheck ? `本月参数启用区县预核，应为 ${counties.length} 个席位（county-区县），有 ${wrong} 个缺少、多余或不符。` : '本月参数未启用区县预核，请清空区县预核列表。';
  return refusal('CLEARING_PARTIES_INCOMPLETE', asked);
}

/** How many seats are missing, doubled, of another division, or not wanted. */
function missingFrom(list: unknown, wanted: readonly ConfirmingParty[]): number {
  const given = Array.isArray(list) ? (list as readonly Record<string, unknown>[]) : [];
  const fits = ({ slot, division }: ConfirmingParty): boolean => given.filter((party) => party['slot'] === slot && party['division'] === division).length === 1;
  const fitting = wanted.filter(fits).length;
  return Math.max(wanted.length, given.length) - fitting;
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
