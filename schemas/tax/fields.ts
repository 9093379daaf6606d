/**
 * Names and types of what tax files carry, one list a kind of record. The names are the columns of the national platform's
 * contribution tables where there is one. Where a field stands in a file is the format's matter (`schemas/files`).
 */

/**
 * `X` text · `9` non-negative integer · `A` amount in fen, signed · `M` month `yyyyMM` · `D` date `yyyy-MM-dd` ·
 * `T` date and time `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai. Texts, months, dates and times that are absent are empty text.
 */
export type FieldType = 'X' | '9' | 'A' | 'M' | 'D' | 'T';
type Fields = Readonly<Record<string, FieldType>>;

/** A row as the program has it: numbers are safe integers, everything else is text. */
export type RowOf<F extends Fields> = { -readonly [K in keyof F]: F[K] extends '9' | 'A' ? number : string };

/** H: what the whole file is. `batch_no` is the bureau's levy batch; answers repeat it and name the file they answer. */
const header = {
  rec: 'X', ver: 'X', item: 'X', line: 'X', poolarea_no: 'X', admdvs: 'X', taxdept_code: 'X', period: 'X', batch_no: 'X',
  file_sn: '9', ref_file: 'X', made_at: 'T', rows: '9', amt_sum: 'A', rec_len: '9', charset: 'X',
} as const satisfies Fields;

/** T: control sums over the payable rows, and the SM3 of every byte before it. */
const trailer = {
  rec: 'X', rows: '9', amt_sum: 'A', pos_rows: '9', pos_sum: 'A', neg_rows: '9', neg_sum: 'A', sm3: 'X',
} as const satisfies Fields;

/** D of ZJ, TS, ZC, SB: one sum that a payer owes (征集), or one person's split of it. */
const levy = {
  rec: 'X', row_no: '9', op: 'X', levy_no: 'X', orig_levy_no: 'X', clct_bill_id: 'X', payer_kind: 'X', row_level: 'X', emp_no: 'X',
  uscc: 'X', tax_reg_no: 'X', emp_name: 'X', psn_no: 'X', cert_type: 'X', certno: 'X', psn_name: 'X', insutype: 'X', levy_item: 'X',
  levy_subitem: 'X', levy_detail: 'X', part: 'X', clct_type: 'X', cashym: 'M', accrym_begn: 'M', accrym_end: 'M', base: 'A', rate: '9',
  quot_flag: 'X', psncnt: '9', amt: 'A', inte: 'A', latefee_way: 'X', latefee: 'A', due_date: 'D', agrt_flag: 'X', town_code: 'X',
  cncl_reason: 'X',
} as const satisfies Fields;

/** D of HP, TK, TF, TJ and of the detail of DZ: one line of a tax receipt (税票), its undoing or its correction. */
const payment = {
  rec: 'X', row_no: '9', kind: 'X', levy_no: 'X', taxrpt_no: 'X', taxrpt_row: 'X', orig_taxrpt_no: 'X', orig_taxrpt_row: 'X', dcla_no: 'X',
  payer_kind: 'X', uscc: 'X', tax_reg_no: 'X', emp_name: 'X', psn_no: 'X', cert_type: 'X', certno: 'X', psn_name: 'X', insutype: 'X',
  levy_item: 'X', levy_subitem: 'X', levy_detail: 'X', part: 'X', clct_type: 'X', accrym_begn: 'M', accrym_end: 'M', amt: 'A', inte: 'A',
  latefee: 'A', paid: 'A', clct_time: 'T', ursn_date: 'D', intsury_date: 'D', treasury: 'X', budget: 'X', channel: 'X', taxdept_code: 'X',
} as const satisfies Fields;

/** D of HZ, CF, DF: the answer to one row of the file that the header names. */
const receipt = {
  rec: 'X', row_no: '9', levy_no: 'X', result: 'X', code: 'X', text: 'X', dcla_no: 'X', taxrpt_no: 'X', at: 'T',
} as const satisfies Fields;

/** S of DZ: totals of one day, line, insurance, tax office and treasury. */
const total = {
  rec: 'X', row_no: '9', day: 'D', line: 'X', insutype: 'X', taxdept_code: 'X', treasury: 'X', rows: '9', amt: 'A', inte: 'A', latefee: 'A',
  paid: 'A',
} as const satisfies Fields;

/** D of DW: a unit as the tax side shall know it. `op`: A new, U changed, D ended. */
const unit = {
  rec: 'X', row_no: '9', op: 'X', emp_no: 'X', uscc: 'X', tax_reg_no: 'X', emp_name: 'X', emp_type: 'X', admdvs: 'X', taxdept_code: 'X',
  insutype: 'X', begn_date: 'D', end_date: 'D', psncnt: '9', agrt_flag: 'X', opt_time: 'T',
} as const satisfies Fields;

/** D of RY: a person who pays, or is paid for by a unit. `op` as in DW. */
const person = {
  rec: 'X', row_no: '9', op: 'X', payer_kind: 'X', psn_no: 'X', cert_type: 'X', certno: 'X', psn_name: 'X', gend: 'X', brdy: 'D',
  tax_reg_no: 'X', emp_no: 'X', uscc: 'X', insutype: 'X', psn_idet_type: 'X', town_code: 'X', begn_date: 'D', end_date: 'D', base: 'A',
  agrt_flag: 'X', opt_time: 'T',
} as const satisfies Fields;

/** D of GK: one line of the statement of the treasury (`source` 1 国库) or of the fiscal account's bank (2 财政专户). */
const statement = {
  rec: 'X', row_no: '9', source: 'X', stmt_date: 'D', treasury: 'X', budget: 'X', insutype: 'X', part: 'X', amt: 'A', voucher_no: 'X',
  summary: 'X',
} as const satisfies Fields;

export const RECORD_FIELDS = { header, trailer, levy, payment, receipt, total, unit, person, statement } as const;

export type RecordKind = keyof typeof RECORD_FIELDS;
export const RECORD_KINDS = Object.keys(RECORD_FIELDS) as readonly RecordKind[];
/** Kinds of which a file has many. */
export type DetailKind = Exclude<RecordKind, 'header' | 'trailer' | 'total'>;

export type HeaderRow = RowOf<typeof header>;
export type TrailerRow = RowOf<typeof trailer>;
export type LevyRow = RowOf<typeof levy>;
export type PaymentRow = RowOf<typeof payment>;
export type ReceiptRow = RowOf<typeof receipt>;
export type TotalRow = RowOf<typeof total>;
export type UnitRow = RowOf<typeof unit>;
export type PersonRow = RowOf<typeof person>;
export type StatementRow = RowOf<typeof statement>;

/** Any row, for code that handles all kinds alike. */
export type AnyRow = Record<string, string | number>;
export interface RowTypes {
  header: HeaderRow;
  trailer: TrailerRow;
  levy: LevyRow;
  payment: PaymentRow;
  receipt: ReceiptRow;
  total: TotalRow;
  unit: UnitRow;
  person: PersonRow;
  statement: StatementRow;
}

/** The letter that begins a record, which tells its kind within a file. */
export const RECORD_LETTER: Readonly<Record<RecordKind, string>> = {
  header: 'H', trailer: 'T', total: 'S', levy: 'D', payment: 'D', receipt: 'D', unit: 'D', person: 'D', statement: 'D',
};
