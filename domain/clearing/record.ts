import { dateProblem, dateTimeProblem } from '../calendar';
import { add, type Fen, ZERO } from '../money';
import { fundOf, type FundKey } from './funds';

/** What a line of an intake is: a settlement, the reversal of one, or a deduction from one. */
export const RECORD_TYPES = { S: '结算', R: '撤销', D: '扣款' } as const;
export type RecordType = keyof typeof RECORD_TYPES;

/** One line of an intake, as it was read. Amounts in fen; those of reversals and deductions are negative. */
export interface XrRecord {
  readonly recordType: RecordType;
  readonly setl_id: string;
  readonly msgid: string;
  /** admdvs of the insured and of the care place. */
  readonly insuplc_admdvs: string;
  readonly mdtrtarea_admdvs: string;
  readonly fixmedins_code: string;
  readonly psn_no: string;
  readonly insutype: string;
  readonly med_type: string;
  readonly setl_time: string;
  readonly businessDate: string;
  readonly reconciledDate: string;
  readonly dise_codg: string;
  readonly medfee_sumamt: Fen;
  readonly psn_cash_pay: Fen;
  /** Cost structure: wholly own cost, above the price limit, first-own share, within the scope. */
  readonly fulamt_ownpay_amt: Fen;
  readonly overlmt_selfpay: Fen;
  readonly preselfpay_amt: Fen;
  readonly inscp_scp_amt: Fen;
  /** setl_id of the settlement that is reversed or deducted from; empty for a settlement. */
  readonly reversalOf: string;
  readonly funds: readonly { readonly fund_pay_type: string; readonly fund_payamt: Fen }[];
}

export type RecordFaultCode =
  | 'XR_FIELD_INVALID'
  | 'XR_SAME_CITY'
  | 'XR_FUND_UNKNOWN'
  | 'XR_SIGN_WRONG'
  | 'XR_AMOUNTS_UNBALANCED'
  | 'XR_ORIGINAL_MISSING';

export interface RecordFault {
  readonly code: RecordFaultCode;
  readonly field: string;
}

const ID = /^[0-9A-Za-z_-]{1,30}$/;
const ADMDVS = /^\d{6}$/;
const CODE = /^[0-9A-Za-z]{1,6}$/;
const FIXMEDINS = /^[0-9A-Za-z]{1,12}$/;
const DISEASE = /^[0-9A-Za-z.+*/-]{0,30}$/;

/** Texts by the form that they must have. */
const FORMS: readonly (readonly [keyof XrRecord, RegExp])[] = [
  ['setl_id', ID],
  ['msgid', ID],
  ['insuplc_admdvs', ADMDVS],
  ['mdtrtarea_admdvs', ADMDVS],
  ['fixmedins_code', FIXMEDINS],
  ['psn_no', ID],
  ['insutype', CODE],
  ['med_type', CODE],
  ['dise_codg', DISEASE],
];

const STRUCTURE = ['fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt'] as const;

/** City of a place: 990102 lies in 990100. */
export function cityOf(admdvs: string): string {
  return `${admdvs.slice(0, 4)}00`;
}

/** Province of a place. */
export function provinceOf(admdvs: string): string {
  return `${admdvs.slice(0, 2)}0000`;
}

/** The office above the provinces, which clears between them. */
export const NATIONAL_OFFICE = '000000';

/** The office that clears between two places: their province, or the national one between provinces. */
export function clearingOffice(a: string, b: string): string {
  return provinceOf(a) === provinceOf(b) ? provinceOf(a) : NATIONAL_OFFICE;
}

/** What is wrong with a record by itself, or null. */
export function recordFault(record: XrRecord): RecordFault | null {
  return formFault(record) ?? amountFault(record);
}

function formFault(record: XrRecord): RecordFault | null {
  if (!Object.hasOwn(RECORD_TYPES, record.recordType)) return invalid('recordType');
  for (const [name, form] of FORMS) if (!form.test(record[name] as string)) return invalid(name);
  if (dateTimeProblem(record.setl_time)) return invalid('setl_time');
  if (dateProblem(record.businessDate)) return invalid('businessDate');
  if (dateProblem(record.reconciledDate) || record.reconciledDate < record.businessDate) return invalid('reconciledDate');
  if (cityOf(record.insuplc_admdvs) === cityOf(record.mdtrtarea_admdvs)) return { code: 'XR_SAME_CITY', field: 'mdtrtarea_admdvs' };
  if (record.recordType === 'S') return record.reversalOf === '' ? null : invalid('reversalOf');
  return ID.test(record.reversalOf) ? null : { code: 'XR_ORIGINAL_MISSING', field: 'reversalOf' };
}

/** Amounts of a settlement are not below zero, those of a correction not above; parts and cash make up the total. */
function amountFault(record: XrRecord): RecordFault | null {
  const sign = record.recordType === 'S' ? 1 : -1;
  const wrong = (amount: Fen): boolean => amount * sign < 0;
  if (record.funds.length > 20) return invalid('funds');
  for (const { fund_pay_type, fund_payamt } of record.funds) {
    if (fundOf(fund_pay_type) === null) return { code: 'XR_FUND_UNKNOWN', field: 'funds' };
    if (wrong(fund_payamt)) return { code: 'XR_SIGN_WRONG', field: 'funds' };
  }
  for (const name of ['medfee_sumamt', 'psn_cash_pay', ...STRUCTURE] as const) {
    if (wrong(record[name])) return { code: 'XR_SIGN_WRONG', field: name };
  }
  const parts = add(record.psn_cash_pay, ...record.funds.map(({ fund_payamt }) => fund_payamt));
  return parts === record.medfee_sumamt ? null : { code: 'XR_AMOUNTS_UNBALANCED', field: 'medfee_sumamt' };
}

function invalid(field: string): RecordFault {
  return { code: 'XR_FIELD_INVALID', field };
}

/** What each fund is owed for by a record, funds of several codes added up; without what nobody owes. */
export function owedParts(record: Pick<XrRecord, 'funds'>): { fund: FundKey; fen: Fen }[] {
  const parts = new Map<FundKey, Fen>();
  for (const { fund_pay_type, fund_payamt } of record.funds) {
    const fund = fundOf(fund_pay_type);
    if (fund === null || fund === 'notOwed' || fund_payamt === 0) continue;
    parts.set(fund, add(parts.get(fund) ?? ZERO, fund_payamt));
  }
  return [...parts].map(([fund, fen]) => ({ fund, fen }));
}
