import { In, type EntityManager } from 'typeorm';
import { entryPrefix, bookedBy, lineKeyOf } from '../../domain/money-trail/keys';
import type { TrailKind } from '../../domain/money-trail/kinds';
import { isFund } from '../../domain/clearing/funds';
import type { LineKind } from '../../domain/clearing/entry';
import type { Flow } from '../../domain/clearing/lines';
import { periodText } from '../../domain/clearing/period';
import { JournalEntry, OfficeCase, Payment, PaymentOrder, XrClearingBatch, XrInstitutionDue, XrPayable, XrSettlement } from '../../store/entities';
import { Problem } from '../problem';
import { seesCleared, seesSide, type TrailScope } from './scope';

/** Where a trail begins: flows of a batch, or orders and payments; the whole way is found from there, both ways. */
export interface Seeds {
  readonly title: string;
  readonly batchId: string | null;
  /** Narrows the flows of the batch. */
  readonly flow: Partial<Flow>;
  /** Narrows the settlements to one kind of line. */
  readonly lineKind: LineKind | null;
  readonly payableIds: readonly string[];
  readonly dues: readonly XrInstitutionDue[];
  readonly settlement: XrSettlement | null;
  readonly orders: readonly PaymentOrder[];
  readonly payments: readonly Payment[];
}

const NOTHING = { batchId: null, flow: {}, lineKind: null, payableIds: [], dues: [], settlement: null, orders: [], payments: [] } as const;

type Finder = (manager: EntityManager, scope: TrailScope, key: string) => Promise<Seeds | null>;

const FINDERS: Readonly<Record<TrailKind, Finder>> = {
  batch: async (manager, { clearing }, key) => {
    const batch = await manager.findOneBy(XrClearingBatch, { id: key });
    return batch && clearing.offices.includes(batch.office) ? { ...NOTHING, title: `清算批次 ${key}`, batchId: key } : null;
  },
  line: async (manager, scope, key) => {
    const line = lineKeyOf(key);
    const batch = line && (await manager.findOneBy(XrClearingBatch, { id: line.batchId }));
    if (!line || !batch || !seesCleared(scope, { ...line, office: batch.office })) return null;
    const { batchId, kind, ...flow } = line;
    return { ...NOTHING, title: `清算行 ${key}`, batchId, flow, lineKind: kind };
  },
  payable: async (manager, scope, key) => {
    const payable = await manager.findOneBy(XrPayable, { id: key });
    return payable && seesCleared(scope, payable) ? { ...NOTHING, title: `应付款 ${key}`, payableIds: [key] } : null;
  },
  due: async (manager, { money }, key) => {
    const due = /^[1-9]\d{0,14}$/.test(key) ? await manager.findOneBy(XrInstitutionDue, { id: Number(key) }) : null;
    return due && money.has(due.city) ? { ...NOTHING, title: `机构应付 ${due.institution}`, dues: [due] } : null;
  },
  settlement: async (manager, scope, key) => {
    const settlement = await settlementOf(manager, scope, key);
    if (!settlement) return null;
    const { office, enteredWindow, payingCity, receivingCity, insutype } = settlement;
    const batch = enteredWindow === 0 ? null : await batchOf(manager, office, periodText(enteredWindow));
    return { ...NOTHING, title: `结算 ${settlement.setl_id}`, settlement, batchId: batch?.id ?? null, flow: { payingCity, receivingCity, insutype } };
  },
  order: async (manager, scope, key) => {
    const order = await manager.findOneBy(PaymentOrder, { orderNo: key });
    return order && seesSide(scope, order) ? { ...NOTHING, title: `付款单 ${key}`, orders: [order] } : null;
  },
  payment: (manager, scope, key) => paymentSeeds(manager, scope, key, '付款'),
  receipt: (manager, scope, key) => paymentSeeds(manager, scope, key, '收款'),
  entry: async (manager, scope, key) => {
    const entry = await manager.findOneBy(JournalEntry, { entryKey: key });
    const booked = entry && scope.money.has(entry.institution) ? bookedBy(key) : null;
    if (!booked) return null;
    const title = `记账凭证 ${key}`;
    if (booked.of === 'clearing') return { ...NOTHING, title, batchId: booked.batchId, flow: isFund(booked.fund) ? { fund: booked.fund } : {} };
    const found = booked.of === 'order' ? await FINDERS.order(manager, scope, booked.orderNo) : await FINDERS.payment(manager, scope, booked.paymentNo);
    return found && { ...found, title };
  },
};

/** Where a trail of a kind and key begins. Throws Problem MONEY_TRAIL_NOT_FOUND, also for what the person may not see. */
export async function seedsOf(manager: EntityManager, scope: TrailScope, kind: TrailKind, key: string): Promise<Seeds> {
  const found = await FINDERS[kind](manager, scope, key);
  if (!found) throw new Problem('MONEY_TRAIL_NOT_FOUND');
  return found;
}

/** Where the trail of a case begins: with what it made, else with what its form speaks of; null where it moves no money. */
export async function seedsOfCase(manager: EntityManager, scope: TrailScope, row: OfficeCase): Promise<Seeds | null> {
  const title = row.title;
  const batch = await manager.findOneBy(XrClearingBatch, { caseId: row.id });
  if (batch) return { ...NOTHING, title, batchId: batch.id };
  const orders = await manager.findBy(PaymentOrder, { caseNo: row.caseNo });
  if (orders.length > 0) return { ...NOTHING, title, orders: orders.filter((order) => seesSide(scope, order)) };
  const payments = await manager.findBy(Payment, [{ paidCaseNo: row.caseNo }, { receivedCaseNo: row.caseNo }]);
  if (payments.length > 0) return { ...NOTHING, title, payments: payments.filter((payment) => seesSide(scope, payment)) };
  return formSeeds(manager, scope, row);
}

async function formSeeds(manager: EntityManager, scope: TrailScope, row: OfficeCase): Promise<Seeds | null> {
  const form = row.form as Readonly<Record<string, unknown>>;
  const { title, division } = row;
  const text = (name: string): string | null => (typeof form[name] === 'string' && form[name] !== '' ? (form[name] as string) : null);
  const named = (Array.isArray(form['orders']) ? (form['orders'] as { orderNo?: unknown }[]) : []).flatMap(({ orderNo }) => (typeof orderNo === 'string' ? [orderNo] : []));
  const orderNos = [...named, ...[text('orderNo')].filter((each) => each !== null)];
  if (orderNos.length > 0) {
    const orders = await manager.findBy(PaymentOrder, { orderNo: In(orderNos) });
    return { ...NOTHING, title, orders: orders.filter((order) => seesSide(scope, order)) };
  }
  const paymentNo = text('paymentNo');
  if (paymentNo !== null) {
    const payments = await manager.findBy(Payment, { paymentNo });
    return { ...NOTHING, title, payments: payments.filter((payment) => seesSide(scope, payment)) };
  }
  const batchId = text('batch') ?? text('batchId');
  if (batchId === null) return null;
  const [fund, payee] = [text('fund'), text('payee')];
  const care = Array.isArray(form['institutions']) ? division : payee;
  const side = care === null ? { payingCity: division } : { receivingCity: care };
  return { ...NOTHING, title, batchId, flow: fund !== null && isFund(fund) ? { fund, ...side } : {} };
}

async function paymentSeeds(manager: EntityManager, scope: TrailScope, key: string, what: string): Promise<Seeds | null> {
  const payment = await manager.findOneBy(Payment, { paymentNo: key });
  return payment && seesSide(scope, payment) ? { ...NOTHING, title: `${what} ${key}`, payments: [payment] } : null;
}

/** By `<care city>/<number>`, or by the number alone where it is one city's. */
async function settlementOf(manager: EntityManager, scope: TrailScope, key: string): Promise<XrSettlement | null> {
  const [first = '', second] = key.split('/');
  const cities = second === undefined ? scope.money.tree.nodes.filter(({ level }) => level === 'city').map(({ code }) => code) : [first];
  const found = await manager.findBy(XrSettlement, { receivingCity: In(cities), setl_id: second ?? first });
  const seen = found.filter((row) => seesCleared(scope, row));
  return seen.length === 1 ? (seen[0] ?? null) : null;
}

async function batchOf(manager: EntityManager, office: string, period: string): Promise<XrClearingBatch | null> {
  return manager.findOneBy(XrClearingBatch, { office, period, status: In(['generating', 'draft', 'approved']) });
}

/** Beginnings of the keys of all journal entries of what a trail holds. */
export function entryPrefixes(batchIds: readonly string[], orders: readonly PaymentOrder[], payments: readonly Payment[]): string[] {
  return [...batchIds.map(entryPrefix.clearing), ...orders.map(({ orderNo }) => entryPrefix.order(orderNo)), ...payments.map(({ paymentNo }) => entryPrefix.payment(paymentNo))];
}
