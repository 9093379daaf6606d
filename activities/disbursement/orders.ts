import type { EntityManager } from 'typeorm';
import { formatDate, monthOf } from '../../domain/calendar';
import type { FundKey } from '../../domain/clearing/funds';
import type { Refusal } from '../../domain/commands';
import { sumsOf, type OrderLine } from '../../domain/disbursement/order';
import { ORDER_LETTERS, orderState, type OrderKind } from '../../domain/disbursement/payment';
import { ZERO, type Fen } from '../../domain/money';
import { refusal } from '../../domain/refusal';
import { PaymentOrder, PaymentOrderLine } from '../../store/entities';
import { nextNumber } from './numbers';
import { saveOrder } from './order-state';

export interface NewOrder {
  readonly kind: OrderKind;
  readonly payer: string;
  readonly payee: string;
  /** Of an order to an institution. */
  readonly institution?: string;
  readonly city: string;
  readonly fund: FundKey;
  readonly period: string;
  readonly batchId: string | null;
  readonly payeeAccountId: number;
  readonly subject: string | null;
  readonly dueDate: string;
  readonly caseNo: string;
  readonly at: number;
}

/** A line as it enters an order; without a payable where it is prepayment. */
export type NewLine = Omit<OrderLine, 'payableId' | 'insutype'> & { readonly payableId: string | null; readonly insutype: string | null };

/** Writes an order with its lines under the payer's next number. */
export async function insertOrder(manager: EntityManager, { at, ...order }: NewOrder, lines: readonly NewLine[]): Promise<PaymentOrder> {
  const sums = sumsOf(lines as readonly OrderLine[]);
  const orderNo = await nextNumber(manager, order.payer, ORDER_LETTERS[order.kind], at);
  const row = {
    ...order,
    institution: order.institution ?? null,
    orderNo,
    payableFen: sums.payable,
    deductionFen: sums.deduction,
    reserveFen: sums.reserve,
    drawnFen: sums.drawn,
    dueFen: sums.due,
    paidFen: ZERO,
    receivedFen: ZERO,
    state: orderState({ due: sums.due, paid: ZERO, received: ZERO }, { stopped: false, void: false }),
    stopReason: null,
    issuedAt: at,
    voidedAt: null,
  };
  const inserted = await manager.insert(PaymentOrder, row);
  const id = Number(inserted.identifiers[0]?.['id']);
  await manager.insert(PaymentOrderLine, lines.map((line, index) => lineRow(id, index + 1, line)));
  return { ...row, id };
}

/** Issues an order of prepayment, which has one line. */
export function insertPrepaymentOrder(
  manager: EntityManager,
  order: Omit<NewOrder, 'kind' | 'period' | 'batchId' | 'subject'> & { readonly kind: 'payIn' | 'return' },
  amount: Fen,
): Promise<PaymentOrder> {
  const period = monthOf(formatDate(order.at));
  const line = { payableId: null, insutype: null, payingCity: order.payer, receivingCity: order.payee, available: amount, deduction: ZERO, reserve: ZERO, drawn: ZERO, pay: amount };
  return insertOrder(manager, { ...order, period, batchId: null, subject: null }, [line]);
}

/** Marks an order void. Refused once something was paid for it; a payment that was undone or bounced does not count. */
export async function voidOrder(manager: EntityManager, order: PaymentOrder, at: number): Promise<Refusal | null> {
  if (order.voidedAt !== null) return refusal('ORDER_VOID');
  if (order.paidFen > 0) return refusal('ORDER_PAID');
  await saveOrder(manager, { ...order, voidedAt: at });
  return null;
}

/** Lines of an order by number. */
export function linesOfOrder(manager: EntityManager, orderId: number): Promise<PaymentOrderLine[]> {
  return manager.find(PaymentOrderLine, { where: { orderId }, order: { lineNo: 'ASC' } });
}

function lineRow(orderId: number, lineNo: number, line: NewLine): PaymentOrderLine {
  const { payableId, payingCity, receivingCity, insutype, available, deduction, reserve, drawn, pay } = line;
  return {
    orderId,
    lineNo,
    payableId,
    payingCity,
    receivingCity,
    insutype,
    payableFen: available,
    deductionFen: deduction,
    reserveFen: reserve,
    drawnFen: drawn,
    dueFen: pay,
    paidFen: ZERO,
    receivedFen: ZERO,
  };
}
