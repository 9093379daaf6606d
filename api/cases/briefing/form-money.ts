import { In, Like, Not, type EntityManager } from 'typeorm';
import { compare } from '../../../domain/clearing/comparison';
import { fundName, isFund, type FundKey } from '../../../domain/clearing/funds';
import type { ClearingLine } from '../../../domain/clearing/lines';
import { formatDate, monthOf as monthOfDate } from '../../../domain/calendar';
import { ORDER_KINDS, type OrderKind } from '../../../domain/disbursement/payment';
import { add, type Fen, fen, quotientText, subtract, ZERO } from '../../../domain/money';
import { total } from '../../../domain/money-trail/sums';
import { OfficeCase, Payment, PaymentOrder, PrepayQuota, XrClearingBatch } from '../../../store/entities';
import { insutypeName } from '../../money-trail/rows';
import { seesSide, type TrailScope } from '../../money-trail/scope';
import { seedsOfCase } from '../../money-trail/seeds';
import type { FoundCase } from '../find';
import { approvedLines, linesOfBatch, monthOf } from './batch';
import type { PoolNeed } from './pools';
import type { Briefing } from './view';

interface FormMoney {
  readonly amounts: readonly { readonly name: string; readonly fen: Fen }[];
  readonly comparison: Briefing['comparison'];
  readonly pools: readonly PoolNeed[];
}

const ORDER_OF: Readonly<Record<string, OrderKind>> = { 'xr-prepay-payin': 'payIn', 'xr-prepay-return': 'return' };

/** What a case of disbursement, prepayment or payment is about, from what its form names. */
export async function moneyOfForm(manager: EntityManager, scope: TrailScope, found: FoundCase): Promise<FormMoney> {
  const { row } = found;
  const form = row.form as Readonly<Record<string, unknown>>;
  const fund = typeof form['fund'] === 'string' && isFund(form['fund']) ? form['fund'] : null;
  const batchId = typeof form['batch'] === 'string' ? form['batch'] : null;
  const batch = batchId === null ? null : await manager.findOneBy(XrClearingBatch, { id: batchId });
  if (batch && fund !== null && scope.clearing.offices.includes(batch.office)) return disbursementMoney(manager, scope, row, batch, fund);
  if (row.definition === 'xr-prepay-annual') return quotaMoney(manager, scope, form);
  const city = typeof form['city'] === 'string' ? form['city'] : row.division;
  const kind = ORDER_OF[row.definition];
  const pools = fund === null ? [] : [{ city, fund, needed: null }];
  if (kind !== undefined && fund !== null) return { amounts: [], comparison: await orderComparison(manager, scope, row, { kind, city, fund }), pools };
  return paymentMoney(manager, scope, row, pools);
}

/** A disbursement beside what the same city owed by the fund before; a 转付 beside what the care place was owed. */
async function disbursementMoney(manager: EntityManager, scope: TrailScope, row: OfficeCase, { id, office, period }: XrClearingBatch, fund: FundKey): Promise<FormMoney> {
  const payee = (row.form as { payee?: unknown }).payee;
  const forward = typeof payee === 'string';
  const mine = ({ payingCity, receivingCity, fund: of }: ClearingLine): boolean => of === fund && (forward ? receivingCity === payee : payingCity === row.division);
  const sides = (lines: readonly ClearingLine[] | null): ClearingLine[] | null => lines && lines.filter(mine).map((line) => ({ ...line, payingCity: forward ? line.payingCity : line.receivingCity }));
  const now = sides(await linesOfBatch(manager, scope, id)) ?? [];
  const [lastMonth, lastYear] = [monthOf(period, -1), monthOf(period, -12)];
  const [month, year] = [sides(await approvedLines(manager, scope, office, lastMonth)), sides(await approvedLines(manager, scope, office, lastYear))];
  const all = (lines: readonly ClearingLine[]): ClearingLine[] => lines.map((line) => ({ ...line, payingCity: '', insutype: '' }));
  const rows = [
    ...compare(all(now), month && all(month), year && all(year)).map((each) => ({ each, name: `${fundName(fund)}合计`, whole: true })),
    ...compare(now, month, year).map((each) => ({ each, name: `${forward ? '自' : '付'} ${scope.money.nameOf(each.payingCity)} ${insutypeName(each.insutype)}`, whole: false })),
  ];
  const items = rows.map(({ each: { fen: amount, count, lastMonthFen, lastYearFen, monthOnMonth, yearOnYear }, name, whole }) => ({ name, whole, fen: amount, count, lastMonthFen, lastYearFen, monthOnMonth, yearOnYear }));
  const ordered = await manager.existsBy(PaymentOrder, { caseNo: row.caseNo, state: Not('void') });
  return { amounts: [], comparison: { month: period, lastMonth, lastYear, items }, pools: forward ? [] : [{ city: row.division, fund, needed: ordered ? null : row.amountFen }] };
}

/** Each quota beside the one that holds. */
async function quotaMoney(manager: EntityManager, { money }: TrailScope, form: Readonly<Record<string, unknown>>): Promise<FormMoney> {
  const year = Number(form['year']);
  const wanted = (Array.isArray(form['quotas']) ? (form['quotas'] as { city?: unknown; fund?: unknown; quotaFen?: unknown }[]) : []).flatMap(({ city, fund, quotaFen }) =>
    typeof city === 'string' && typeof fund === 'string' && isFund(fund) && Number.isSafeInteger(quotaFen) && money.has(city) ? [{ city, fund, quotaFen: fen(quotaFen as number) }] : []);
  const items: NonNullable<Briefing['comparison']>['items'] = [];
  for (const { city, fund, quotaFen } of wanted) {
    const before = (await manager.find(PrepayQuota, { where: { city, fund, year: year - 1 }, order: { version: 'DESC' }, take: 1 }))[0]?.quotaFen ?? null;
    items.push(rowOf(`${money.nameOf(city)} ${fundName(fund)}`, quotaFen, null, before, false));
  }
  return { amounts: [{ name: '额度合计', fen: total(wanted, ({ quotaFen }) => quotaFen) }], comparison: { month: String(year), lastMonth: '', lastYear: String(year - 1), items }, pools: wanted.map(({ city, fund }) => ({ city, fund, needed: null })) };
}

async function orderComparison(manager: EntityManager, scope: TrailScope, row: OfficeCase, { kind, city, fund }: { kind: OrderKind; city: string; fund: FundKey }): Promise<Briefing['comparison']> {
  const month = monthOfDate(formatDate(row.openedAt));
  const months = [month, monthOf(month, -1), monthOf(month, -12)] as const;
  const orders = (await manager.findBy(PaymentOrder, { kind, city, fund, period: In([...months]), state: Not('void') })).filter((order) => seesSide(scope, order) && order.caseNo !== row.caseNo);
  const sum = (period: string): Fen => total(orders.filter((order) => order.period === period), ({ dueFen }) => dueFen);
  const items = [rowOf(`${ORDER_KINDS[kind]} ${fundName(fund)}（含本件）`, add(sum(months[0]), row.amountFen ?? ZERO), sum(months[1]), sum(months[2]), true)];
  return { month: months[0], lastMonth: months[1], lastYear: months[2], items };
}

/** A payment or a receipt beside what went between the same two by the same fund. */
async function paymentMoney(manager: EntityManager, scope: TrailScope, row: OfficeCase, pools: readonly PoolNeed[]): Promise<FormMoney> {
  const seeds = await seedsOfCase(manager, scope, row);
  const about = seeds?.orders[0] ?? seeds?.payments[0];
  if (!about || row.amountFen === null) return { amounts: [], comparison: null, pools };
  const { payer, payee, fund } = about;
  const month = monthOfDate(formatDate(row.openedAt));
  const months = [month, monthOf(month, -1), monthOf(month, -12)] as const;
  const sums: Fen[] = [];
  for (const each of months) {
    const paid = await manager.findBy(Payment, { payer, payee, fund, paidOn: Like(`${each}-%`), state: In(['paid', 'received']) });
    sums.push(total(paid.filter(({ paidCaseNo, receivedCaseNo }) => paidCaseNo !== row.caseNo && receivedCaseNo !== row.caseNo), ({ amountFen }) => amountFen));
  }
  const [now = ZERO, last = ZERO, year = ZERO] = sums;
  // A receipt is of a payment that is counted already.
  const own = seeds?.payments.length === 0 || row.definition === 'xr-pay-paid' ? row.amountFen : ZERO;
  const items = [rowOf(`${scope.money.nameOf(payer)} 付 ${scope.money.nameOf(payee)} ${fundName(fund)}（含本件）`, add(now, own), last, year, true)];
  return { amounts: [], comparison: { month: months[0], lastMonth: months[1], lastYear: months[2], items }, pools: pools.length > 0 ? pools : [{ city: payer, fund, needed: null }] };
}

function rowOf(name: string, now: Fen, lastMonth: Fen | null, lastYear: Fen | null, whole: boolean): NonNullable<Briefing['comparison']>['items'][number] {
  const growth = (then: Fen | null): string | null => (then === null || then === 0 ? null : quotientText(subtract(now, then), then, 4));
  return { name, whole, fen: now, count: null, lastMonthFen: lastMonth, lastYearFen: lastYear, monthOnMonth: growth(lastMonth), yearOnYear: growth(lastYear) };
}
