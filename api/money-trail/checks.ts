import { type SumCheck, sumCheck, total } from '../../domain/money-trail/sums';
import { towardsPayable } from '../../domain/money-trail/flows';
import { bookedBy } from '../../domain/money-trail/keys';
import { add, type Fen, negate, ZERO } from '../../domain/money';
import type { XrPayable } from '../../store/entities';
import { bookedOn, type TrailEntry } from './entries';
import type { TrailRows } from './gather';
import { standing, standsPaid } from './rows';
import type { TrailScope } from './scope';
import type { SettlementLevel } from './settlements';

/**
 * The sums that must agree from level to level, as far as the person sees both sides in full: a city sees neither the books
 * nor the orders of another.
 */
export function sumChecks(scope: TrailScope, rows: TrailRows, entries: readonly TrailEntry[], settlements: SettlementLevel['sums']): SumCheck[] {
  return [
    ...(settlements === null ? [] : [sumCheck('结算与清算行', ['结算基金支付', settlements.settlements], ['清算行', settlements.lines])]),
    ...payableChecks(rows),
    ...bookedPayables(scope, rows, entries),
    ...dueChecks(rows),
    ...orderChecks(scope, rows),
    ...drawChecks(scope, rows, entries),
    ...paymentChecks(rows),
    ...transferChecks(scope, rows, entries),
  ];
}

function payableChecks({ flows, payables }: TrailRows): SumCheck[] {
  const open = payables.filter(({ status }) => status === 'open');
  const known = open.filter(({ id }) => flows.some(({ payableId }) => payableId === id));
  if (known.length === 0) return [];
  const lines = flows.flatMap((flow) => {
    const payable = known.find(({ id }) => id === flow.payableId);
    return payable ? [towardsPayable(flow, payable)] : [];
  });
  return [sumCheck('清算行与应付款', ['清算行', add(ZERO, ...lines)], ['应付款', total(known, ({ fen }) => fen)])];
}

/** An entry sums up all insurances of a fund between two cities; so does what it is compared with. */
function bookedPayables({ money }: TrailScope, { payables, batchPayables }: TrailRows, entries: readonly TrailEntry[]): SumCheck[] {
  const pairs = new Map(payables.filter(({ status, payingCity }) => status === 'open' && money.has(payingCity)).map((payable) => [pairOf(payable), payable]));
  const cleared = entries.filter(({ row, stands }) => stands && bookedBy(row.entryKey)?.of === 'clearing');
  if (pairs.size === 0 || cleared.length === 0) return [];
  const owed = batchPayables.filter((payable) => payable.status === 'open' && pairs.has(pairOf(payable)));
  const booked = [...pairs.values()].map(({ batchId, payingCity, receivingCity, fund }) => {
    const own = cleared.filter(({ row }) => row.institution === payingCity && isOf(row.entryKey, batchId, fund));
    return negate(bookedOn(own, 'XR_PAYABLE', { fund, counterparty: receivingCity }));
  });
  return [sumCheck('应付款与账簿', ['应付款（同向同基金）', total(owed, ({ fen }) => fen)], ['账簿应付异地款', add(ZERO, ...booked)])];
}

function isOf(entryKey: string, batchId: string, fund: string): boolean {
  const booked = bookedBy(entryKey);
  return booked?.of === 'clearing' && booked.batchId === batchId && booked.fund === fund;
}

function pairOf({ batchId, payingCity, receivingCity, fund }: Pick<XrPayable, 'batchId' | 'payingCity' | 'receivingCity' | 'fund'>): string {
  return [batchId, payingCity, receivingCity, fund].join('/');
}

/** Of flows whose institutions were summed up: all of a flow against its lines, and what orders settle. */
function dueChecks({ flows, dues, orders }: TrailRows): SumCheck[] {
  if (dues.shown.length === 0) return [];
  // Institutions of a city and fund are summed up together.
  const summed = new Set(dues.ofFlows.map(({ batchId, city, fund }) => [batchId, city, fund].join('/')));
  const lines = flows.flatMap((flow) => flow.lines).filter(({ batchId, receivingCity, fund }) => summed.has([batchId, receivingCity, fund].join('/')));
  const stand = new Set(standing(orders).map(({ id }) => id));
  return [
    sumCheck('清算行与机构应付', ['清算行', total(lines, ({ fen }) => fen)], ['机构应付', total(dues.ofFlows, ({ fen }) => fen)]),
    sumCheck('机构应付与付款单', ['机构应付已开单', total(dues.shown, ({ orderedFen }) => orderedFen)], ['付款单所付与扣回', total(dues.parts.filter(({ orderId }) => stand.has(orderId)), ({ fen }) => fen)]),
  ];
}

function orderChecks({ money }: TrailScope, { payables, orders, orderLines }: TrailRows): SumCheck[] {
  const open = payables.filter(({ status, payingCity }) => status === 'open' && money.has(payingCity));
  if (open.length === 0) return [];
  const clearing = new Set(standing(orders).filter(({ kind }) => kind === 'clearing').map(({ id }) => id));
  const ids = new Set(open.map(({ id }) => id));
  const lines = orderLines.filter(({ orderId, payableId }) => clearing.has(orderId) && payableId !== null && ids.has(payableId));
  const made = total(lines, ({ drawnFen, dueFen }) => add(drawnFen, dueFen));
  const arrived = total(lines, ({ drawnFen, receivedFen }) => add(drawnFen, receivedFen));
  return [
    sumCheck('应付款与拨付单', ['应付款已制单', total(open, ({ drawnFen }) => drawnFen)], ['拨付单抵扣与实拨', made]),
    sumCheck('应付款与到省', ['应付款已到省', total(open, ({ paidFen }) => paidFen)], ['预付金抵扣与已收', arrived]),
  ];
}

/** Whole orders, since an entry books a whole order. */
function drawChecks({ money }: TrailScope, { orders }: TrailRows, entries: readonly TrailEntry[]): SumCheck[] {
  const drawn = standing(orders).filter(({ kind, payer, drawnFen }) => kind === 'clearing' && money.has(payer) && drawnFen > 0);
  if (drawn.length === 0) return [];
  const booked = entries.filter(({ row, stands }) => stands && drawn.some(({ orderNo, payer }) => payer === row.institution && isOrderEntry(row.entryKey, orderNo, 'draw')));
  return [sumCheck('预付金抵扣与账簿', ['付款单预付金抵扣', total(drawn, ({ drawnFen }) => drawnFen)], ['账簿异地预付金减少', negate(bookedOn(booked, 'PREPAY'))])];
}

function isOrderEntry(entryKey: string, orderNo: string, what: string): boolean {
  const booked = bookedBy(entryKey);
  return booked?.of === 'order' && booked.orderNo === orderNo && booked.what === what;
}

function paymentChecks({ orders, orderLines, payments, splits }: TrailRows): SumCheck[] {
  const stand = new Set(standing(orders).map(({ id }) => id));
  const lines = orderLines.filter(({ orderId }) => stand.has(orderId));
  if (lines.length === 0) return [];
  const partsOf = (which: (state: string) => boolean): Fen => total(splits.filter(({ orderId, paymentId }) => stand.has(orderId) && payments.some(({ id, state }) => id === paymentId && which(state))), ({ fen }) => fen);
  return [
    sumCheck('付款单与付款', ['付款单已付', total(lines, ({ paidFen }) => paidFen)], ['有效付款', partsOf((state) => state === 'paid' || state === 'received')]),
    sumCheck('付款单与收款', ['付款单已收', total(lines, ({ receivedFen }) => receivedFen)], ['收款', partsOf((state) => state === 'received')]),
  ];
}

/** Whole payments, in the books of the payer. */
function transferChecks({ money }: TrailScope, { payments }: TrailRows, entries: readonly TrailEntry[]): SumCheck[] {
  const own = payments.filter((payment) => standsPaid(payment) && money.has(payment.payer));
  if (own.length === 0) return [];
  const inTransit = (what: 'paid' | 'received', of: readonly { readonly paymentNo: string; readonly payer: string }[]): Fen => bookedOn(entries.filter(({ row, stands }) => {
    const booked = bookedBy(row.entryKey);
    return stands && booked?.of === 'payment' && booked.what === what && of.some(({ paymentNo, payer }) => paymentNo === booked.paymentNo && payer === row.institution);
  }), 'IN_TRANSIT');
  const received = own.filter(({ state }) => state === 'received');
  return [
    sumCheck('付款与账簿', ['付款', total(own, ({ amountFen }) => amountFen)], ['账簿在途资金增加', inTransit('paid', own)]),
    ...(received.length === 0 ? [] : [sumCheck('收款与账簿', ['收款', total(received, ({ amountFen }) => amountFen)], ['账簿在途资金减少', negate(inTransit('received', received))])]),
  ];
}
