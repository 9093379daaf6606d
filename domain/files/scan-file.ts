/** The first pass over a file that came: is it whole, and what it says it is? Nothing is posted before this found no problem. */
import type { FileFormat } from '../../schemas/files/format';
import type { AnyRow, HeaderRow, LevyRow, TrailerRow } from '../../schemas/tax/fields';
import { TAX_ITEMS, type ItemCode } from '../../schemas/tax/items';
import type { OutcomeCode } from '../outcomes';
import { fen, type Fen } from '../money';
import { BodyDigest } from './body-digest';
import { count, countAmount, countedAmount, noTotals, SplitCheck, totalsDifference, type Totals } from './control';
import { nameDifference, parseFileName, type FileNameParts } from './file-name';
import type { Chunks, ReadRecord } from './form';
import { formOf } from './forms';
import { FileProblem } from './problems';
import type { ReadyFile } from './ready-file';

/** What is wrong with a file. `record`: the header is 0, null the file as a whole. */
export interface FileFinding {
  readonly code: OutcomeCode;
  readonly record: number | null;
  /** Chinese, without personal data. */
  readonly message: string;
}

export interface FileReport {
  readonly name: FileNameParts | null;
  readonly header: HeaderRow | null;
  readonly trailer: TrailerRow | null;
  /** As counted. */
  readonly totals: Totals;
  readonly bytes: number;
  /** SM3 of all bytes: by it the same file is known again, whatever its name. */
  readonly sm3: string;
  /** Empty: the file may be posted. At most 100, the first ones. */
  readonly findings: readonly FileFinding[];
}

const MOST_FINDINGS = 100;

class Scan {
  readonly findings: FileFinding[] = [];
  readonly totals = noTotals();
  header: HeaderRow | null = null;
  trailer: TrailerRow | null = null;
  readonly #item: ItemCode;
  readonly #format: FileFormat;
  readonly #summary = noTotals();
  readonly #split = new SplitCheck();
  #summaries = 0;
  #gapFound = false;
  #trailerFound = false;

  constructor(format: FileFormat, item: ItemCode) {
    this.#format = format;
    this.#item = item;
  }

  find(code: OutcomeCode, record: number | null, message: string): void {
    if (this.findings.length < MOST_FINDINGS) this.findings.push({ code, record, message });
  }

  /** Throws FileProblem when the order of records makes going on pointless. */
  take(read: ReadRecord): void {
    const { record, kind } = read;
    if (record === 0 && kind !== 'header') throw new FileProblem('FILE_HEADER_MISSING', '第一条记录不是 H', 0);
    if (record !== 0 && kind === 'header') throw new FileProblem('FILE_RECORDS_DISORDERED', `第 ${record + 1} 条记录又是文件头`, record);
    if (this.#trailerFound) throw new FileProblem('FILE_RECORDS_DISORDERED', kind === 'trailer' ? '有两条文件尾' : '文件尾之后还有记录', record);
    if (kind === 'trailer') this.#trailerFound = true;
    if ('problem' in read) {
      const code = read.problem.code === 'FILE_TEXT_BROKEN' ? 'FILE_TEXT_BROKEN' : 'FILE_FIELD_INVALID';
      this.find(code, record, `第 ${record + 1} 条记录：${read.problem.message}`);
      if (kind !== 'header' && kind !== 'trailer') this.totals.rows += 1;
      return;
    }
    if (kind === 'header') this.header = read.row as unknown as HeaderRow;
    else if (kind === 'trailer') this.trailer = read.row as unknown as TrailerRow;
    else if (kind === 'total') this.#takeSummary(read.row, record);
    else this.#takeDetail(read.row, record);
  }

  #takeSummary(row: AnyRow, record: number): void {
    if (this.totals.rows > 0) throw new FileProblem('FILE_RECORDS_DISORDERED', '汇总应在明细之前', record);
    this.#summaries += 1;
    countAmount(this.#summary, fen(row['paid'] as number));
  }

  #takeDetail(row: AnyRow, record: number): void {
    let amount: Fen | null;
    try {
      amount = countedAmount(this.#item, row);
      count(this.totals, amount);
    } catch {
      throw new FileProblem('FILE_SUMS_DIFFER', '金额合计过大', record);
    }
    const numbered = TAX_ITEMS[this.#item].detail !== 'receipt';
    if (numbered && row['row_no'] !== this.totals.rows && !this.#gapFound) {
      this.#gapFound = true;
      this.find('FILE_ROW_NO_GAP', record, `第 ${record + 1} 条记录的行号是 ${String(row['row_no'])}，应为 ${this.totals.rows}`);
    }
    if (TAX_ITEMS[this.#item].detail === 'levy') this.#foundSplit(this.#split.add(row as unknown as LevyRow), record);
  }

  #foundSplit(problem: string | null, record: number | null): void {
    if (problem !== null) this.find('FILE_SPLIT_DIFFERS', record, problem);
  }

  end(name: FileNameParts, body: string): void {
    const { header, trailer } = this;
    this.#foundSplit(this.#split.end(), null);
    if (!this.#trailerFound && trailer === null) this.find('FILE_TRAILER_MISSING', null, '没有文件尾 T，文件可能没有传完');
    if (header !== null) {
      const field = nameDifference(name, header);
      if (field !== null) this.find('FILE_NAME_DIFFERS', 0, `文件名与文件头的 ${field} 不同`);
      const fixed = this.#format.form === 'fixed' && header.rec_len !== this.#format.recordBytes;
      const known = this.#format.versions.includes(header.ver) && header.charset === this.#format.charset && !fixed;
      if (!known) this.find('FILE_VERSION_UNKNOWN', 0, '版本、记录长度或字符集与约定不符');
    }
    if (trailer === null) return;
    this.#endTotals(trailer);
    if (header !== null && (header.rows !== trailer.rows || header.amt_sum !== trailer.amt_sum)) {
      this.find(header.rows !== trailer.rows ? 'FILE_ROWS_DIFFER' : 'FILE_SUMS_DIFFER', null, '文件头与文件尾的合计不同');
    }
    if (trailer.sm3 !== body) this.find('FILE_DIGEST_DIFFERS', null, '摘要与文件内容不符');
  }

  /** Totals of a 对账 file without details are those of its summary; with both, they must agree. */
  #endTotals(trailer: TrailerRow): void {
    if (this.#summaries > 0 && this.totals.rows > 0 && this.#summary.amt_sum !== this.totals.amt_sum) {
      this.find('FILE_SUMS_DIFFER', null, `汇总合计 ${this.#summary.amt_sum} 分，明细合计 ${this.totals.amt_sum} 分`);
    }
    if (this.totals.rows === 0 && this.#summaries > 0) Object.assign(this.totals, { ...this.#summary, rows: 0 });
    const difference = totalsDifference(this.totals, trailer as unknown as Totals);
    if (difference) this.find(difference.code, null, difference.message);
  }
}

/**
 * Reads a file once in constant memory and reports what it is and all that is wrong with it as a whole. `ready` brings header
 * and trailer of formats that have them beside the file. Faults of single rows other than in their control fields are not found
 * here but row by row. Rejects only when the bytes cannot be read.
 */
export async function scanFile(chunks: Chunks, fileName: string, format: FileFormat, ready: ReadyFile | null = null): Promise<FileReport> {
  const name = parseFileName(fileName, format);
  const scan = new Scan(format, name?.item ?? 'HZ');
  const inside = format.control === 'inside';
  const digest = new BodyDigest(inside);
  const hashed = (async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      digest.update(chunk);
      yield chunk;
    }
  })();
  try {
    if (name === null) throw new FileProblem('FILE_NAME_INVALID');
    if (!inside) {
      scan.header = ready?.header ?? null;
      scan.trailer = ready?.trailer ?? null;
      if (scan.header === null) throw new FileProblem('FILE_HEADER_MISSING', '.ok 中没有文件头');
    }
    let records = 0;
    for await (const batch of formOf(format).read(unended(hashed), { item: name.item, fields: 'control', first: 0 })) {
      for (const read of batch) scan.take(read);
      records += batch.length;
    }
    if (inside && records === 0) throw new FileProblem('FILE_HEADER_MISSING', '文件是空的');
    scan.end(name, digest.end().body);
  } catch (problem) {
    if (!(problem instanceof FileProblem)) throw problem;
    scan.find(problem.code, problem.record, problem.message);
    for await (const rest of hashed) void rest;
  }
  const { bytes, whole } = digest.end();
  return { name, header: scan.header, trailer: scan.trailer, totals: scan.totals, bytes, sm3: whole, findings: scan.findings };
}

/** The same chunks, without ending their source when the loop over them ends early: the rest is still to be hashed. */
function unended(chunks: AsyncGenerator<Buffer>): Chunks {
  return { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) };
}
