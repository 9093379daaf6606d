import { In, type EntityManager } from 'typeorm';
import { keyOf, type MatchedFlow, matchFlows } from '../../domain/money-trail/flows';
import { Payment, PaymentOrder, PaymentOrderLine, PaymentSplit, XrClearingBatch, XrClearingLine, XrPayable, XrSettlementFund } from '../../store/entities';
import { fundOfNo, type FundKey } from '../../domain/clearing/funds';
import type { Flow } from '../../domain/clearing/lines';
import { seesFlow } from '../clearing/scope';
import { duesOfFlows, duesOfOrders, flowOfDue, type TrailDues } from './dues';
import { inChunks } from './in-chunks';
import { seesSide, type TrailScope } from './scope';
import type { Seeds } from './seeds';

/** The rows of one way of money, as far as the person sees them. Lines and splits are only those that belong to its payables. */
export interface TrailRows {
  readonly batches: readonly XrClearingBatch[];
  readonly flows: readonly MatchedFlow<XrClearingLine>[];
  readonly payables: readonly XrPayable[];
  /** All payables of the batches, of which the trail may be about some only. */
  readonly batchPayables: readonly XrPayable[];
  readonly dues: TrailDues;
  readonly orders: readonly PaymentOrder[];
  readonly orderLines: readonly PaymentOrderLine[];
  readonly payments: readonly Payment[];
  readonly splits: readonly PaymentSplit[];
  /** Funds of the settlement that the trail began with; null where it began elsewhere. */
  readonly settlementFunds: readonly FundKey[] | null;
}

/** Gathers the way from its beginning in both directions: to the clearing behind it, and to what was paid. */
export async function gatherTrail(manager: EntityManager, scope: TrailScope, seeds: Seeds): Promise<TrailRows> {
  const own = await ownLines(manager, seeds);
  const payableIds = [...seeds.payableIds, ...own.flatMap(({ payableId }) => payableId ?? [])];
  const known = await inChunks(payableIds, (ids) => manager.findBy(XrPayable, { id: In(ids) }));
  const began = [...seeds.dues, ...(await duesOfOrders(manager, own.map(({ orderId }) => orderId)))];
  const beganFlows = new Set(began.map((due) => `${due.batchId}/${keyOf(flowOfDue(due))}`));
  const batchIds = [...new Set([...(seeds.batchId === null ? [] : [seeds.batchId]), ...[...known, ...began].map(({ batchId }) => batchId)])];
  const batches = await manager.findBy(XrClearingBatch, { id: In(batchIds) });
  const settlementFunds = seeds.settlement && (await fundsOf(manager, seeds.settlement.id));
  const found = await Promise.all(batchIds.map((batchId) => flowsOf(manager, scope, batchId)));
  const wanted = (flow: Flow, payableId: string | null, batchId: string): boolean =>
    (batchId === seeds.batchId && fits(flow, seeds.flow) && (settlementFunds === null || settlementFunds.includes(flow.fund))) ||
    (payableId !== null && payableIds.includes(payableId)) ||
    beganFlows.has(`${batchId}/${keyOf(flow)}`);
  const flows = found.flatMap((each) => each.flows.filter((flow) => wanted(flow, flow.payableId, each.batchId)));
  const matched = new Set(flows.flatMap(({ payableId }) => payableId ?? []));
  const payables = found.flatMap((each) => each.payables.filter((payable) => matched.has(payable.id) || wanted(payable, payable.id, each.batchId)));
  const dues = await duesOfFlows(manager, scope, seeds, began, flows.flatMap((flow) => flow.lines.slice(0, 1).map(({ batchId }) => ({ ...flow, batchId }))));
  const orderLines = await linesAbout(manager, payables.map(({ id }) => id), [...own, ...dues.lines]);
  const orders = (await inChunks([...new Set(orderLines.map(({ orderId }) => orderId))], (ids) => manager.findBy(PaymentOrder, { id: In(ids) }))).filter((order) => seesSide(scope, order));
  const seen = new Set(orders.map(({ id }) => id));
  const seenLines = orderLines.filter(({ orderId }) => seen.has(orderId));
  const splits = await splitsOf(manager, seenLines);
  const payments = await inChunks([...new Set(splits.map(({ paymentId }) => paymentId))], (ids) => manager.findBy(Payment, { id: In(ids) }));
  return { batches, flows, payables, batchPayables: found.flatMap((each) => each.payables), dues, orders: byId(orders), orderLines: seenLines, payments: byId(payments), splits, settlementFunds };
}

/** Lines of the orders that the trail begins with; of a payment only those that it pays. */
async function ownLines(manager: EntityManager, { orders, payments }: Seeds): Promise<PaymentOrderLine[]> {
  const whole = orders.length === 0 ? [] : await manager.findBy(PaymentOrderLine, { orderId: In(orders.map(({ id }) => id)) });
  const splits = payments.length === 0 ? [] : await manager.findBy(PaymentSplit, { paymentId: In(payments.map(({ id }) => id)) });
  if (splits.length === 0) return whole;
  const paid = new Set(splits.map(placeOf));
  const lines = await manager.findBy(PaymentOrderLine, { orderId: In([...new Set(splits.map(({ orderId }) => orderId))]) });
  return [...whole, ...lines.filter((line) => paid.has(placeOf(line)))];
}

async function linesAbout(manager: EntityManager, payableIds: readonly string[], own: readonly PaymentOrderLine[]): Promise<PaymentOrderLine[]> {
  const about = await inChunks(payableIds, (ids) => manager.findBy(PaymentOrderLine, { payableId: In(ids) }));
  return [...new Map([...about, ...own].map((line) => [placeOf(line), line])).values()].sort((a, b) => a.orderId - b.orderId || a.lineNo - b.lineNo);
}

async function splitsOf(manager: EntityManager, lines: readonly PaymentOrderLine[]): Promise<PaymentSplit[]> {
  const places = new Set(lines.map(placeOf));
  const rows = await inChunks([...new Set(lines.map(({ orderId }) => orderId))], (ids) => manager.findBy(PaymentSplit, { orderId: In(ids) }));
  return rows.filter((row) => places.has(placeOf(row)));
}

async function flowsOf(manager: EntityManager, { clearing }: TrailScope, batchId: string) {
  const lines = (await manager.findBy(XrClearingLine, { batchId })).filter((line) => seesFlow(clearing, {}, line));
  const payables = (await manager.find(XrPayable, { where: { batchId }, order: { id: 'ASC' } })).filter((payable) => seesFlow(clearing, {}, payable));
  return { batchId, flows: matchFlows(lines, payables), payables };
}

async function fundsOf(manager: EntityManager, settlementId: number): Promise<FundKey[]> {
  const rows = await manager.findBy(XrSettlementFund, { settlementId });
  return rows.filter(({ fen }) => fen !== 0).map(({ fundNo }) => fundOfNo(fundNo));
}

function fits(flow: Flow, wanted: Partial<Flow>): boolean {
  return (Object.keys(wanted) as (keyof Flow)[]).every((name) => flow[name] === wanted[name]);
}

function placeOf({ orderId, lineNo }: { readonly orderId: number; readonly lineNo: number }): string {
  return `${orderId}/${lineNo}`;
}

function byId<T extends { readonly id: number }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => a.id - b.id);
}
