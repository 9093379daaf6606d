import { In, LessThan, type EntityManager } from 'typeorm';
import { fundName, type FundKey } from '../../domain/clearing/funds';
import { residualsOf, type PayableProgress, type Residual } from '../../domain/disbursement/month-check';
import { add, formatYuanGrouped, subtract, ZERO, type Fen } from '../../domain/money';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import { PaymentOrder, PaymentOrderLine, XrClearingBatch, XrPayable } from '../../store/entities';
import { closeItem, raiseItem, type ItemKey } from '../abnormal/items';
import { receivedOf } from './institution-dues';

/** Batches looked at in one run of the watch, newest first. */
const MOST = 100;
const DAY_MS = 86_400_000;

export interface CheckedPayable extends PayableProgress {
  readonly payableId: string;
  readonly insutype: string;
  readonly fund: FundKey;
}

/** What a clearing made payable beside what was confirmed of it, by payable. */
export async function checkMonth(manager: EntityManager, batchId: string): Promise<CheckedPayable[]> {
  const payables = await manager.find(XrPayable, { where: { batchId, status: 'open' }, order: { id: 'ASC' } });
  const ids = payables.map(({ id }) => id);
  const [drawn, arrived] = [await drawnOf(manager, ids), await receivedOf(manager, ids)];
  return payables.map(({ id, payingCity, receivingCity, insutype, fund, fen, paidFen }) => {
    const own = drawn.get(id) ?? ZERO;
    return { payableId: id, payingCity, receivingCity, insutype, fund, clearing: fen, drawn: own, confirmed: subtract(paidFen, own), arrived: arrived.get(id) ?? ZERO };
  });
}

/**
 * Raises an item for each city and fund of a closed month whose confirmations do not come to the clearing, and closes those
 * that are settled meanwhile. Returns how many differ. `at` in epoch ms.
 */
export async function watchResiduals(manager: EntityManager, at: number): Promise<number> {
  const closed = { status: 'approved' as const, approvedAt: LessThan(at - prepaymentRules.monthClosesDays * DAY_MS) };
  const batches = await manager.find(XrClearingBatch, { where: closed, order: { approvedAt: 'DESC' }, take: MOST });
  let found = 0;
  for (const batch of batches) {
    const rows = await checkMonth(manager, batch.id);
    for (const fund of [...new Set(rows.map((row) => row.fund))]) found += await tell(manager, batch, fund, rows.filter((row) => row.fund === fund), at);
  }
  return found;
}

async function tell(manager: EntityManager, batch: XrClearingBatch, fund: FundKey, rows: readonly CheckedPayable[], at: number): Promise<number> {
  const residuals = residualsOf(rows);
  for (const residual of residuals) await raiseItem(manager, { ...itemOf(batch, fund, residual), institution: residual.city, process: 'xr-pay-confirmation', title: titleOf(batch, fund, residual), at });
  const open = new Set(residuals.map(({ side, city }) => `${side}/${city}`));
  const sides = rows.flatMap(({ payingCity, receivingCity }) => [{ side: 'payer' as const, city: payingCity }, { side: 'care' as const, city: receivingCity }]);
  for (const each of sides) if (!open.has(`${each.side}/${each.city}`)) await closeItem(manager, itemOf(batch, fund, each), '收付款确认与清算已一致', at);
  return residuals.length;
}

function itemOf({ id }: XrClearingBatch, fund: FundKey, { side, city }: Pick<Residual, 'side' | 'city'>): ItemKey {
  return { workflowId: `xr-clearing/${id}`, code: 'PAYMENT_RESIDUAL', subject: `${fund}/${side}/${city}` };
}

function titleOf({ id, period }: XrClearingBatch, fund: FundKey, { side, city, clearing, confirmed, residual }: Residual): string {
  const [owed, done] = side === 'payer' ? ['应付', '已抵扣和确认付款'] : ['应收', '已确认收款'];
  return `${period} ${fundName(fund)} ${city} ${owed} ${formatYuanGrouped(clearing)} 元，${done} ${formatYuanGrouped(confirmed)} 元，相差 ${formatYuanGrouped(residual)} 元（${id}）`;
}

/** What standing disbursements took out of the pool, by payable. */
async function drawnOf(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Fen>> {
  const sums = new Map<string, Fen>();
  if (ids.length === 0) return sums;
  const lines = await manager.findBy(PaymentOrderLine, { payableId: In([...ids]) });
  const orders = lines.length === 0 ? [] : await manager.findBy(PaymentOrder, { id: In([...new Set(lines.map(({ orderId }) => orderId))]), kind: 'clearing' });
  const standing = new Set(orders.filter(({ voidedAt }) => voidedAt === null).map(({ id }) => id));
  for (const { orderId, payableId, drawnFen } of lines) if (payableId !== null && standing.has(orderId)) sums.set(payableId, add(sums.get(payableId) ?? ZERO, drawnFen));
  return sums;
}
