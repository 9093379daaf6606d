import { LINE_KINDS } from '../../domain/clearing/entry';
import { fundName } from '../../domain/clearing/funds';
import { BATCH_STATUS_NAMES } from '../clearing/status';
import { ORDER_KINDS, ORDER_STATES, PAYMENT_STATES } from '../../domain/disbursement/payment';
import { keyOf } from '../../domain/money-trail/flows';
import { lineKeyText } from '../../domain/money-trail/keys';
import { total } from '../../domain/money-trail/sums';
import { add, formatYuanGrouped, ZERO } from '../../domain/money';
import { codeTables } from '../../schemas/national/code-tables';
import type { Payment, PaymentOrder } from '../../store/entities';
import { flowOfDue } from './dues';
import type { TrailRows } from './gather';
import { pageAddress, type TrailNode } from './nodes';

type NameOf = (division: string) => string;
/** The level and key that the trail was asked about. */
export type Here = (kind: TrailNode['kind'], key: string) => boolean;

const PART_NAMES = { payableFen: '应付', deductionFen: '扣款', reserveFen: '预留', drawnFen: '预付金抵扣', dueFen: '实拨', paidFen: '已付', receivedFen: '已收' } as const;
type PartName = keyof typeof PART_NAMES;

export function insutypeName(code: string): string {
  return codeTables['insutype']?.values[code] ?? code;
}

export function batchNodes({ batches }: TrailRows, nameOf: NameOf, here: Here): TrailNode[] {
  return batches.map(({ id, office, period, status, payableFen, items, movedOut, caseNo, approvedAt, generatedAt }) => ({
    kind: 'batch', key: id, title: `${nameOf(office)} ${period} 月度清算`, note: `${items} 笔${movedOut === 0 ? '' : `，移出 ${movedOut} 笔`}`, amountFen: payableFen,
    state: status, stateName: BATCH_STATUS_NAMES[status], undone: status === 'undone' || status === 'withdrawn', here: here('batch', id),
    at: approvedAt ?? generatedAt, href: pageAddress('batch', id), caseNo, parts: [], links: [],
  }));
}

export function lineNodes({ flows, batches, dues }: TrailRows, nameOf: NameOf, here: Here): TrailNode[] {
  const undone = new Set(batches.filter(({ status }) => status === 'undone' || status === 'withdrawn').map(({ id }) => id));
  return flows.flatMap(({ lines, payableId }) => lines.map((line) => {
    const key = lineKeyText(line);
    return {
      kind: 'line' as const, key, title: `${nameOf(line.payingCity)} → ${nameOf(line.receivingCity)}`, note: `${insutypeName(line.insutype)} · ${fundName(line.fund)} · ${LINE_KINDS[line.kind]} · ${line.count} 笔`,
      amountFen: line.fen, state: line.kind, stateName: LINE_KINDS[line.kind], undone: undone.has(line.batchId), here: here('line', key),
      at: null, href: pageAddress('line', key), caseNo: null, parts: [], links: [
        ...(payableId === null ? [] : [{ kind: 'payable' as const, key: payableId }]),
        ...dues.shown.filter((due) => due.batchId === line.batchId && keyOf(flowOfDue(due)) === keyOf(line)).slice(0, MOST_DUES).map(({ id }) => ({ kind: 'due' as const, key: String(id) })),
      ],
    };
  }));
}

export function payableNodes({ payables, orderLines, orders }: TrailRows, nameOf: NameOf, here: Here): TrailNode[] {
  const numbers = new Map(orders.map(({ id, orderNo }) => [id, orderNo]));
  return payables.map(({ id, payingCity, receivingCity, insutype, fund, fen, drawnFen, paidFen, status, createdAt }) => ({
    kind: 'payable', key: id, title: `${nameOf(payingCity)} 应付 ${nameOf(receivingCity)}`, note: `${insutypeName(insutype)} · ${fundName(fund)}`, amountFen: fen,
    state: status, stateName: status === 'open' ? '有效' : '已作废', undone: status !== 'open', here: here('payable', id), at: createdAt, href: pageAddress('payable', id), caseNo: null,
    parts: [{ name: '已制单', fen: drawnFen }, { name: '已到省', fen: paidFen }],
    links: [...new Set(orderLines.filter(({ payableId }) => payableId === id).map(({ orderId }) => numbers.get(orderId) ?? ''))].map((key) => ({ kind: 'order' as const, key })),
  }));
}

/** Dues that a line is shown to have become. */
const MOST_DUES = 20;

/** What care cities owe their institutions. */
export function dueNodes({ dues, batches, orders }: TrailRows, nameOf: NameOf, here: Here): TrailNode[] {
  const undone = new Set(batches.filter(({ status }) => status === 'undone' || status === 'withdrawn').map(({ id }) => id));
  const numbers = new Map(orders.map(({ id, orderNo }) => [id, orderNo]));
  return dues.shown.map(({ id, batchId, city, institution, payingCity, insutype, fund, fen, orderedFen }) => {
    const [state, stateName] = orderedFen === ZERO ? ['open', '未开单'] : orderedFen === fen ? ['ordered', '已开单'] : ['partOrdered', '部分开单'];
    const made = dues.parts.filter(({ dueId }) => dueId === id).flatMap(({ orderId }) => numbers.get(orderId) ?? []);
    return {
      kind: 'due' as const, key: String(id), title: `${nameOf(city)} 应付 ${institution}`, note: `参保地 ${nameOf(payingCity)} · ${insutypeName(insutype)} · ${fundName(fund)}`, amountFen: fen,
      state, stateName, undone: undone.has(batchId), here: here('due', String(id)), at: null, href: pageAddress('due', String(id)), caseNo: null,
      parts: [{ name: fen < ZERO ? '已扣回' : '已开单', fen: orderedFen }], links: made.map((key) => ({ kind: 'order' as const, key })),
    };
  });
}

export function orderNodes(rows: TrailRows, nameOf: NameOf, here: Here): TrailNode[] {
  const { orders, orderLines, splits, payments } = rows;
  return orders.map((order) => {
    const lines = orderLines.filter(({ orderId }) => orderId === order.id);
    const sums = (Object.keys(PART_NAMES) as PartName[]).map((name) => ({ name, fen: total(lines, (line) => line[name]) }));
    const settled = add(...sums.filter(({ name }) => name === 'drawnFen' || name === 'dueFen').map(({ fen }) => fen));
    const whole = add(order.drawnFen, order.dueFen);
    const paidBy = [...new Set(splits.filter(({ orderId }) => orderId === order.id).map(({ paymentId }) => paymentId))];
    return {
      kind: 'order' as const, key: order.orderNo, title: `${ORDER_KINDS[order.kind]} ${nameOf(order.payer)} → ${order.institution ?? nameOf(order.payee)}`,
      note: [fundName(order.fund), order.period, ...(whole === settled ? [] : [`本单共 ${formatYuanGrouped(whole)} 元`])].join(' · '),
      amountFen: settled, state: order.state, stateName: ORDER_STATES[order.state], undone: order.state === 'void', here: here('order', order.orderNo),
      at: order.issuedAt, href: pageAddress('order', order.orderNo), caseNo: order.caseNo,
      parts: sums.filter(({ fen }) => fen !== 0).map(({ name, fen }) => ({ name: PART_NAMES[name], fen })),
      links: payments.filter(({ id }) => paidBy.includes(id)).map(({ paymentNo }) => ({ kind: 'payment' as const, key: paymentNo })),
    };
  });
}

export function paymentNodes(rows: TrailRows, nameOf: NameOf, here: Here): TrailNode[] {
  return rows.payments.map((payment) => ({
    ...transferNode(rows, payment),
    kind: 'payment' as const, title: `付款 ${nameOf(payment.payer)} → ${payment.institution ?? nameOf(payment.payee)}`, state: payment.state, stateName: PAYMENT_STATES[payment.state],
    undone: !standsPaid(payment), here: here('payment', payment.paymentNo), caseNo: payment.paidCaseNo,
    links: payment.state === 'received' ? [{ kind: 'receipt' as const, key: payment.paymentNo }] : [],
  }));
}

export function receiptNodes(rows: TrailRows, nameOf: NameOf, here: Here): TrailNode[] {
  return rows.payments.filter(({ state }) => state === 'received').map((payment) => ({
    ...transferNode(rows, payment),
    kind: 'receipt' as const, title: `${payment.institution ?? nameOf(payment.payee)} 收款`, note: `到账 ${payment.receivedOn ?? ''}`, state: payment.state, stateName: PAYMENT_STATES[payment.state],
    undone: false, here: here('receipt', payment.paymentNo), caseNo: payment.receivedCaseNo, links: [],
  }));
}

function transferNode({ splits, orders }: TrailRows, { id, paymentNo, paidOn, receiptNo, amountFen, fund, at, bounceReason }: Payment) {
  const own = splits.filter(({ paymentId }) => paymentId === id);
  const numbers = new Map(orders.map((order) => [order.id, order.orderNo]));
  const amount = total(own, ({ fen }) => fen);
  const byOrder = [...new Set(own.map(({ orderId }) => orderId))].map((orderId) => ({ name: numbers.get(orderId) ?? '', fen: total(own.filter((split) => split.orderId === orderId), ({ fen }) => fen) }));
  const note = [fundName(fund), paidOn, `回单 ${receiptNo}`, ...(amount === amountFen ? [] : [`本笔共 ${formatYuanGrouped(amountFen)} 元`]), ...(bounceReason === null ? [] : [bounceReason])].join(' · ');
  return { key: paymentNo, note, amountFen: amount, at, href: pageAddress('payment', paymentNo), parts: byOrder };
}

export function standsPaid({ state }: Pick<Payment, 'state'>): boolean {
  return state === 'paid' || state === 'received';
}

export function standing(orders: readonly PaymentOrder[]): PaymentOrder[] {
  return orders.filter(({ state }) => state !== 'void');
}
