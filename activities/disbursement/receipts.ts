import { In, MoreThan, type EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import type { Refusal } from '../../domain/commands';
import { receivedEntries, sweptEntries } from '../../domain/disbursement/vouchers';
import { add, fen, subtract, ZERO, type Fen } from '../../domain/money';
import { isRefusal, refusal } from '../../domain/refusal';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import { Payment, XrClearingBatch, XrInstitutionDue } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { lockPool, poolBalance } from '../xr-prepayment/pools';
import { forwardedOf, lockEach, movePayable } from './payables';
import { movementOf, standingPayment } from './payments';
import { addToOrders, moveOf, partsOf, voucherParts, type Portion } from './portions';
import { mirrorMovement, postMovement } from './post';
import { closeTrace } from './traces';

/** An arrival as the receiver's cashier finds it in the bank statement. */
export interface Arrival {
  /** Division that received; of a payment to an institution the payer, who has the institution's word for it. */
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
  if (first.kind === 'forward') await postMovement(manager, movementOf(payment, sweptKey(received), 'xrSwept', '归集', receivedOn), sweptEntries(payment.payee, payment.fund, payment.amountFen));
  await manager.update(Payment, { id: payment.id }, { state: 'received', receivedOn, receivedCaseNo: caseNo });
  await closeTrace(manager, payment.id, 'received', at);
  return received;
}

/** A receipt to take back (收款确认撤销), as both sides name it. */
export interface ReceiptUndo {
  readonly paymentNo: string;
  readonly payer: string;
  readonly payee: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Why 收款确认 cannot be undone, or null: the money has gone on, passed on to the care place or drawn from the pool that it filled. */
export async function undoReceivedProblem(manager: EntityManager, undo: ReceiptUndo): Promise<Refusal | null> {
  const found = await receivedPayment(manager, undo);
  return isRefusal(found) ? found : null;
}

/** 收款确认撤销, approved by both sides: the payment waits for its receipt again. Refused as `undoReceivedProblem` says. */
export async function undoReceived(manager: EntityManager, undo: ReceiptUndo): Promise<Refusal | Payment> {
  const { paymentNo, at } = undo;
  const found = await receivedPayment(manager, undo);
  if (isRefusal(found)) return found;
  const { payment, portions } = found;
  const { kind } = firstOrder(portions);
  if (kind === 'clearing') {
    for (const { line, fen: amount } of portions) if (line.payableId !== null) await movePayable(manager, line.payableId, { paid: fen(-amount) });
  }
  await addToOrders(manager, portions, 'received', -1);
  if (kind === 'forward') await mirrorMovement(manager, sweptKey(payment), [payment.payee], `撤销归集 ${paymentNo}`, formatDate(at));
  await mirrorMovement(manager, receivedKey(payment), [payment.payer, payment.payee], `撤销收款确认 ${paymentNo}`, formatDate(at));
  await manager.update(Payment, { id: payment.id }, { state: 'paid', receivedOn: null, receivedCaseNo: null });
  return { ...payment, state: 'paid', receivedOn: null, receivedCaseNo: null };
}

/** A payment that was confirmed as received and whose money is still there, locked with what it was for. */
async function receivedPayment(manager: EntityManager, { paymentNo, payer, payee, at }: ReceiptUndo): Promise<{ payment: Payment; portions: Portion[] } | Refusal> {
  const payment = await lockRow(manager, Payment, { paymentNo });
  if (!payment || payment.payee !== payee || payment.payer !== payer) return refusal('PAYMENT_NOT_FOUND');
  if (payment.state !== 'received') return refusal('PAYMENT_NOT_RECEIVED');
  const portions = await partsOf(manager, payment.id);
  return (await isGone(manager, payment, portions, at)) ?? { payment, portions };
}

async function isGone(manager: EntityManager, payment: Payment, portions: readonly Portion[], at: number): Promise<Refusal | null> {
  const { kind } = firstOrder(portions);
  if (kind === 'payIn') {
    const pool = await lockPool(manager, { city: payment.payer, fund: payment.fund }, payment.payee, at);
    return (await poolBalance(manager, pool)) < payment.amountFen ? refusal('PREPAY_POOL_SHORT') : null;
  }
  if (kind === 'forward') return (await isPassedToInstitutions(manager, payment, portions)) ? refusal('INSTITUTIONS_PAID') : null;
  if (kind !== 'clearing') return null;
  const payables = await lockEach(manager, portions.flatMap(({ line }) => line.payableId ?? []));
  const forwarded = await forwardedOf(manager, payables.map(({ id }) => id));
  const passedOn = payables.some(({ id, paidFen }) => {
    const own = add(ZERO, ...portions.filter(({ line }) => line.payableId === id).map((portion) => portion.fen));
    return subtract(paidFen, own) < (forwarded.get(id) ?? ZERO);
  });
  return passedOn ? refusal('ORDER_FORWARDED') : null;
}

/** Whether institutions are being paid of what this payment brought; a care place that advances pays them whatever came. */
async function isPassedToInstitutions(manager: EntityManager, { payee, fund }: Payment, portions: readonly Portion[]): Promise<boolean> {
  if (prepaymentRules.careAdvances) return false;
  const batches = [...new Set(portions.flatMap(({ order }) => order.batchId ?? []))].sort();
  // The same lock as of who makes such an order, so that none slips in between.
  for (const id of batches) await lockRow(manager, XrClearingBatch, { id });
  const flows = new Set(portions.map(({ order, line }) => `${order.batchId}/${line.payingCity}/${line.insutype}`));
  const dues = await manager.findBy(XrInstitutionDue, { batchId: In(batches), city: payee, fund, orderedFen: MoreThan(ZERO) });
  return dues.some(({ batchId, payingCity, insutype }) => flows.has(`${batchId}/${payingCity}/${insutype}`));
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

function sweptKey(payment: Payment): string {
  return `${receivedKey(payment)}/swept`;
}
