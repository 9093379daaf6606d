import type { EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import type { Refusal } from '../../domain/commands';
import { receivedEntries } from '../../domain/disbursement/vouchers';
import { add, fen, subtract, ZERO, type Fen } from '../../domain/money';
import { isRefusal, refusal } from '../../domain/refusal';
import { Payment } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { lockPool, poolBalance } from '../xr-prepayment/pools';
import { forwardedOf, lockEach, movePayable } from './payables';
import { movementOf, standingPayment } from './payments';
import { addToOrders, moveOf, partsOf, voucherParts, type Portion } from './portions';
import { mirrorMovement, postMovement } from './post';
import { closeTrace } from './traces';

/** An arrival as the receiver's cashier finds it in the bank statement. */
export interface Arrival {
  /** Division that received. */
  readonly payee: string;
  readonly paymentNo: string;
  /** yyyy-MM-dd */
  readonly receivedOn: string;
  readonly amount: Fen;
  readonly caseNo: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Why an arrival cannot be confirmed as it stands, or null. */
export async function arrivalProblem(manager: EntityManager, { paymentNo, payee, receivedOn, amount, at }: Arrival): Promise<Refusal | null> {
  const payment = await standingPayment(manager, paymentNo, 'payee', payee);
  if (isRefusal(payment)) return payment;
  if (payment.amountFen !== amount) return refusal('PAYMENT_AMOUNT_DIFFERS');
  return receivedOn < payment.paidOn || receivedOn > formatDate(at) ? refusal('PAYMENT_DATE_INVALID') : null;
}

/** 收款确认: what was in transit has arrived, booked on both sides. */
export async function confirmReceived(manager: EntityManager, arrival: Arrival): Promise<Refusal | Payment> {
  const problem = await arrivalProblem(manager, arrival);
  if (problem) return problem;
  const payment = await lockRow(manager, Payment, { paymentNo: arrival.paymentNo });
  if (!payment) return refusal('PAYMENT_NOT_FOUND');
  const { receivedOn, caseNo, at } = arrival;
  const received = { ...payment, state: 'received' as const, receivedOn, receivedCaseNo: caseNo };
  const portions = await partsOf(manager, payment.id);
  const first = firstOrder(portions);
  await addToOrders(manager, portions, 'received', 1);
  if (first.kind === 'clearing') for (const { line, fen: amount } of portions) if (line.payableId !== null) await movePayable(manager, line.payableId, { paid: amount });
  if (first.kind === 'payIn') await lockPool(manager, { city: payment.payer, fund: payment.fund }, payment.payee, at);
  await postMovement(manager, movementOf(payment, receivedKey(received), 'xrReceived', '收款', receivedOn), receivedEntries(moveOf(payment, first), voucherParts(portions)));
  await manager.update(Payment, { id: payment.id }, { state: 'received', receivedOn, receivedCaseNo: caseNo });
  await closeTrace(manager, payment.id, 'received', at);
  return received;
}

/**
 * 收款确认撤销, approved by both sides: the payment waits for its receipt again. Refused when the money has gone on: passed on
 * to the care place, or drawn from the pool that it filled.
 */
export async function undoReceived(manager: EntityManager, paymentNo: string, payee: string, at: number): Promise<Refusal | Payment> {
  const payment = await lockRow(manager, Payment, { paymentNo });
  if (!payment || payment.payee !== payee) return refusal('PAYMENT_NOT_FOUND');
  if (payment.state !== 'received') return refusal('PAYMENT_NOT_RECEIVED');
  const portions = await partsOf(manager, payment.id);
  const gone = await isGone(manager, payment, portions, at);
  if (gone) return gone;
  if (firstOrder(portions).kind === 'clearing') {
    for (const { line, fen: amount } of portions) if (line.payableId !== null) await movePayable(manager, line.payableId, { paid: fen(-amount) });
  }
  await addToOrders(manager, portions, 'received', -1);
  await mirrorMovement(manager, receivedKey(payment), [payment.payer, payment.payee], `撤销收款确认 ${paymentNo}`, formatDate(at));
  await manager.update(Payment, { id: payment.id }, { state: 'paid', receivedOn: null, receivedCaseNo: null });
  return { ...payment, state: 'paid', receivedOn: null, receivedCaseNo: null };
}

async function isGone(manager: EntityManager, payment: Payment, portions: readonly Portion[], at: number): Promise<Refusal | null> {
  const { kind } = firstOrder(portions);
  if (kind === 'payIn') {
    const pool = await lockPool(manager, { city: payment.payer, fund: payment.fund }, payment.payee, at);
    return (await poolBalance(manager, pool)) < payment.amountFen ? refusal('PREPAY_POOL_SHORT') : null;
  }
  if (kind !== 'clearing') return null;
  const payables = await lockEach(manager, portions.flatMap(({ line }) => line.payableId ?? []));
  const forwarded = await forwardedOf(manager, payables.map(({ id }) => id));
  const passedOn = payables.some(({ id, paidFen }) => {
    const own = add(ZERO, ...portions.filter(({ line }) => line.payableId === id).map((portion) => portion.fen));
    return subtract(paidFen, own) < (forwarded.get(id) ?? ZERO);
  });
  return passedOn ? refusal('ORDER_FORWARDED') : null;
}

function firstOrder(portions: readonly Portion[]): Portion['order'] {
  const [first] = portions;
  if (!first) throw new Error('a payment without a portion');
  return first.order;
}

/** A receipt that was undone and confirmed again is another movement: the case's number tells them apart. */
function receivedKey({ paymentNo, receivedCaseNo }: Payment): string {
  return `xr-payment/${paymentNo}/received/${receivedCaseNo ?? ''}`;
}
