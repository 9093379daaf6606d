import { checkIdNumber } from '../identity';
import type { Fen } from '../money';
import type { OutcomeCode } from '../outcomes';
import type { Category, MonthNo, PayerKind } from './types';

/** Columns of a register file (登记名册): `U` rows are units and use the first group after the mark, `P` rows are persons. */
export const REGISTER_COLUMNS = [
  'record_type', 'division', 'unit_no', 'unit_name', 'uscc', 'tax_reg_no', 'taxdept_code', 'special', 'agreement',
  'psn_no', 'insutype', 'payer_kind', 'category', 'base', 'from_month', 'through_month', 'town_code', 'psn_name', 'cert_type', 'certno',
] as const;
export type RegisterColumn = (typeof REGISTER_COLUMNS)[number];

/** A row as it stood in the file: the text of each column but the base, which is read on the way. */
export interface RawRow {
  readonly text: Readonly<Record<Exclude<RegisterColumn, 'base'>, string>>;
  /** fen; null where none was given, `unreadable` for what is no amount. */
  readonly base: Fen | null | 'unreadable';
}

export interface UnitRow {
  readonly kind: 'unit';
  readonly unitNo: string;
  readonly name: string;
  readonly uscc: string;
  readonly taxRegNo: string | null;
  readonly taxdeptCode: string;
  readonly special: number;
  readonly agreement: number;
}

export interface PersonRow {
  readonly kind: 'person';
  readonly psnNo: string;
  readonly insutype: string;
  readonly payerKind: PayerKind;
  readonly unitNo: string | null;
  readonly category: Category;
  readonly baseFen: Fen | null;
  readonly fromMonth: MonthNo;
  readonly throughMonth: MonthNo | null;
  readonly agreement: number;
  readonly townCode: string | null;
  readonly psn_name: string;
  readonly cert_type: string;
  readonly certno: string;
}

/** What is wrong with a row. The sentence is Chinese and shows nothing personal. */
export interface RowFault {
  readonly code: Extract<OutcomeCode, `CONTRIB_ROW_${string}`>;
  readonly text: string;
}

export interface RowContext {
  /** Division whose register it is. */
  readonly division: string;
  /** yyyy-MM-dd. */
  readonly today: string;
  readonly insutypes: ReadonlySet<string>;
}

const CODE = /^[A-Za-z0-9]{1,20}$/;
const NAME = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u;
const MONTH = /^(19|20|21)\d{2}(0[1-9]|1[0-2])$/;
const FLAG = /^[01]$/;
const PAYS: Readonly<Record<PayerKind, readonly Category[]>> = { 1: ['active', 'retired', 'aided'], 2: ['active', 'retired', 'aided'], 3: ['resident', 'aided'] };
/** Resident identity card. */
const ID_CARD = '01';

/** What a row is about, by which doubles within a file are found. */
export function rowKey({ text }: RawRow): string {
  return text.record_type === 'U' ? `U/${text.unit_no}` : `P/${text.psn_no}/${text.insutype}`;
}

/** The number by which a rejected row is named; empty where it has none that is fit to be shown. */
export function subjectOf({ text }: RawRow): string {
  const number = text.record_type === 'U' ? text.unit_no : text.psn_no;
  return CODE.test(number) ? number : '';
}

/** Reads a row; all that is wrong with it, where something is. Whether its unit is known is asked elsewhere. */
export function readRegisterRow(raw: RawRow, context: RowContext): UnitRow | PersonRow | readonly RowFault[] {
  const { text } = raw;
  const faults: RowFault[] = [];
  const need = (fits: boolean, field: string, words: string): void => {
    if (!fits) faults.push({ code: 'CONTRIB_ROW_FIELD', text: `${field} ${words}。` });
  };
  if (text.record_type !== 'U' && text.record_type !== 'P') return [{ code: 'CONTRIB_ROW_FIELD', text: 'record_type 应为 U（单位）或 P（人员）。' }];
  if (text.division !== context.division) faults.push({ code: 'CONTRIB_ROW_DIVISION', text: 'division 不是本文件的辖区。' });
  need(FLAG.test(text.agreement), 'agreement', '应为 0 或 1');
  const row = text.record_type === 'U' ? readUnit(text, need) : readPerson(raw, context, need, faults);
  return faults.length > 0 ? faults : row;
}

type Need = (fits: boolean, field: string, words: string) => void;

function readUnit(text: RawRow['text'], need: Need): UnitRow {
  need(CODE.test(text.unit_no), 'unit_no', '应为 1 至 20 位字母或数字');
  need(text.unit_name.length <= 100 && NAME.test(text.unit_name), 'unit_name', '应为 1 至 100 个字符');
  need(/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text.uscc), 'uscc', '应为 18 位统一社会信用代码');
  need(text.tax_reg_no === '' || CODE.test(text.tax_reg_no), 'tax_reg_no', '应为至多 20 位字母或数字');
  need(/^\d{11}$/.test(text.taxdept_code), 'taxdept_code', '应为 11 位税务机关代码');
  need(FLAG.test(text.special), 'special', '应为 0 或 1');
  return {
    kind: 'unit', unitNo: text.unit_no, name: text.unit_name, uscc: text.uscc, taxRegNo: text.tax_reg_no || null, taxdeptCode: text.taxdept_code,
    special: Number(text.special), agreement: Number(text.agreement),
  };
}

function readPerson({ text, base }: RawRow, { insutypes, today }: RowContext, need: Need, faults: RowFault[]): PersonRow {
  const kind = text.payer_kind as PayerKind;
  const categories = Object.hasOwn(PAYS, kind) ? PAYS[kind] : [];
  need(CODE.test(text.psn_no), 'psn_no', '应为 1 至 20 位字母或数字');
  need(insutypes.has(text.insutype), 'insutype', '不是本统筹区征缴的险种');
  need(categories.length > 0, 'payer_kind', '应为 1（单位）、2（灵活就业）或 3（居民）');
  need(categories.includes(text.category as Category), 'category', `应为 ${(categories.length > 0 ? categories : Object.values(PAYS).flat()).join('、')} 之一`);
  need(kind === '1' ? CODE.test(text.unit_no) : text.unit_no === '', 'unit_no', kind === '1' ? '应为 1 至 20 位字母或数字' : '只用于单位职工');
  need(base !== 'unreadable', 'base', '不是金额，应为元，至多两位小数');
  need(base === null || base === 'unreadable' || (base > 0 && kind !== '3'), 'base', kind === '3' ? '居民不申报基数' : '应大于 0');
  need(MONTH.test(text.from_month), 'from_month', '应为 yyyyMM');
  need(text.through_month === '' || (MONTH.test(text.through_month) && text.through_month >= text.from_month), 'through_month', '应为 yyyyMM，不早于 from_month');
  need(text.town_code === '' || /^\d{9}(\d{3})?$/.test(text.town_code), 'town_code', '应为 9 或 12 位数字');
  need([...text.psn_name].length <= 50 && NAME.test(text.psn_name), 'psn_name', '应为 1 至 50 个字符');
  need(/^\d{2}$/.test(text.cert_type), 'cert_type', '应为两位证件类型代码');
  if (text.cert_type === ID_CARD) {
    const checked = checkIdNumber(text.certno, today);
    if (!checked.ok) faults.push({ code: 'CONTRIB_ROW_ID_NUMBER', text: checked.message });
  } else need(/^[A-Za-z0-9-]{4,30}$/.test(text.certno), 'certno', '应为 4 至 30 位字母、数字或连字符');
  return {
    kind: 'person', psnNo: text.psn_no, insutype: text.insutype, payerKind: kind, unitNo: text.unit_no || null, category: text.category as Category,
    baseFen: base === 'unreadable' ? null : base, fromMonth: Number(text.from_month), throughMonth: text.through_month === '' ? null : Number(text.through_month),
    agreement: Number(text.agreement), townCode: text.town_code || null, psn_name: text.psn_name, cert_type: text.cert_type, certno: text.certno,
  };
}
