import type { EntityManager } from 'typeorm';
import type { StopReason } from '../../domain/disbursement/payment';
import type { Move, Part } from '../../domain/disbursement/vouchers';
import { add, fen, type Fen } from '../../domain/money';
import { PaymentOrder, PaymentOrderLine, PaymentSplit, type Payment } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { saveOrder } from './order-state';

/** What a payment pays of a line of an order. */
export interface Portion {
  readonly order: PaymentOrder;
  readonly line: PaymentOrderLine;
  readonly fen: Fen;
}

/** Portions of a payment, its orders locked one after another. */
export async function partsOf(manager: EntityManager, paymentId: number): Promise<Portion[]> {
  const splits = await manager.find(PaymentSplit, { where: { paymentId }, order: { orderId: 'ASC', lineNo: 'ASC' } });
  const portions: Portion[] = [];
  for (const { orderId, lineNo, fen: amount } of splits) {
    const order = await lockRow(manager, PaymentOrder, { id: orderId });
    const line = await manager.findOneBy(PaymentOrderLine, { orderId, lineNo });
    if (!order || !line) throw new Error(`order ${orderId} has lost its line ${lineNo}`);
    portions.push({ order, line, fen: amount });
  }
  return portions;
}

/** Adds a payment's portions to its orders and lines as paid or received (`sign` -1 takes them back), and writes what state follows. */
export async function addToOrders(manager: EntityManager, portions: readonly Portion[], what: 'paid' | 'received', sign: 1 | -1, stop?: StopReason): Promise<void> {
  const name = `${what}Fen` as const;
  for (const { order, line, fen: amount } of portions) {
    const { orderId, lineNo } = line;
    await manager.update(PaymentOrderLine, { orderId, lineNo }, { [name]: add(line[name], fen(sign * amount)) });
    const fresh = await lockRow(manager, PaymentOrder, { id: order.id });
    if (!fresh) throw new Error(`order ${order.orderNo} is gone`);
    await saveOrder(manager, { ...fresh, [name]: add(fresh[name], fen(sign * amount)), stopReason: stop ?? fresh.stopReason });
  }
}

/** Between which cities each portion moves money. */
export function voucherParts(portions: readonly Portion[]): Part[] {
  return portions.map(({ line: { payingCity, receivingCity }, fen: amount }) => ({ payingCity, receivingCity, fen: amount }));
}

/** Who pays whom; `order` is any of the payment's, they are alike in this. */
export function moveOf({ payer, payee, fund }: Payment, { kind }: PaymentOrder): Move {
  const province = kind === 'forward' || kind === 'return' ? payer : payee;
  return { kind, fund, payer, payee, province };
}
