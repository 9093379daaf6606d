import type { EntityManager } from 'typeorm';
import { orderState, type StopReason } from '../../domain/disbursement/payment';
import { PaymentOrder } from '../../store/entities';
import { lockRow } from '../../store/rows';

/** Writes the state that follows from an order's money and marks. */
export async function saveOrder(manager: EntityManager, order: PaymentOrder): Promise<void> {
  const { id, dueFen, paidFen, receivedFen, stopReason, voidedAt } = order;
  const state = orderState({ due: dueFen, paid: paidFen, received: receivedFen }, { stopped: stopReason !== null, void: voidedAt !== null });
  await manager.update(PaymentOrder, { id }, { paidFen, receivedFen, stopReason, voidedAt, state });
}

/** Stops an order: nothing is paid for it until it is released. */
export async function stopOrder(manager: EntityManager, id: number, stopReason: StopReason): Promise<void> {
  const order = await lockRow(manager, PaymentOrder, { id });
  if (order) await saveOrder(manager, { ...order, stopReason });
}

/** An order by its number, locked until the transaction ends. */
export async function lockOrder(manager: EntityManager, orderNo: string): Promise<PaymentOrder | null> {
  return lockRow(manager, PaymentOrder, { orderNo });
}
