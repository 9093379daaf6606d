import { unzipOne, zipOne } from '../../domain/files/zip';
import { formatYuan, parseYuan, type Fen } from '../../domain/money';
import { Refusal } from './refusal';
import type { StatementRow } from './statement';

const LARGEST_FILE_BYTES = 64 * 1024 * 1024;
/** Ten million yuan; a hundred thousand such rows still add up exactly. */
const LARGEST_AMOUNT_FEN = 1_000_000_000;
const EMPTY = 'null';

/** One line of the institution's detail file: TAB, no header, UTF-8, an empty value as `null`. */
export interface DetailRow {
  readonly setl_id: string;
  readonly mdtrt_id: string;
  readonly psn_no: string;
  readonly medfee: Fen;
  readonly fund: Fen;
  readonly acct: Fen;
  readonly refd_setl_flag: string;
}

/** One line of the result file. */
export interface ResultRow {
  readonly row: Omit<StatementRow, 'cash'>;
  readonly stmtRslt: string;
  readonly memo: string;
}

/** Reads what came by 9101: a zip of one text file, or the text itself. Throws Refusal naming the bad line. */
export function readDetailFile(content: Buffer): DetailRow[] {
  const text = textOf(content);
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line, index) => readRow(line, index + 1));
}

/** Packs the result file as the platform does: one text file in a zip. */
export function writeResultFile(name: string, rows: readonly ResultRow[]): Buffer {
  const text = rows
    .map(({ row, stmtRslt, memo }) =>
      [
        row.psn_no,
        row.mdtrt_id,
        row.setl_id,
        row.msgid,
        stmtRslt,
        row.refd_setl_flag,
        memo,
        formatYuan(row.medfee),
        formatYuan(row.fund),
        formatYuan(row.acct),
      ]
        .map((value) => (value === '' ? EMPTY : value))
        .join('\t'),
    )
    .map((line) => `${line}\n`)
    .join('');
  return zipOne({ name: `${name}.txt`, content: Buffer.from(text, 'utf8') });
}

function textOf(content: Buffer): string {
  const zipped = content.length >= 2 && content[0] === 0x50 && content[1] === 0x4b;
  try {
    const bytes = zipped ? unzipOne(content, LARGEST_FILE_BYTES).content : content;
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Refusal('[对账]对账明细文件无法读取，应为UTF-8文本或单个文件的压缩包', -1, { cause: error });
  }
}

function readRow(line: string, number: number): DetailRow {
  const values = line.split('\t').map((value) => (value === EMPTY ? '' : value));
  const [setlId, mdtrtId, psnNo, medfee, fund, acct, flag] = values;
  if (values.length < 7 || values.length > 8 || !setlId || !mdtrtId || !psnNo || !flag) {
    throw new Refusal(`[对账]对账明细文件第${number}行格式不正确`);
  }
  return {
    setl_id: setlId,
    mdtrt_id: mdtrtId,
    psn_no: psnNo,
    medfee: amount(medfee, number),
    fund: amount(fund, number),
    acct: amount(acct, number),
    refd_setl_flag: flag.replace(/^0+(?=\d)/, ''),
  };
}

function amount(text: string | undefined, number: number): Fen {
  try {
    const value = parseYuan(text || '0');
    if (Math.abs(value) > LARGEST_AMOUNT_FEN) throw new RangeError('more than any settlement');
    return value;
  } catch (error) {
    throw new Refusal(`[对账]对账明细文件第${number}行金额不正确`, -1, { cause: error });
  }
}
