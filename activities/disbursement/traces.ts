import { In, LessThan, type EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import { formatYuanGrouped } from '../../domain/money';
import type { PaymentState } from '../../domain/disbursement/payment';
import { AbnormalItem, Payment, PaymentOrder, PaymentTrace } from '../../store/entities';
import { closeItem, raiseItem, type ItemKey } from '../abnormal/items';

/** Looked at in one run of the watch. */
const MOST = 500;
const OVERDUE = 'PAYMENT_OVERDUE';
const ORDER = 'payment-order/';

/** Opens a trace (追查) for each payment whose receipt is not confirmed in time, and tells both sides. Returns how many are new. */
export async function tracePayments(manager: EntityManager, at: number): Promise<number> {
  const late = await manager.find(Payment, { where: { state: 'paid', traceFrom: LessThan(formatDate(at)) }, order: { id: 'ASC' }, take: MOST });
  const standing = late.length === 0 ? [] : await manager.findBy(PaymentTrace, { paymentId: In(late.map(({ id }) => id)) });
  const open = new Set(standing.filter(({ state }) => state === 'open').map(({ paymentId }) => paymentId));
  const fresh = late.filter(({ id }) => !open.has(id));
  for (const payment of fresh) await openTrace(manager, payment, standing.some(({ paymentId }) => paymentId === payment.id), at);
  return fresh.length;
}

/** Closes the trace of a payment, where one is open. */
export async function closeTrace(manager: EntityManager, paymentId: number, result: PaymentState, at: number): Promise<void> {
  const trace = await manager.findOneBy(PaymentTrace, { paymentId, state: 'open' });
  if (!trace) return;
  await manager.update(PaymentTrace, { id: trace.id }, { state: 'closed', closedAt: at, result });
  const payment = await manager.findOneBy(Payment, { id: paymentId });
  if (payment) await closeItem(manager, traceItem(payment), '付款已有结果', at);
}

/** Raises an item for each order past its due date with something still to pay, and closes those of orders that are paid or void. Returns how many are late. */
export async function watchOverdueOrders(manager: EntityManager, at: number): Promise<number> {
  const late = await manager.find(PaymentOrder, {
    where: { state: In(['open', 'partPaid', 'stopped']), dueDate: LessThan(formatDate(at)) },
    order: { id: 'ASC' },
    take: MOST,
  });
  for (const { orderNo, payer, dueDate } of late) {
    const title = `付款单 ${orderNo} 已过付款期限 ${dueDate}`;
    await raiseItem(manager, { ...overdueItem(orderNo, dueDate), institution: payer, process: 'xr-clear-city-disbursement', title, at });
  }
  const told = await manager.findBy(AbnormalItem, { code: OVERDUE, state: 'open' });
  const settled = told.length === 0 ? [] : await manager.findBy(PaymentOrder, { orderNo: In(told.map(({ workflowId }) => workflowId.slice(ORDER.length))), state: In(['paid', 'received', 'void']) });
  for (const { orderNo, dueDate } of settled) await closeItem(manager, overdueItem(orderNo, dueDate), '已付款或已作废', at);
  return late.length;
}

async function openTrace(manager: EntityManager, payment: Payment, again: boolean, at: number): Promise<void> {
  const row = { paymentId: payment.id, state: 'open' as const, openedAt: at, closedAt: null, result: null };
  if (again) await manager.update(PaymentTrace, { paymentId: payment.id }, row);
  else await manager.insert(PaymentTrace, row);
  const title = `${payment.paymentNo} 付款 ${formatYuanGrouped(payment.amountFen)} 元（${payment.paidOn}）逾期未确认收款`;
  await raiseItem(manager, { ...traceItem(payment), institution: payment.payer, process: 'xr-pay-confirmation', title, at });
}

function overdueItem(orderNo: string, dueDate: string): ItemKey {
  return { workflowId: `${ORDER}${orderNo}`, code: OVERDUE, subject: dueDate };
}

function traceItem({ paymentNo }: Payment): ItemKey {
  return { workflowId: `payment/${paymentNo}`, code: 'PAYMENT_UNCONFIRMED', subject: paymentNo };
}
