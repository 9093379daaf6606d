import { formatYuan, parseYuan, type Fen } from '../money';

/** A row of the detail file that an institution hands in by 9101 for 3202. Fen; the fund sum in the profile's reading. */
export interface DetailRow {
  readonly setl_id: string;
  readonly mdtrt_id: string;
  readonly psn_no: string;
  readonly medfee_sumamt: Fen;
  readonly fund_pay_sumamt: Fen;
  readonly acct_pay: Fen;
  readonly refd_setl_flag: string;
}

/** A row of the result file that the centre answers: one settlement on which the sides differ. Amounts null where it gave none. */
export interface ResultRow {
  readonly psn_no: string;
  readonly mdtrt_id: string;
  readonly setl_id: string;
  /** msgid of the settlement's request; this is how a lost answer is found. */
  readonly msgid: string;
  readonly stmt_rslt: string;
  readonly refd_setl_flag: string;
  readonly memo: string;
  readonly medfee: Fen | null;
  readonly fund: Fen | null;
  readonly account: Fen | null;
}

const EMPTY = 'null';
/** The newer edition has one more, exp_content, which is passed over. */
const RESULT_COLUMNS = [10, 11];
const BREAKS_A_ROW = /[\t\r\n]/;

/**
 * The detail file: TAB between columns, one line a row, no header, `null` for empty; UTF-8 (interface catalogue, 6.3).
 * Throws RangeError when a value would break its row.
 */
export function writeDetailFile(rows: readonly DetailRow[]): string {
  return rows.map((row) => `${columnsOf(row).map(written).join('\t')}\n`).join('');
}

function columnsOf(row: DetailRow): string[] {
  const amounts = [row.medfee_sumamt, row.fund_pay_sumamt, row.acct_pay].map(formatYuan);
  return [row.setl_id, row.mdtrt_id, row.psn_no, ...amounts, row.refd_setl_flag];
}

function written(column: string): string {
  if (BREAKS_A_ROW.test(column)) throw new RangeError('明细文件的内容不得含制表符或换行');
  return column === '' ? EMPTY : column;
}

/**
 * Reads a result file. A row that stands twice, word for word, counts once. Throws RangeError naming the line that is cut
 * off, has a wrong amount, names no settlement, or contradicts another line: then nothing of the file is used.
 */
export function readResultFile(text: string): ResultRow[] {
  const seen = new Map<string, { row: ResultRow; line: number }>();
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((content, index) => {
      if (content === '') return;
      const line = index + 1;
      const row = readRow(content, line);
      const before = seen.get(subjectOf(row));
      if (!before) seen.set(subjectOf(row), { row, line });
      else if (JSON.stringify(before.row) !== JSON.stringify(row)) {
        throw new RangeError(`结果文件第 ${line} 行与第 ${before.line} 行是同一笔结算而内容不同`);
      }
    });
  return [...seen.values()].map(({ row }) => row);
}

/** By what a row is found again: the settlement, and whether it is the row of its refund. */
export function subjectOf(row: Pick<ResultRow, 'setl_id' | 'msgid' | 'medfee'>): string {
  return `${row.setl_id || row.msgid}/${row.medfee !== null && row.medfee < 0 ? '-' : '+'}`;
}

function readRow(content: string, line: number): ResultRow {
  const columns = content.split('\t').map((column) => (column === EMPTY ? '' : column.trim()));
  if (!RESULT_COLUMNS.includes(columns.length)) throw new RangeError(`结果文件第 ${line} 行有 ${columns.length} 列，应为 10 列`);
  const [psn_no = '', mdtrt_id = '', setl_id = '', msgid = '', stmt_rslt = '', refd_setl_flag = '', memo = '', ...amounts] = columns;
  if (setl_id === '' && msgid === '') throw new RangeError(`结果文件第 ${line} 行没有结算号，也没有报文号`);
  const [medfee = null, fund = null, account = null] = amounts.slice(0, 3).map((amount) => readAmount(amount, line));
  return { psn_no, mdtrt_id, setl_id, msgid, stmt_rslt, refd_setl_flag, memo, medfee, fund, account };
}

function readAmount(text: string, line: number): Fen | null {
  if (text === '') return null;
  try {
    return parseYuan(text);
  } catch (error) {
    throw new RangeError(`结果文件第 ${line} 行金额不正确`, { cause: error });
  }
}
