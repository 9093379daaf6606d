import { In, type EntityManager } from 'typeorm';
import type { FundKey } from '../../domain/clearing/funds';
import type { OpenPayable } from '../../domain/disbursement/order';
import { add, subtract, ZERO, type Fen } from '../../domain/money';
import { PaymentOrder, PaymentOrderLine, XrPayable } from '../../store/entities';
import { lockRow } from '../../store/rows';

/**
 * Payables of approved clearings as orders see them. A payable's `drawnFen` is what orders were made for, its `paidFen` what
 * has reached the province for it: taken out of the pool, or received. Rows are locked in the order of their ids.
 */

/** What a city still has to order by a fund of a batch, locked; in the order of care place and insutype. */
export async function lockPayablesOf(manager: EntityManager, where: { readonly batchId: string; readonly payingCity: string; readonly fund: FundKey }): Promise<XrPayable[]> {
  return lockEach(manager, await idsOf(manager, where));
}

/** Payables of a batch and fund that a care place is to get, locked. */
export async function lockReceivablesOf(manager: EntityManager, where: { readonly batchId: string; readonly receivingCity: string; readonly fund: FundKey }): Promise<XrPayable[]> {
  return lockEach(manager, await idsOf(manager, where));
}

async function idsOf(manager: EntityManager, where: Partial<Pick<XrPayable, 'batchId' | 'payingCity' | 'receivingCity' | 'fund'>>): Promise<string[]> {
  const rows = await manager.findBy(XrPayable, { ...where, status: 'open' });
  return rows.map(({ id }) => id);
}

/** Locks payables one after another; those that were withdrawn meanwhile are left out. */
export async function lockEach(manager: EntityManager, ids: readonly string[]): Promise<XrPayable[]> {
  const rows: XrPayable[] = [];
  for (const id of [...new Set(ids)].sort()) {
    const row = await lockRow(manager, XrPayable, { id });
    if (row?.status === 'open') rows.push(row);
  }
  return rows;
}

/** What an order can still be made for; those with nothing left are not there. */
export function orderable(payables: readonly XrPayable[]): OpenPayable[] {
  return withRoom(payables, (payable) => subtract(payable.fen, payable.drawnFen));
}

/** What has reached the province for a care place and is not passed on by an order yet. */
export async function forwardable(manager: EntityManager, payables: readonly XrPayable[]): Promise<OpenPayable[]> {
  const forwarded = await forwardedOf(manager, payables.map(({ id }) => id));
  return withRoom(payables, (payable) => subtract(payable.paidFen, forwarded.get(payable.id) ?? ZERO));
}

function withRoom(payables: readonly XrPayable[], room: (payable: XrPayable) => Fen): OpenPayable[] {
  return payables
    .map((payable) => ({ payable, available: room(payable) }))
    .filter(({ available }) => available > 0)
    .map(({ payable: { id, payingCity, receivingCity, insutype }, available }) => ({ payableId: id, payingCity, receivingCity, insutype, available }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({ receivingCity, payingCity, insutype, payableId }: OpenPayable): string {
  return [receivingCity, payingCity, insutype, payableId].join('/');
}

/** What orders to care places (转付) that stand pass on, by payable. */
export async function forwardedOf(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Fen>> {
  if (ids.length === 0) return new Map();
  const lines = await manager.findBy(PaymentOrderLine, { payableId: In([...ids]) });
  const orders = lines.length === 0 ? [] : await manager.findBy(PaymentOrder, { id: In([...new Set(lines.map(({ orderId }) => orderId))]), kind: 'forward' });
  const standing = new Set(orders.filter(({ state }) => state !== 'void').map(({ id }) => id));
  const sums = new Map<string, Fen>();
  for (const { orderId, payableId, dueFen } of lines) {
    if (payableId !== null && standing.has(orderId)) sums.set(payableId, add(sums.get(payableId) ?? ZERO, dueFen));
  }
  return sums;
}

/** Adds to what was ordered and paid of a payable that is locked; negative amounts take back. */
export async function movePayable(manager: EntityManager, id: string, change: { readonly drawn?: Fen; readonly paid?: Fen }): Promise<void> {
  const row = await lockRow(manager, XrPayable, { id });
  if (!row) throw new Error(`payable ${id} is gone`);
  const drawnFen = add(row.drawnFen, change.drawn ?? ZERO);
  const paidFen = add(row.paidFen, change.paid ?? ZERO);
  if (paidFen < 0 || paidFen > drawnFen || drawnFen > row.fen) throw new Error(`payable ${id} would not add up: ${paidFen} ≤ ${drawnFen} ≤ ${row.fen}`);
  await manager.update(XrPayable, { id }, { drawnFen, paidFen });
}
