import { z } from 'zod';
import { FUND_KEYS } from '../../domain/clearing/funds';
import { ISSUE_CATEGORIES, ISSUE_ENDINGS, ISSUE_STATES, ISSUE_URGENCIES } from '../../domain/coordination/issue';
import { AGENCY_KINDS } from '../../domain/disbursement/agency';
import { ACCOUNT_PURPOSES } from '../../domain/disbursement/bank-account';
import { ORDER_KINDS, ORDER_STATES, PAYMENT_STATES } from '../../domain/disbursement/payment';
import { pageShape, tableFormat, wholeNumber } from './queries';
import { anyFen, businessDate, epochMs } from './text';

const text = z.string();
const keysOf = <T extends string>(table: Readonly<Record<T, unknown>>) => z.enum(Object.keys(table) as [T, ...T[]]);

export const division = z.string().regex(/^[1-9]\d{5}$/, { message: '辖区为六位编码' }).meta({ description: '辖区编码 (admdvs)' });
const fund = z.enum(FUND_KEYS as [(typeof FUND_KEYS)[number], ...(typeof FUND_KEYS)[number][]]).meta({ description: '基金' });
const period = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, { message: '月份为 yyyy-MM' }).meta({ description: '清算月份 yyyy-MM' });
const number = z.string().regex(/^[A-Za-z0-9-]{1,100}$/, { message: '编号只能含字母、数字和短横线' });
const year = wholeNumber(2000, 2100).optional();

function page<T extends z.ZodType>(item: T, id: string) {
  return z.object({ items: z.array(item), nextCursor: text.nullable() }).meta({ id });
}

export const poolsQuery = z.strictObject({ city: division.optional(), fund: fund.optional(), period: period.optional().meta({ description: '同时算出该月的使用率' }) });
export const movementsQuery = z.strictObject(pageShape);
export const balancesQuery = z.strictObject({ period, city: division.optional(), fund: fund.optional() });
export const quotasQuery = z.strictObject({ ...pageShape, city: division.optional(), fund: fund.optional(), year });
export const proposalsQuery = z.strictObject({ year: wholeNumber(2000, 2100), city: division.optional() });
export const warningsQuery = z.strictObject({ ...pageShape, city: division.optional(), period: period.optional() });
export const ordersQuery = z.strictObject({
  ...pageShape,
  kind: keysOf(ORDER_KINDS).optional(),
  state: keysOf(ORDER_STATES).optional(),
  payer: division.optional(),
  payee: division.optional(),
  fund: fund.optional(),
  period: period.optional(),
  batch: number.optional(),
});
export const draftQuery = z.strictObject({ batch: number, fund, payee: division.optional().meta({ description: '转付时：收款市（州）' }), payer: division });
export const paymentsQuery = z.strictObject({
  ...pageShape,
  state: keysOf(PAYMENT_STATES).optional(),
  payer: division.optional(),
  payee: division.optional(),
  fund: fund.optional(),
  paidFrom: businessDate.optional(),
  paidTo: businessDate.optional(),
});
export const agenciesQuery = z.strictObject({ ...pageShape, kind: keysOf(AGENCY_KINDS).optional(), agencyNo: number.optional(), history: z.literal('true').optional().meta({ description: 'true：含历史版本' }) });
export const accountsQuery = z.strictObject({ ...pageShape, owner: number.optional(), purpose: keysOf(ACCOUNT_PURPOSES).optional(), history: z.literal('true').optional().meta({ description: 'true：含历史版本' }) });
export const issuesQuery = z.strictObject({ ...pageShape, state: keysOf(ISSUE_STATES).optional(), urgency: keysOf(ISSUE_URGENCIES).optional(), category: keysOf(ISSUE_CATEGORIES).optional(), peer: division.optional() });
export const issueStatisticsQuery = z.strictObject({ from: businessDate, to: businessDate, format: tableFormat });

const rate = z.object({ period, clearingFen: anyFen, heldFen: anyFen, rate: text.nullable().meta({ description: '使用率，四位小数；池内为零时为 null' }), level: z.enum(['normal', 'yellow', 'red']), levelName: text });
const poolKey = { city: text, cityName: text, fund, fundName: text };
const pool = z.object({ ...poolKey, year: z.number().int().nullable(), quotaFen: anyFen.nullable(), balanceFen: anyFen, underwayFen: anyFen, differenceFen: anyFen.nullable(), use: rate.nullable() });
export const poolsView = z.object({ items: z.array(pool) }).meta({ id: 'PrepaymentPools' });

const movement = z.object({ entryKey: text, businessDate: text, kind: text, memo: text, amountFen: anyFen.meta({ description: '增为正，减为负' }), postedAt: epochMs });
export const movementsPage = page(movement, 'PrepaymentMovements');

const balanceRow = z.object({ ...poolKey, openingFen: anyFen, paidInFen: anyFen, drawnFen: anyFen, returnedFen: anyFen, closingFen: anyFen, use: rate });
export const balancesView = z.object({ period, items: z.array(balanceRow) }).meta({ id: 'PrepaymentBalances' });

const quota = z.object({ ...poolKey, year: z.number().int(), version: z.number().int(), kind: z.enum(['annual', 'emergency', 'restored', 'expired']), proposedFen: anyFen.nullable(), beforeFen: anyFen, quotaFen: anyFen, differenceFen: anyFen, caseNo: text, at: epochMs });
export const quotasPage = page(quota, 'PrepaymentQuotas');
const proposal = z.object({ ...poolKey, months: z.array(z.object({ period, clearingFen: anyFen })), proposedFen: anyFen, quotaFen: anyFen.nullable() });
export const proposalsView = z.object({ year: z.number().int(), factor: text, items: z.array(proposal) }).meta({ id: 'QuotaProposals' });
const warning = z.object({ ...poolKey, period, level: z.enum(['yellow', 'red']), levelName: text, clearingFen: anyFen, heldFen: anyFen, rate: text.nullable(), at: epochMs });
export const warningsPage = page(warning, 'PrepaymentWarnings');

const account = z.object({
  id: z.number().int(), owner: text, division: text, purpose: keysOf(ACCOUNT_PURPOSES), purposeName: text, version: z.number().int(), holder: text, bankName: text, bankCode: text,
  accountMasked: text, validFrom: text, reviewedBy: text, caseNo: text, current: z.boolean(), at: epochMs, replacedAt: epochMs.nullable(),
});
export const accountsPage = page(account, 'BankAccounts');
const agency = z.object({
  agencyNo: text, version: z.number().int(), division: text, kind: keysOf(AGENCY_KINDS), kindName: text, name: text, address: text, phone: text, services: z.array(text),
  status: z.enum(['open', 'closed']), validFrom: text, caseNo: text, current: z.boolean(), at: epochMs,
});
export const agenciesPage = page(agency, 'Agencies');

const orderShape = {
  orderNo: text, kind: keysOf(ORDER_KINDS), kindName: text, payer: text, payerName: text, payee: text, payeeName: text, institution: text.nullable().meta({ description: '拨付定点机构时：机构编码' }), fund, fundName: text, period, batch: text.nullable(),
  payableFen: anyFen, deductionFen: anyFen, reserveFen: anyFen, drawnFen: anyFen, dueFen: anyFen, dueText: text.meta({ description: '实拨大写' }), paidFen: anyFen, receivedFen: anyFen,
  subject: text.nullable(), dueDate: text, state: keysOf(ORDER_STATES), stateName: text, stopReason: text.nullable(), caseNo: text, issuedAt: epochMs, voidedAt: epochMs.nullable(),
};
const paymentShape = {
  paymentNo: text, payer: text, payerName: text, payee: text, payeeName: text, institution: text.nullable(), fund, fundName: text, receiptNo: text, paidOn: text, amountFen: anyFen, amountText: text, state: keysOf(PAYMENT_STATES), stateName: text,
  receivedOn: text.nullable(), bouncedOn: text.nullable(), bounceReason: text.nullable(), traced: z.boolean(), paidCaseNo: text, receivedCaseNo: text.nullable(), at: epochMs,
};
const line = z.object({ lineNo: z.number().int(), payable: text.nullable(), payingCity: text, receivingCity: text, insutype: text.nullable(), payableFen: anyFen, deductionFen: anyFen, reserveFen: anyFen, drawnFen: anyFen, dueFen: anyFen, paidFen: anyFen, receivedFen: anyFen });
const split = z.object({ orderNo: text, lineNo: z.number().int(), fen: anyFen });
export const ordersPage = page(z.object(orderShape).meta({ id: 'PaymentOrderRow' }), 'PaymentOrders');
export const orderView = z
  .object({ ...orderShape, planNo: text.nullable(), payeeAccount: account, lines: z.array(line), payments: z.array(z.object({ paymentNo: text, paidOn: text, fen: anyFen, state: keysOf(PAYMENT_STATES), stateName: text })) })
  .meta({ id: 'PaymentOrder' });
export const paymentsPage = page(z.object(paymentShape).meta({ id: 'PaymentRow' }), 'Payments');
export const paymentView = z.object({ ...paymentShape, splits: z.array(split) }).meta({ id: 'Payment' });
export const draftView = z
  .object({
    batch: text, fund, period: period.nullable(), payee: text.nullable(), payableFen: anyFen, poolFen: anyFen.meta({ description: '预付金余额' }),
    payeeAccount: account.nullable(), items: z.array(z.object({ payable: text, payingCity: text, receivingCity: text, insutype: text, availableFen: anyFen })),
  })
  .meta({ id: 'DisbursementDraft' });

export const monthCheckQuery = z.strictObject({ batch: number });
const residual = z.object({ side: z.enum(['payer', 'care']), city: text, cityName: text, fund, fundName: text, clearingFen: anyFen, confirmedFen: anyFen, residualFen: anyFen });
export const monthCheckView = z
  .object({
    batch: text, period, equal: z.boolean().meta({ description: '所见范围内收付款确认之和等于清算' }), residuals: z.array(residual),
    items: z.array(z.object({ payable: text, payingCity: text, receivingCity: text, insutype: text, fund, clearingFen: anyFen, drawnFen: anyFen, confirmedFen: anyFen, arrivedFen: anyFen })),
  })
  .meta({ id: 'MonthCheck' });
export const institutionDraftQuery = z.strictObject({ batch: number, fund, payer: division });
export const institutionDraftView = z
  .object({
    batch: text, fund, period, payableFen: anyFen, deductionFen: anyFen, dueFen: anyFen, waitingFen: anyFen.meta({ description: '应收尚未到账、暂不能拨付的部分' }),
    items: z.array(z.object({ institution: text, institutionName: text, payableFen: anyFen, deductionFen: anyFen.meta({ description: '以前月份扣回' }), dueFen: anyFen, payeeAccount: account.nullable() })),
  })
  .meta({ id: 'InstitutionDraft' });

const issueShape = {
  issueNo: text, raisedBy: text, raisedByName: text, peer: text, peerName: text, category: keysOf(ISSUE_CATEGORIES), categoryName: text, urgency: keysOf(ISSUE_URGENCIES), urgencyName: text, title: text,
  state: keysOf(ISSUE_STATES), stateName: text, rounds: z.number().int(), openedAt: epochMs, dueAt: epochMs, overdue: z.boolean(), acceptedAt: epochMs.nullable(), firstAnsweredAt: epochMs.nullable(), closedAt: epochMs.nullable(), ending: keysOf(ISSUE_ENDINGS).nullable(), endingName: text.nullable(), reopens: text.nullable(),
};
export const issuePartiesView = z.object({ items: z.array(z.object({ slot: text, division: text, zh: text })) }).meta({ id: 'IssueParties' });
export const issuesPage = page(z.object(issueShape).meta({ id: 'IssueRow' }), 'Issues');
export const issueView = z
  .object({ ...issueShape, messages: z.array(z.object({ at: epochMs, act: text, actName: text, step: text.nullable(), round: z.number().int(), by: text.nullable(), opinion: text.nullable() })) })
  .meta({ id: 'Issue' });
const statistics = { total: z.number().int(), closed: z.number().int(), onTime: z.number().int(), late: z.number().int(), closedInOneRound: z.number().int(), rounds: z.number().int(), onTimeRate: text.nullable().meta({ description: '按时答复率，四位小数' }), averageRounds: text.nullable().meta({ description: '平均轮次，两位小数' }), silent: z.number().int().meta({ description: '自动关闭' }), ruled: z.number().int().meta({ description: '上级裁定' }), reopened: z.number().int().meta({ description: '重开' }) };
export const issueStatisticsView = z
  .object({ from: text, to: text, ...statistics, byUrgency: z.array(z.object({ urgency: keysOf(ISSUE_URGENCIES), urgencyName: text, ...statistics })), byPeer: z.array(z.object({ peer: text, peerName: text, ...statistics })) })
  .meta({ id: 'IssueStatistics' });
