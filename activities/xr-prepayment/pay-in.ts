import type { EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import { fundName } from '../../domain/clearing/funds';
import type { Refusal } from '../../domain/commands';
import { returnEntries } from '../../domain/disbursement/vouchers';
import { add, subtract, type Fen } from '../../domain/money';
import { refusal } from '../../domain/refusal';
import type { PaymentOrder } from '../../store/entities';
import { lockAccount } from '../disbursement/accounts';
import { insertPrepaymentOrder, voidOrder } from '../disbursement/orders';
import { mirrorMovement, postMovement } from '../disbursement/post';
import { lockPool, type PoolKey } from './pools';
import { currentQuota, holdingOf } from './quota';

/** A prepayment that a city pays in, or gets back. */
export interface Prepayment extends PoolKey {
  readonly province: string;
  readonly amount: Fen;
  /** yyyy-MM-dd */
  readonly dueDate: string;
  readonly caseNo: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Why a pay-in (上缴) cannot be approved as it stands, or null: it fills the pool up to its quota and not above. */
export async function payInProblem(manager: EntityManager, payIn: Prepayment): Promise<Refusal | null> {
  const { amount, dueDate, at } = payIn;
  if (amount <= 0) return refusal('ORDER_NOTHING_PAYABLE');
  if (dueDate < formatDate(at)) return refusal('PAYMENT_DATE_INVALID', '付款期限不得早于今天。');
  const pool = await lockPool(manager, payIn, payIn.province, at);
  const quota = await currentQuota(manager, payIn);
  if (!quota) return refusal('PREPAY_QUOTA_MISSING');
  const { balance, underway } = await holdingOf(manager, pool);
  return add(balance, underway, amount) > quota.quotaFen ? refusal('PREPAY_EXCEEDS_QUOTA') : null;
}

/** Issues the voucher (预付金凭单) by which a city pays in. The pool grows when the province confirms the money. */
export async function issuePayIn(manager: EntityManager, payIn: Prepayment): Promise<Refusal | PaymentOrder> {
  const { province, city, fund, amount, dueDate, caseNo, at } = payIn;
  const account = await lockAccount(manager, province, 'prepay');
  if (!account) return refusal('ACCOUNT_NOT_REVIEWED');
  const problem = await payInProblem(manager, payIn);
  if (problem) return problem;
  return insertPrepaymentOrder(manager, { kind: 'payIn', payer: city, payee: province, city, fund, payeeAccountId: account.id, dueDate, caseNo, at }, amount);
}

/** Why a return (调减退还) cannot be approved as it stands, or null: what is above the quota, as far as the pool holds it. */
export async function returnProblem(manager: EntityManager, { city, fund, province, amount, dueDate, at }: Prepayment): Promise<Refusal | null> {
  if (amount <= 0) return refusal('ORDER_NOTHING_PAYABLE');
  if (dueDate < formatDate(at)) return refusal('PAYMENT_DATE_INVALID', '付款期限不得早于今天。');
  const pool = await lockPool(manager, { city, fund }, province, at);
  const quota = await currentQuota(manager, { city, fund });
  if (!quota) return refusal('PREPAY_QUOTA_MISSING');
  const { balance, underway } = await holdingOf(manager, pool);
  if (balance < amount) return refusal('PREPAY_POOL_SHORT');
  return subtract(add(balance, underway), amount) < quota.quotaFen ? refusal('PREPAY_BELOW_QUOTA') : null;
}

/** Issues the voucher by which the province gives back. The amount leaves the pool at once, so that no order can draw it. */
export async function issueReturn(manager: EntityManager, giveBack: Prepayment): Promise<Refusal | PaymentOrder> {
  const { province, city, fund, amount, dueDate, caseNo, at } = giveBack;
  const account = await lockAccount(manager, city, 'prepay');
  if (!account) return refusal('ACCOUNT_NOT_REVIEWED');
  const problem = await returnProblem(manager, giveBack);
  if (problem) return problem;
  const order = await insertPrepaymentOrder(manager, { kind: 'return', payer: province, payee: city, city, fund, payeeAccountId: account.id, dueDate, caseNo, at }, amount);
  const movement = { key: returnKey(order), kind: 'xrReturn', memo: `${order.orderNo} ${fundName(fund)} 预付金退还`, businessDate: formatDate(at) };
  await postMovement(manager, movement, returnEntries(province, city, fund, amount));
  return order;
}

/** Voids a voucher of prepayment that nothing was paid for; what was to be given back is in the pool again. */
export async function voidPrepayment(manager: EntityManager, order: PaymentOrder, at: number): Promise<Refusal | null> {
  const problem = await voidOrder(manager, order, at);
  if (problem || order.kind !== 'return') return problem;
  await lockPool(manager, order, order.payer, at);
  await mirrorMovement(manager, returnKey(order), [order.payer, order.payee], `作废 ${order.orderNo} 预付金退还`, formatDate(at));
  return null;
}

function returnKey({ orderNo }: PaymentOrder): string {
  return `xr-order/${orderNo}/return`;
}
