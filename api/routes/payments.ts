import { Between, In, LessThan, LessThanOrEqual, MoreThanOrEqual, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { currentAccount } from '../../activities/disbursement/accounts';
import { checkMonth } from '../../activities/disbursement/month-check';
import { linesOfOrder } from '../../activities/disbursement/orders';
import { forwardable, orderable } from '../../activities/disbursement/payables';
import { poolBalance } from '../../activities/xr-prepayment/pools';
import { PAYMENT_STATES } from '../../domain/disbursement/payment';
import { add, ZERO } from '../../domain/money';
import { draftQuery, draftView, institutionDraftQuery, institutionDraftView, monthCheckQuery, monthCheckView, ordersPage, ordersQuery, orderView, paymentsPage, paymentsQuery, paymentView } from '../../schemas/api/prepayment';
import { noQuery } from '../../schemas/api/queries';
import { BankAccount, FundRequest, Payment, PaymentOrder, PaymentSplit, PaymentTrace, PrepayPool, XrClearingBatch, XrPayable } from '../../store/entities';
import { pageOf, readCursor } from '../cursor';
import { draftInstitutions } from '../prepayment/institution-draft';
import { eitherSide, moneyScope } from '../prepayment/scope';
import { viewAccount, viewLine, viewMonthCheck, viewOrder, viewPayment } from '../prepayment/views';
import { Problem } from '../problem';
import { defineRoute, type Route } from '../route';

const TAG = '拨付与收付款';
const READS = { method: 'get', tag: TAG, access: 'user', right: 'case.read' } as const;
const idCursor = z.tuple([z.number().int()]);

const orders = defineRoute({
  ...READS,
  path: '/v1/payment-orders',
  operationId: 'listPaymentOrders',
  summary: '付款单：拨付、转付、拨付定点机构、预付金上缴与退还',
  query: ordersQuery,
  answers: { 200: { description: '一页，新的在前', schema: ordersPage } },
  errors: ['CURSOR_INVALID'],
  handle: async ({ parts, user, query }) => {
    const { limit, cursor, payer, payee, batch, ...wanted } = query;
    const place = readCursor(cursor, idCursor);
    return parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      const rest = { ...wanted, ...(batch === undefined ? {} : { batchId: batch }), ...(place ? { id: LessThan(place[0]) } : {}) };
      const where = eitherSide<PaymentOrder>(scope, rest, { payer, payee });
      const rows = where.length === 0 ? [] : await manager.find(PaymentOrder, { where, order: { id: 'DESC' }, take: limit + 1 });
      return { status: 200, body: pageOf(rows, limit, (row) => viewOrder(row, scope), ({ id }) => [id]) };
    });
  },
});

const order = defineRoute({
  ...READS,
  path: '/v1/payment-orders/{orderNo}',
  operationId: 'getPaymentOrder',
  summary: '一张付款单：各行、收款账户（隐去账号）、付款',
  query: noQuery,
  answers: { 200: { description: '付款单', schema: orderView } },
  errors: ['ORDER_NOT_FOUND'],
  example: { path: { orderNo: '990100-BF-202611-000001' } },
  handle: async ({ parts, user, params }) =>
    parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      const row = await manager.findOneBy(PaymentOrder, { orderNo: params['orderNo'] ?? '' });
      if (!row || !(scope.has(row.payer) || scope.has(row.payee))) throw new Problem('ORDER_NOT_FOUND');
      const account = await manager.findOneByOrFail(BankAccount, { id: row.payeeAccountId });
      const planNo = (await manager.findOneBy(FundRequest, { orderId: row.id }))?.planNo ?? null;
      const lines = await linesOfOrder(manager, row.id);
      return { status: 200, body: { ...viewOrder(row, scope), planNo, payeeAccount: viewAccount(account), lines: lines.map(viewLine), payments: await paymentsOf(manager, row.id) } };
    }),
});

async function paymentsOf(manager: EntityManager, orderId: number) {
  const splits = await manager.findBy(PaymentSplit, { orderId });
  const payments = splits.length === 0 ? [] : await manager.find(Payment, { where: { id: In(splits.map(({ paymentId }) => paymentId)) }, order: { id: 'ASC' } });
  return payments.map(({ id, paymentNo, paidOn, state }) => ({
    paymentNo, paidOn, fen: add(ZERO, ...splits.filter(({ paymentId }) => paymentId === id).map((split) => split.fen)), state, stateName: PAYMENT_STATES[state],
  }));
}

const draft = defineRoute({
  ...READS,
  path: '/v1/disbursement-drafts',
  operationId: 'draftDisbursement',
  summary: '拨付单或转付单的底稿',
  description: '某批次某基金尚可拨付（或已到省可转付）的应付款、收款账户与预付金余额，供填写办件。',
  query: draftQuery,
  answers: { 200: { description: '底稿', schema: draftView } },
  errors: ['DIVISION_OUT_OF_SCOPE'],
  example: { query: { batch: '990000-202610-1', fund: 'residentPool', payer: '990100' } },
  handle: async ({ parts, user, query: { batch: batchId, fund, payer, payee } }) =>
    parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      if (!scope.has(payer)) throw new Problem('DIVISION_OUT_OF_SCOPE');
      const side = payee === undefined ? { payingCity: payer } : { receivingCity: payee, office: payer };
      const rows = await manager.findBy(XrPayable, { batchId, fund, status: 'open', ...side });
      const items = payee === undefined ? orderable(rows) : await forwardable(manager, rows);
      const to = payee ?? rows[0]?.office ?? null;
      const account = to === null ? null : await currentAccount(manager, to, 'clearing');
      const pool = payee === undefined ? await manager.findOneBy(PrepayPool, { city: payer, fund }) : null;
      const body = {
        batch: batchId, fund, period: rows[0]?.period ?? null, payee: to,
        payableFen: add(ZERO, ...items.map(({ available }) => available)),
        poolFen: pool ? await poolBalance(manager, pool) : ZERO,
        payeeAccount: account && viewAccount(account),
        items: items.map(({ payableId, payingCity, receivingCity, insutype, available }) => ({ payable: payableId, payingCity, receivingCity, insutype, availableFen: available })),
      };
      return { status: 200, body };
    }),
});

const payments = defineRoute({
  ...READS,
  path: '/v1/payments',
  operationId: 'listPayments',
  summary: '收付款查询',
  query: paymentsQuery,
  answers: { 200: { description: '一页，新的在前', schema: paymentsPage } },
  errors: ['CURSOR_INVALID'],
  handle: async ({ parts, user, query }) => {
    const { limit, cursor, payer, payee, paidFrom, paidTo, ...wanted } = query;
    const place = readCursor(cursor, idCursor);
    return parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      const rest = { ...wanted, ...paidWithin(paidFrom, paidTo), ...(place ? { id: LessThan(place[0]) } : {}) };
      const where = eitherSide<Payment>(scope, rest, { payer, payee });
      const rows = where.length === 0 ? [] : await manager.find(Payment, { where, order: { id: 'DESC' }, take: limit + 1 });
      const traced = await tracedOf(manager, rows);
      return { status: 200, body: pageOf(rows, limit, (row) => viewPayment(row, traced.has(row.id), scope), ({ id }) => [id]) };
    });
  },
});

function paidWithin(from: string | undefined, to: string | undefined): FindOptionsWhere<Payment> {
  if (from !== undefined && to !== undefined) return { paidOn: Between(from, to) };
  if (from !== undefined) return { paidOn: MoreThanOrEqual(from) };
  return to === undefined ? {} : { paidOn: LessThanOrEqual(to) };
}

async function tracedOf(manager: EntityManager, rows: readonly Payment[]): Promise<ReadonlySet<number>> {
  if (rows.length === 0) return new Set();
  const traces = await manager.findBy(PaymentTrace, { paymentId: In(rows.map(({ id }) => id)), state: 'open' });
  return new Set(traces.map(({ paymentId }) => paymentId));
}

const payment = defineRoute({
  ...READS,
  path: '/v1/payments/{paymentNo}',
  operationId: 'getPayment',
  summary: '一笔付款及其分摊',
  query: noQuery,
  answers: { 200: { description: '付款', schema: paymentView } },
  errors: ['PAYMENT_NOT_FOUND'],
  example: { path: { paymentNo: '990100-FK-202611-000001' } },
  handle: async ({ parts, user, params }) =>
    parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      const row = await manager.findOneBy(Payment, { paymentNo: params['paymentNo'] ?? '' });
      if (!row || !(scope.has(row.payer) || scope.has(row.payee))) throw new Problem('PAYMENT_NOT_FOUND');
      const splits = await manager.find(PaymentSplit, { where: { paymentId: row.id }, order: { orderId: 'ASC', lineNo: 'ASC' } });
      const own = await manager.findBy(PaymentOrder, { id: In(splits.map(({ orderId }) => orderId)) });
      const numbers = new Map(own.map(({ id, orderNo }) => [id, orderNo]));
      const traced = (await tracedOf(manager, [row])).has(row.id);
      const parted = splits.map(({ orderId, lineNo, fen }) => ({ orderNo: numbers.get(orderId) ?? '', lineNo, fen }));
      return { status: 200, body: { ...viewPayment(row, traced, scope), splits: parted } };
    }),
});

const institutionDraft = defineRoute({
  ...READS,
  path: '/v1/institution-drafts',
  operationId: 'draftInstitutionPayments',
  summary: '拨付定点机构的底稿',
  description: '就医地某批次某基金尚可拨付的各机构：应付、扣回、实拨与结算账户（隐去账号），供填写办件。应收未到账的部分只列合计。',
  query: institutionDraftQuery,
  answers: { 200: { description: '底稿', schema: institutionDraftView } },
  errors: ['DIVISION_OUT_OF_SCOPE', 'CLEARING_BATCH_NOT_FOUND', 'CLEARING_NOT_APPROVED'],
  example: { query: { batch: '990000-202610-1', fund: 'residentPool', payer: '990200' } },
  handle: async ({ parts, user, query: { batch: batchId, fund, payer: city } }) =>
    parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      if (!scope.has(city)) throw new Problem('DIVISION_OUT_OF_SCOPE');
      const batch = await manager.findOneBy(XrClearingBatch, { id: batchId });
      if (!batch) throw new Problem('CLEARING_BATCH_NOT_FOUND');
      if (batch.status !== 'approved') throw new Problem('CLEARING_NOT_APPROVED');
      return { status: 200, body: { batch: batchId, fund, period: batch.period, ...(await draftInstitutions(manager, batch, { batchId, city, fund })) } };
    }),
});

const monthCheck = defineRoute({
  ...READS,
  path: '/v1/payment-checks',
  operationId: 'checkMonthPayments',
  summary: '一批清算的收付款核对',
  description: '各应付款的清算金额、预付金抵扣、省级已确认收款、就医地已确认收款；按付款方与收款方列出与清算不一致之处。',
  query: monthCheckQuery,
  answers: { 200: { description: '核对', schema: monthCheckView } },
  errors: ['CLEARING_BATCH_NOT_FOUND'],
  example: { query: { batch: '990000-202610-1' } },
  handle: async ({ parts, user, query: { batch: batchId } }) =>
    parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      const batch = await manager.findOneBy(XrClearingBatch, { id: batchId });
      if (!batch) throw new Problem('CLEARING_BATCH_NOT_FOUND');
      const rows = (await checkMonth(manager, batchId)).filter(({ payingCity, receivingCity }) => scope.has(payingCity) || scope.has(receivingCity));
      return { status: 200, body: viewMonthCheck(batch, rows, scope) };
    }),
});

export const paymentRoutes: readonly Route[] = [orders, order, draft, institutionDraft, payments, payment, monthCheck];
