import { In, type EntityManager } from 'typeorm';
import type { Flow } from '../../domain/clearing/lines';
import { keyOf } from '../../domain/money-trail/flows';
import { PaymentOrder, PaymentOrderLine, XrInstitutionDue, XrInstitutionDuePart } from '../../store/entities';
import { inChunks } from './in-chunks';
import type { TrailScope } from './scope';
import type { Seeds } from './seeds';

/** What care cities owe their institutions by the flows of a trail, and the orders made for it. */
export interface TrailDues {
  /** All of the flows: what must come to their lines. */
  readonly ofFlows: readonly XrInstitutionDue[];
  /** Those that the trail is about. */
  readonly shown: readonly XrInstitutionDue[];
  /** What the orders that the person sees settle of those. */
  readonly parts: readonly XrInstitutionDuePart[];
  readonly lines: readonly PaymentOrderLine[];
}

/** The dues that orders to institutions settle: where a trail that begins with such an order goes back to. */
export async function duesOfOrders(manager: EntityManager, orderIds: readonly number[]): Promise<XrInstitutionDue[]> {
  const parts = await inChunks([...new Set(orderIds)], (ids) => manager.findBy(XrInstitutionDuePart, { orderId: In(ids) }));
  return inChunks([...new Set(parts.map(({ dueId }) => dueId))], (ids) => manager.findBy(XrInstitutionDue, { id: In(ids) }));
}

/** The dues of these flows of these batches, narrowed to those that the trail began with or to the institution of its settlement. */
export async function duesOfFlows(manager: EntityManager, { money }: TrailScope, seeds: Seeds, began: readonly XrInstitutionDue[], flows: readonly (Flow & { readonly batchId: string })[]): Promise<TrailDues> {
  const keys = new Set(flows.map((flow) => `${flow.batchId}/${keyOf(flow)}`));
  const rows = await inChunks([...new Set(flows.map(({ batchId }) => batchId))], (ids) => manager.find(XrInstitutionDue, { where: { batchId: In(ids) }, order: { id: 'ASC' } }));
  const ofFlows = rows.filter((due) => money.has(due.city) && keys.has(`${due.batchId}/${keyOf(flowOfDue(due))}`));
  const wanted = new Set(began.map(({ id }) => id));
  const shown = ofFlows.filter(({ id, institution }) => (wanted.size === 0 || wanted.has(id)) && (seeds.settlement === null || institution === seeds.settlement.fixmedins_code));
  const parts = await inChunks(shown.map(({ id }) => id), (ids) => manager.findBy(XrInstitutionDuePart, { dueId: In(ids) }));
  return { ofFlows, shown, parts, lines: await linesOf(manager, shown, parts) };
}

/** The flow of the clearing that a due is a part of. */
export function flowOfDue({ payingCity, city, insutype, fund }: XrInstitutionDue): Flow {
  return { payingCity, receivingCity: city, insutype, fund };
}

/** Lines of the orders that pay these dues; one that an order keeps back is in the deduction of others. */
async function linesOf(manager: EntityManager, dues: readonly XrInstitutionDue[], parts: readonly XrInstitutionDuePart[]): Promise<PaymentOrderLine[]> {
  const orderIds = [...new Set(parts.map(({ orderId }) => orderId))];
  const orders = await inChunks(orderIds, (ids) => manager.findBy(PaymentOrder, { id: In(ids) }));
  const lines = await inChunks(orderIds, (ids) => manager.findBy(PaymentOrderLine, { orderId: In(ids) }));
  const batchOf = new Map(orders.map(({ id, batchId }) => [id, batchId]));
  return lines.filter(({ orderId, payingCity, insutype }) => parts.some((part) => part.orderId === orderId && dues.some((due) => due.id === part.dueId && due.batchId === batchOf.get(orderId) && due.payingCity === payingCity && due.insutype === insutype)));
}
