import type { FundKey } from '../../domain/clearing/funds';
import type {
  ApprovalSheetData, ClearingHead, ClearingSummaryData, ClearingTableData, DisbursementDetailData, DisbursementOrderData, DocumentData, FundAmount, MovedOutData,
  NoticeData, PrepayBalanceData, PrepayVoucherData, Signers,
} from '../../domain/documents/data';
import { parseYuan } from '../../domain/money';

/** One document of each kind, small enough to be added up by hand. All persons and places are made up. */

export const AT = Date.parse('2026-11-22T02:30:00Z');
export const PROVINCE = { code: '990000', name: '示例省医疗保障经办机构' };
export const CITY_1 = { code: '990100', name: '示例一市' };
export const CITY_2 = { code: '990200', name: '示例二市' };
export const CITY_3 = { code: '990300', name: '示例三市' };
const BATCH = '990000-202610-1';

/** `1,234.56` yuan of a fund. */
export function of(fund: FundKey, yuan: string): FundAmount {
  return { fund, fen: parseYuan(yuan) };
}

const pool = (yuan: string): FundAmount => of('residentPool', yuan);

export const SIGNERS: Signers = {
  made: { name: '示例经办', at: AT - 3_600_000 },
  reviewed: { name: '示例复核', at: AT - 1_800_000 },
  approved: { name: '示例审批', at: AT },
};

const HEAD: ClearingHead = {
  office: PROVINCE, batchId: BATCH, period: '2026-10', round: 2, fund: 'residentPool', insutype: '390', parametersVersion: 1,
  cutOff: '2026-10-31', reconciledBy: '2026-11-20', signers: SIGNERS,
};

export const clearingPayable: ClearingTableData = {
  ...HEAD,
  city: CITY_1,
  rows: [
    { peer: CITY_2, kind: 'current', count: 3, settlements: 4, medfee: parseYuan('52000.00'), amount: pool('30000.01') },
    { peer: CITY_2, kind: 'contra', count: 1, settlements: 1, medfee: parseYuan('-2000.00'), amount: pool('-1000.00') },
    { peer: CITY_3, kind: 'current', count: 1, settlements: 1, medfee: parseYuan('800.00'), amount: pool('500.50') },
    { peer: CITY_3, kind: 'late', count: 1, settlements: 1, medfee: parseYuan('100.00'), amount: pool('60.00') },
    { peer: CITY_3, kind: 'deduction', count: 1, settlements: 1, medfee: parseYuan('0.00'), amount: pool('-10.51') },
  ],
  movedOut: { count: 1, amount: pool('77.00') },
  prepaid: pool('20000.00'),
  confirmed: { name: '示例市确认', at: AT - 7_200_000 },
};

export const clearingReceivable: ClearingTableData = {
  ...HEAD,
  city: CITY_2,
  rows: [
    { peer: CITY_1, kind: 'current', count: 3, settlements: 4, medfee: parseYuan('52000.00'), amount: pool('30000.01') },
    { peer: CITY_1, kind: 'contra', count: 1, settlements: 1, medfee: parseYuan('-2000.00'), amount: pool('-1000.00') },
  ],
  movedOut: { count: 0, amount: pool('0.00') },
  prepaid: null,
  confirmed: null,
};

export const clearingSummary: ClearingSummaryData = {
  ...HEAD,
  rows: [
    { city: CITY_1, payable: pool('29550.00'), receivable: pool('0.00') },
    { city: CITY_2, payable: pool('100.00'), receivable: pool('29000.01') },
    { city: CITY_3, payable: pool('0.00'), receivable: pool('649.99') },
  ],
};

export const paymentNotice: NoticeData = {
  office: PROVINCE, city: CITY_1, batchId: BATCH, period: '2026-10', fund: 'residentPool',
  rows: [
    { peer: CITY_2, insutype: '390', amount: pool('29000.01') },
    { peer: CITY_3, insutype: '390', amount: pool('549.99') },
  ],
  payee: { name: '示例省医保清算户', bank: '示例银行示例支行', accountNo: '990000123456784321' },
  dueDate: '2026-12-12', basis: '依据：示例清算办法。', contact: '示例省医疗保障经办机构 0990-0000000', signers: SIGNERS,
};

export const receiptNotice: NoticeData = { ...paymentNotice, city: CITY_2, rows: [{ peer: CITY_1, insutype: '390', amount: pool('29000.01') }], payee: null };

export const disbursementOrder: DisbursementOrderData = {
  office: { code: '990100', name: '示例一市医疗保障经办机构' },
  orderNo: '990100-BF-202611-000001', batchId: BATCH, period: '2026-10', fund: 'residentPool', subject: '待遇支出', planNo: 'YK2026110001',
  payeeOffice: PROVINCE, payee: { name: '示例省医保清算户', bank: '示例银行示例支行', accountNo: '990000123456784321' },
  payable: pool('29550.00'), deduction: pool('50.00'), reserve: pool('1500.00'), drawn: pool('20000.00'), due: pool('8000.00'), dueDate: '2026-12-12',
  lines: [
    { payableId: `${BATCH}-00001`, receiving: CITY_2, insutype: '390', payable: pool('29000.01'), deduction: pool('50.00'), reserve: pool('1500.00'), drawn: pool('20000.00'), due: pool('7450.01') },
    { payableId: `${BATCH}-00002`, receiving: CITY_3, insutype: '390', payable: pool('549.99'), deduction: pool('0.00'), reserve: pool('0.00'), drawn: pool('0.00'), due: pool('549.99') },
  ],
  signers: { ...SIGNERS, inspected: { name: '示例审查', at: AT - 900_000 } },
};

export const disbursementDetail: DisbursementDetailData = {
  office: PROVINCE, orderNo: '990000-ZF-202611-000001', institution: { code: 'H99020000001', name: '示例市第一医院' }, period: '2026-10', fund: 'residentPool',
  rows: [
    { insutype: '390', settlements: 4, medfee: parseYuan('52000.00'), owed: pool('30000.01'), deduction: pool('50.00'), reason: '协议扣款 1 笔' },
    { insutype: '391', settlements: 1, medfee: parseYuan('300.00'), owed: pool('99.99'), deduction: pool('0.00'), reason: '' },
  ],
  signers: SIGNERS,
};

export const prepayVoucher: PrepayVoucherData = {
  office: PROVINCE, city: CITY_1, kind: 'annual', orderNo: '990100-SJ-202601-000001', year: 2026, fund: 'residentPool', quotaVersion: 1, caseNo: 'xr-prepay-payin-990000-2026-0001',
  quotaBefore: pool('40000.00'), quotaAfter: pool('60000.00'), paidBefore: pool('40000.00'), amount: pool('20000.00'),
  payer: { code: '990100', name: '示例一市医疗保障经办机构' }, payeeOffice: PROVINCE,
  payee: { name: '示例省医保预付金户', bank: '示例银行示例支行', accountNo: '990000123456785678' }, dueDate: '2026-12-20', signers: { ...SIGNERS, approved: null },
};

export const prepayBalance: PrepayBalanceData = {
  office: PROVINCE, period: '2026-10', fund: 'residentPool',
  rows: [
    { city: CITY_1, opening: pool('40000.00'), paidIn: pool('20000.00'), replenished: pool('0.00'), used: pool('20000.00'), returned: pool('0.00'), closing: pool('40000.00'), rate: '0.7388', level: 'yellow' },
    { city: CITY_2, opening: pool('1000.00'), paidIn: pool('0.00'), replenished: pool('500.00'), used: pool('1400.00'), returned: pool('0.00'), closing: pool('100.00'), rate: '0.9312', level: 'red' },
    { city: CITY_3, opening: pool('0.00'), paidIn: pool('0.00'), replenished: pool('0.00'), used: pool('0.00'), returned: pool('0.00'), closing: pool('0.00'), rate: null, level: 'normal' },
  ],
  signers: { made: null, reviewed: null, approved: null },
};

export const movedOut: MovedOutData = {
  office: PROVINCE, batchId: BATCH, period: '2026-10', round: 2, fund: 'residentPool', signers: SIGNERS, city: CITY_1, part: 1, parts: 1,
  rows: [
    { setlId: 'S990200000000000000001', insutype: '390', date: '2026-10-03', institution: 'H99020000001', amount: pool('77.00'), reasonCode: 'identity', reason: '当日不在参保状态', movedTo: '2026-11' },
    { setlId: 'S990300000000000000002', insutype: '390', date: '2026-10-05', institution: 'H99030000001', amount: pool('12.30'), reasonCode: 'amount', reason: '金额有疑', movedTo: null },
  ],
};

export const approvalSheet: ApprovalSheetData = {
  office: PROVINCE, caseNo: 'xr-clear-monthly-990000-2026-0001', title: '月度清算 2026-10', status: '已生效', effective: true, round: 2, openedAt: AT - 86_400_000, endedAt: AT,
  form: [
    { zh: '清算月份', value: '2026-10', changed: false, before: null },
    { zh: '说明', value: '按参数第 1 版生成', changed: true, before: '按默认参数生成' },
  ],
  chain: [
    { at: AT - 86_400_000, step: '经办', act: '提交', by: '示例经办', forWhom: null, opinion: '', round: 1 },
    { at: AT - 80_000_000, step: '初审', act: '退回补正', by: '示例初审', forWhom: null, opinion: '请按新参数生成', round: 1 },
    { at: AT - 3_600_000, step: '经办', act: '补正', by: '示例经办', forWhom: null, opinion: '', round: 2 },
    { at: AT, step: '审批', act: '同意', by: '示例审批', forWhom: '示例主任', opinion: '同意', round: 2 },
  ],
};

export const ALL: { readonly [Kind in keyof DocumentData]: DocumentData[Kind] } = {
  clearingPayable, clearingReceivable, clearingSummary, paymentNotice, receiptNotice, disbursementOrder, disbursementDetail, prepayVoucher, prepayBalance, movedOut, approvalSheet,
};

export const HASH = 'ab'.repeat(32);
export const NUMBER = '990000-YF-202611-000042';
export const ISSUED = { number: NUMBER, hash: HASH, qr: `https://anjie.example/v1/documents/${NUMBER}/verify?hash=${HASH}`, replaces: null, issued: { name: '示例开具', at: AT }, voided: null } as const;
