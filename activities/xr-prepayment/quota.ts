import { In, type EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { add, subtract, ZERO, type Fen } from '../../domain/money';
import { isRefusal, refusal } from '../../domain/refusal';
import { basisMonths, proposedQuota, quotaDifference, type Holding } from '../../domain/xr-prepayment/quota';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import { PaymentOrder, PrepayQuota } from '../../store/entities';
import type { QuotaKind } from '../../store/entities/PrepayQuota';
import { lockPool, poolBalance, type PoolKey } from './pools';
import { clearingOf } from './use-rate';

export interface NewQuota extends PoolKey {
  readonly province: string;
  readonly year: number;
  readonly kind: QuotaKind;
  readonly proposed: Fen | null;
  readonly caseNo: string;
  /** Epoch ms. */
  readonly at: number;
}

/** The version that holds: the latest of the latest year. Null before the first. */
export async function currentQuota(manager: EntityManager, { city, fund }: PoolKey): Promise<PrepayQuota | null> {
  const [latest] = await manager.find(PrepayQuota, { where: { city, fund }, order: { year: 'DESC', version: 'DESC' }, take: 1 });
  return latest ?? null;
}

/** Quota proposed for a year: the factor × the monthly average of the clearing of the last quarter before. */
export async function proposalOf(manager: EntityManager, pool: PoolKey, year: number): Promise<{ monthly: Fen[]; proposed: Fen }> {
  const monthly: Fen[] = [];
  for (const period of basisMonths(year)) monthly.push(await clearingOf(manager, { ...pool, period }));
  return { monthly, proposed: proposedQuota(monthly, prepaymentRules.quotaFactor) };
}

/** What a city holds by a fund and what of its pay-ins is under way. The pool is locked by the caller where this decides something. */
export async function holdingOf(manager: EntityManager, pool: PoolKey & { readonly province: string }): Promise<Holding> {
  const { city, fund } = pool;
  const orders = await manager.findBy(PaymentOrder, { city, fund, kind: 'payIn', state: In(['open', 'partPaid', 'paid', 'stopped']) });
  const underway = add(ZERO, ...orders.map(({ dueFen, receivedFen }) => subtract(dueFen, receivedFen)));
  return { balance: await poolBalance(manager, pool), underway };
}

/** Writes the next version of a quota with the difference that it makes. `quotaOf` makes it from the one that holds. */
export async function setQuota(manager: EntityManager, quota: NewQuota, quotaOf: (before: Fen) => Fen): Promise<PrepayQuota> {
  const { city, fund, province, year, kind, proposed, caseNo, at } = quota;
  const pool = await lockPool(manager, quota, province, at);
  const before = (await currentQuota(manager, quota))?.quotaFen ?? ZERO;
  const quotaFen = quotaOf(before);
  const differenceFen = quotaDifference(quotaFen, await holdingOf(manager, pool));
  const [latest] = await manager.find(PrepayQuota, { where: { city, fund, year }, order: { version: 'DESC' }, take: 1 });
  const row = { city, fund, year, version: (latest?.version ?? 0) + 1, province, kind, proposedFen: proposed, beforeFen: before, quotaFen, differenceFen, caseNo, at };
  const inserted = await manager.insert(PrepayQuota, row);
  return { ...row, id: Number(inserted.identifiers[0]?.['id']) };
}

/**
 * Undoes the quotas that a case set by restoring, as new versions, what held before. Refused when a later version stands, or
 * when an order was issued on the strength of it.
 */
export async function restoreQuotas(manager: EntityManager, of: string, province: string, caseNo: string, at: number): Promise<Refusal | PrepayQuota[]> {
  for (const quota of await quotasSetBy(manager, of, province)) await lockPool(manager, quota, province, at);
  const set = await quotasToRestore(manager, of, province);
  if (isRefusal(set)) return set;
  const restored: PrepayQuota[] = [];
  for (const { city, fund, year, beforeFen } of set) {
    restored.push(await setQuota(manager, { city, fund, year, province, kind: 'restored', proposed: null, caseNo, at }, () => beforeFen));
  }
  return restored;
}

/** The quotas that a case set, or why they cannot be taken back. The pools are locked by the caller where this decides something. */
export async function quotasToRestore(manager: EntityManager, of: string, province: string): Promise<Refusal | PrepayQuota[]> {
  const set = await quotasSetBy(manager, of, province);
  if (set.length === 0) return refusal('CHANGE_NOT_FOUND');
  for (const quota of set) {
    if ((await currentQuota(manager, quota))?.id !== quota.id) return refusal('CHANGE_SUPERSEDED');
    if (await hasOrderSince(manager, quota)) return refusal('PREPAY_QUOTA_IN_USE');
  }
  return set;
}

function quotasSetBy(manager: EntityManager, caseNo: string, province: string): Promise<PrepayQuota[]> {
  return manager.find(PrepayQuota, { where: { caseNo, province }, order: { city: 'ASC', fund: 'ASC' } });
}

async function hasOrderSince(manager: EntityManager, { city, fund, at }: PrepayQuota): Promise<boolean> {
  const orders = await manager.findBy(PaymentOrder, { city, fund, kind: In(['payIn', 'return']) });
  return orders.some((order) => order.state !== 'void' && order.issuedAt >= at);
}
