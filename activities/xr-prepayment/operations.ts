import type { EntityManager } from 'typeorm';
import { addDays, formatDate, yearOf } from '../../domain/calendar';
import type { FundKey } from '../../domain/clearing/funds';
import type { Refusal } from '../../domain/commands';
import { add, min, type Fen } from '../../domain/money';
import { isRefusal, refusal } from '../../domain/refusal';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import type { PaymentOrder, PrepayQuota } from '../../store/entities';
import { fenIn, fundIn, integerIn, optionalText, rowsIn, textIn } from '../disbursement/form';
import { ownOrder, voidingOf } from '../disbursement/operations';
import { issueVoucher } from '../documents/prepayment';
import { voidDocumentAbout } from '../documents/void';
import type { OperationContext, RegisterOperation, RegisterOperations } from '../office-case/operations';
import { divisionTree } from '../people/divisions';
import { accountUndo, agency, agencyUndo, cityBank, instAccount } from './base';
import { openDifferenceCase } from './difference-case';
import { issuePayIn, issueReturn, payInProblem, returnProblem, voidPrepayment, type Prepayment } from './pay-in';
import { currentQuota, proposalOf, quotasToRestore, restoreQuotas, setQuota } from './quota';
import { quotaMaker } from './temporary';
import { useRateOf } from './use-rate';

interface QuotaRow {
  readonly city: string;
  readonly fund: FundKey;
  readonly quota: Fen;
}

/** 年度额度调整: a version a city and fund, with the difference that it makes. */
const annual: RegisterOperation = {
  check: annualProblem,
  apply: async (manager, context) => {
    const problem = await annualProblem(manager, context);
    if (problem) return problem;
    const { division: province, caseNo, now: at } = context;
    const year = integerIn(context.form, 'year');
    const set: PrepayQuota[] = [];
    const opened: string[] = [];
    for (const { city, fund, quota } of quotaRows(context)) {
      const { proposed } = await proposalOf(manager, { city, fund }, year);
      const version = await setQuota(manager, { city, fund, province, year, kind: 'annual', proposed, caseNo, at }, () => quota);
      const drafted = await openDifferenceCase(manager, version, makerOf(context), prepaymentRules.payInDays);
      if (isRefusal(drafted)) return drafted;
      set.push(version);
      if (drafted !== null) opened.push(drafted);
    }
    return { result: { ...shownQuotas(set), opened } };
  },
};

/** Rows in the order in which their pools are locked. */
function quotaRows({ form }: OperationContext): QuotaRow[] {
  return rowsIn(form, 'quotas')
    .map((row) => ({ city: textIn(row, 'city'), fund: fundIn(row, 'fund'), quota: fenIn(row, 'quotaFen') }))
    .sort((a, b) => (`${a.city}/${a.fund}` < `${b.city}/${b.fund}` ? -1 : 1));
}

async function annualProblem(manager: EntityManager, context: OperationContext): Promise<Refusal | null> {
  const rows = quotaRows(context);
  const year = integerIn(context.form, 'year');
  const thisYear = yearOf(formatDate(context.now));
  const doubled = new Set(rows.map(({ city, fund }) => `${city}/${fund}`)).size !== rows.length;
  if (rows.length === 0 || doubled || rows.some(({ quota }) => quota < 0)) return refusal('PREPAY_QUOTA_INVALID');
  if (year < thisYear || year > thisYear + 1) return refusal('PREPAY_QUOTA_INVALID', '年度须为今年或明年。');
  const tree = await divisionTree(manager, context.now);
  const stray = rows.find(({ city }) => tree.parentOf(city) !== context.division);
  return stray ? refusal('PREPAY_CITY_INVALID', `${stray.city} 不是本省的市州。`) : null;
}

function makerOf({ actors }: OperationContext): string {
  const maker = actors.find(({ act }) => act === 'submit');
  if (!maker) throw new Error('nobody has submitted the case');
  return maker.userId;
}

function shownQuotas(set: readonly PrepayQuota[]): object {
  return { quotas: set.map(({ city, fund, year, version, beforeFen, quotaFen, differenceFen }) => ({ city, fund, year, version, beforeFen, quotaFen, differenceFen })) };
}

/** 调整撤销, of an annual quota or an emergency increase. */
const quotaUndo: RegisterOperation = {
  check: async (manager, { form, division, now }) => {
    const set = await quotasToRestore(manager, textIn(form, 'of'), await provinceOf(manager, division, now));
    return isRefusal(set) ? set : null;
  },
  apply: async (manager, { form, division, caseNo, now }) => {
    const province = await provinceOf(manager, division, now);
    const restored = await restoreQuotas(manager, textIn(form, 'of'), province, caseNo, now);
    return isRefusal(restored) ? restored : { result: shownQuotas(restored) };
  },
};

async function prepaymentOf(manager: EntityManager, { form, division: province, caseNo, now }: OperationContext): Promise<Prepayment | Refusal> {
  const city = textIn(form, 'city');
  const tree = await divisionTree(manager, now);
  if (tree.parentOf(city) !== province) return refusal('PREPAY_CITY_INVALID');
  const dueDate = optionalText(form, 'dueDate') ?? addDays(formatDate(now), prepaymentRules.payInDays);
  return { province, city, fund: fundIn(form, 'fund'), amount: fenIn(form, 'amountFen'), dueDate, caseNo, at: now };
}

/** An operation on a prepayment of a city of the province whose case it is. */
function prepaymentOperation(
  problem: (manager: EntityManager, prepayment: Prepayment) => Promise<Refusal | null>,
  issue: (manager: EntityManager, prepayment: Prepayment) => Promise<Refusal | PaymentOrder>,
): RegisterOperation {
  return {
    check: async (manager, context) => {
      const prepayment = await prepaymentOf(manager, context);
      return isRefusal(prepayment) ? prepayment : problem(manager, prepayment);
    },
    apply: async (manager, context) => {
      const prepayment = await prepaymentOf(manager, context);
      const order = isRefusal(prepayment) ? prepayment : await issue(manager, prepayment);
      if (isRefusal(order)) return order;
      const voucher = await issueVoucher(manager, order, context);
      if (isRefusal(voucher)) return voucher;
      const { orderNo, dueFen, dueDate } = order;
      return { result: { orderNo, document: voucher.number, amountFen: dueFen, dueDate } };
    },
  };
}

/** 作废 of a voucher of prepayment. */
const voucherUndo: RegisterOperation = {
  check: async (manager, context) => {
    const order = await ownOrder(manager, context, ['payIn', 'return']);
    if (isRefusal(order)) return order;
    if (order.voidedAt !== null) return refusal('ORDER_VOID');
    return order.paidFen > 0 ? refusal('ORDER_PAID') : null;
  },
  apply: async (manager, context) => {
    const order = await ownOrder(manager, context, ['payIn', 'return']);
    if (isRefusal(order)) return order;
    const problem = await voidPrepayment(manager, order, context.now);
    if (problem) return problem;
    const document = await voidDocumentAbout(manager, 'prepayVoucher', order.orderNo, voidingOf(context));
    return { result: { orderNo: order.orderNo, document, state: 'void' } };
  },
};

/** 紧急额度调增: the quota in force goes up by the amount, for the rest of its year. */
const emergency: RegisterOperation = {
  check: emergencyProblem,
  apply: async (manager, context) => {
    const problem = await emergencyProblem(manager, context);
    if (problem) return problem;
    const { form, caseNo, now: at } = context;
    const key = { city: textIn(form, 'city'), fund: fundIn(form, 'fund') };
    const province = await provinceOf(manager, key.city, at);
    const year = (await currentQuota(manager, key))?.year ?? yearOf(formatDate(at));
    const amount = fenIn(form, 'amountFen');
    const quota = await setQuota(manager, { ...key, province, year, kind: 'emergency', proposed: null, caseNo, at }, (before) => add(before, amount));
    const opened = await openEmergencyPayIn(manager, quota, amount, context);
    if (isRefusal(opened)) return opened;
    return { result: { ...shownQuotas([quota]), opened, payBy: addDays(formatDate(at), prepaymentRules.emergencyPayInDays) } };
  },
};

/**
 * Opens the pay-in of an increase, with its short term, as a draft: of the same maker where the province applied, else of the
 * province's maker of the annual quota, since a city's people make no case of the province. Returns the numbers of what it opened.
 */
async function openEmergencyPayIn(manager: EntityManager, quota: PrepayQuota, amount: Fen, context: OperationContext): Promise<string[] | Refusal> {
  const makerId = context.division === quota.province ? makerOf(context) : await quotaMaker(manager, quota);
  const differenceFen = min(amount, quota.differenceFen);
  if (makerId === null || differenceFen <= 0) return [];
  const opened = await openDifferenceCase(manager, { ...quota, differenceFen }, makerId, prepaymentRules.emergencyPayInDays);
  return opened === null ? [] : isRefusal(opened) ? opened : [opened];
}

async function emergencyProblem(manager: EntityManager, { form, division, now }: OperationContext): Promise<Refusal | null> {
  const key = { city: textIn(form, 'city'), fund: fundIn(form, 'fund') };
  const tree = await divisionTree(manager, now);
  if (tree.find(key.city)?.level !== 'city' || !tree.isWithin(key.city, division)) return refusal('PREPAY_CITY_INVALID');
  if (fenIn(form, 'amountFen') <= 0) return refusal('PREPAY_QUOTA_INVALID', '调增额度须大于零。');
  if (!(await currentQuota(manager, key))) return refusal('PREPAY_QUOTA_MISSING');
  if (!prepaymentRules.emergencyOnlyAtRed) return null;
  const { level, rate } = await useRateOf(manager, { ...key, province: tree.rootOf(key.city), period: textIn(form, 'period') });
  return level === 'red' ? null : refusal('PREPAY_NOT_RED', `使用率 ${rate ?? '0.0000'}，未到红色预警，不能申请紧急调增。`);
}

async function provinceOf(manager: EntityManager, division: string, at: number): Promise<string> {
  return (await divisionTree(manager, at)).rootOf(division);
}

export const prepaymentOperations: RegisterOperations = {
  'xrBase.cityBank': cityBank,
  'xrBase.instAccount': instAccount,
  'xrBase.accountUndo': accountUndo,
  'xrBase.agency': agency,
  'xrBase.agencyUndo': agencyUndo,
  'prepay.annual': annual,
  'prepay.quotaUndo': quotaUndo,
  'prepay.payIn': prepaymentOperation(payInProblem, issuePayIn),
  'prepay.return': prepaymentOperation(returnProblem, issueReturn),
  'prepay.voucherUndo': voucherUndo,
  'prepay.emergency': emergency,
};
