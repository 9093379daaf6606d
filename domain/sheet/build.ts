import { isAccountRow } from '../benefits/invariants';
import type { SettlementKind } from '../admission/types';
import { amountInWords } from '../amount-in-words';
import { ageOn, dateOf, dateProblem, daysBetween, formatDateTime } from '../calendar';
import { checkIdNumber, maskIdNumber } from '../identity';
import { add, subtract, type Fen } from '../money';
import { labelOf } from '../../schemas/national/code-tables';
import { feeTable, lineGroups } from './fees';
import type { SheetInput, SheetPerson, SheetSettlement, SheetStay } from './input';
import type { FundTable, Head, SheetModel } from './model';
import { burdenRows, paymentRows } from './money-rows';
import { printable } from './text';

const TITLE = '医疗保险住院费用结算单';
const SELF_PAY_TITLE = '住院费用结算单';
const MARKS: Readonly<Record<SettlementKind, readonly string[]>> = { interim: ['中途结算'], final: [], selfPay: ['自费'] };
/** The store keeps this much of setl_proc_info. */
const KEPT_STEPS = 500;
const LEVELS = { '1': '一级', '2': '二级', '3': '三级' } as const;

/** Builds the settlement sheet (医疗保险住院费用结算单). Pure: the same rows always give the same sheet. */
export function buildSheet(input: SheetInput): SheetModel {
  const { settlement, printed } = input;
  return {
    institution: printable(input.institution.name),
    title: settlement.kind === 'selfPay' ? SELF_PAY_TITLE : TITLE,
    marks: [
      ...MARKS[settlement.kind],
      ...(printed.no !== null && printed.no > 1 ? [`补打（第 ${printed.no} 次打印）`] : []),
    ],
    ...stampOf(settlement),
    setlId: printable(settlement.setlId),
    heads: headsOf(input),
    fees: feeTable(input.fees, settlement),
    funds: fundTable(input),
    burden: burdenRows(settlement),
    payment: paymentRows(input),
    words: [
      { label: '医疗费总额', amount: settlement.medfee_sumamt, words: amountInWords(settlement.medfee_sumamt) },
      { label: '基金支付合计', amount: settlement.fund_pay_sumamt, words: amountInWords(settlement.fund_pay_sumamt) },
      { label: '个人现金支付', amount: settlement.psn_cash_pay, words: amountInWords(settlement.psn_cash_pay) },
    ],
    lines: input.lines && lineGroups(input.lines),
    foot: {
      by: printable(printed.by),
      at: formatDateTime(printed.at),
      source: sourceOf(settlement),
    },
  };
}

function sourceOf({ kind, infno, msgid }: SheetSettlement): string {
  if (kind === 'selfPay') return '数据来源：本院费用明细；自费结算，不经医保支付，可凭上表逐项复核。';
  const message = `交易 ${printable(infno)}，报文 ${printable(msgid)}`;
  return `数据来源：国家医保信息平台结算应答，${message}。个人自付、个人自费按平台结算金额计算，可凭上表逐项复核。`;
}

function stampOf(settlement: SheetSettlement): Pick<SheetModel, 'stamp' | 'stampNote'> {
  if (settlement.status === 'live') return { stamp: null, stampNote: null };
  if (settlement.status === 'held') {
    return { stamp: '金额待确认', stampNote: '医保中心的结算金额与预结算不一致，经确认后方可作为收付凭据。' };
  }
  const { at, setlId } = settlement.cancelled ?? { at: null, setlId: null };
  const when = at === null ? '' : `于 ${formatDateTime(at)} `;
  const by = setlId === null ? '' : `（退费结算号 ${printable(setlId)}）`;
  return { stamp: '作废', stampNote: `本次结算已${when}撤销${by}，不作为收付和报销凭据。` };
}

function headsOf({ institution, stay, person: answered, settlement }: SheetInput): Head[] {
  const person = { ...personOfNumber(stay.certno, dateOf(settlement.setlTime)), ...answered };
  const fields: readonly (readonly [string, string | null, boolean?])[] = [
    ['姓名', stay.patientName],
    ['性别', person.gend === undefined ? null : labelOf('gend', person.gend).replace(/性$/, '')],
    ['年龄', ageText(person, stay)],
    ['证件号码', stay.certno === null ? null : maskIdNumber(stay.certno)],
    ['人员编号', stay.psnNo],
    ['人员类别', person.psn_type === undefined ? null : labelOf('psn_type', person.psn_type)],
    ['险种', settlement.kind === 'selfPay' ? '自费' : labelOf('insutype', settlement.insutype)],
    ['医疗类别', labelOf('med_type', stay.medType)],
    ['参保地', stay.insuplcAdmdvs],
    ['住院号', stay.iptNo],
    ['就诊号', stay.mdtrtId],
    ['医院等级', institution.level === null ? null : LEVELS[institution.level]],
    ['入院时间', stay.admittedAt?.slice(0, 16) ?? null],
    ['出院时间', stay.dischargedAt?.slice(0, 16) ?? '在院'],
    ['住院天数', daysText(stay, settlement)],
    ['科室床位', [stay.department, stay.bed].filter((part) => part !== null).join(' ') || null],
    ['结算号', settlement.setlId],
    ['结算时间', settlement.setlTime],
    ['出院诊断', stay.diagnosis, true],
  ];
  return fields.map(([label, value, wide]) => ({ label, value: printable(value ?? '—'), ...(wide ? { wide } : {}) }));
}

/** What an identity number says; nothing where it is another document. */
function personOfNumber(certno: string | null, today: string): SheetPerson {
  const check = checkIdNumber(certno, today);
  return check.ok ? { gend: check.gend, brdy: check.birthDate } : {};
}

function ageText({ brdy }: SheetPerson, { admittedAt }: SheetStay): string | null {
  if (brdy === undefined || dateProblem(brdy) !== null || admittedAt === null) return null;
  return `${ageOn(brdy, dateOf(admittedAt))} 岁`;
}

/** The day of admission counts, that of the discharge does not; a stay has at least one. */
function daysText({ admittedAt, dischargedAt }: SheetStay, { setlTime }: SheetSettlement): string | null {
  if (admittedAt === null) return null;
  const days = daysBetween(dateOf(admittedAt), dateOf(dischargedAt ?? setlTime));
  return `${Math.max(days, 1)} 天`;
}

function fundTable({ funds, settlement, accountInFundSum }: SheetInput): FundTable {
  const answered = funds.filter((fund) => !isAccountRow(fund.fund_pay_type));
  const rows = answered.map((fund) => ({
    code: fund.fund_pay_type,
    name: printable(fund.fund_pay_type_name ?? labelOf('fund_pay_type', fund.fund_pay_type)),
    amount: fund.fund_payamt,
    steps: stepsOf(fund.setl_proc_info),
  }));
  const accounts = subtract(settlement.psn_part_amt, settlement.psn_cash_pay);
  return {
    rows: rows.length > 0 ? rows : fundsOfAmounts(settlement),
    total: settlement.fund_pay_sumamt,
    totalWithAccount: accountInFundSum ? add(settlement.fund_pay_sumamt, accounts) : null,
  };
}

const FUNDS: readonly (readonly [(settlement: SheetSettlement) => Fen, string])[] = [
  [(s) => s.hifp_pay, '基本医疗保险统筹基金'],
  [(s) => s.cvlserv_pay, '公务员医疗补助'],
  [(s) => s.hifes_pay, '企业补充医疗保险'],
  [(s) => s.hifmi_pay, '居民大病保险'],
  [(s) => s.hifob_pay, '职工大额医疗费用补助'],
  [(s) => s.hifdm_pay, '伤残人员医疗保障基金'],
  [(s) => s.maf_pay, '医疗救助'],
  [(s) => s.oth_pay, '其他支出'],
];

/** Some platforms answer no fund rows; the amounts of SETLINFO name the funds as well. */
function fundsOfAmounts(settlement: SheetSettlement): FundTable['rows'] {
  return FUNDS.map(([amountOf, name]) => ({ code: '', name, amount: amountOf(settlement), steps: [] })).filter(({ amount }) => amount !== 0);
}

/** The steps of setl_proc_info; one that the store had to cut off says so. */
function stepsOf(info: string | null): string[] {
  const steps = (info ?? '').split('；').map(printable).filter((step) => step !== '');
  const last = steps.at(-1);
  return info !== null && info.length >= KEPT_STEPS && last !== undefined ? [...steps.slice(0, -1), `${last}…（过长，略）`] : steps;
}
