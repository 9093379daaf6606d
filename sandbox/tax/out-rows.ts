import type { AnyRow, PaymentRow, StatementRow, TotalRow } from '../../schemas/tax/fields';
import { sql, type Db } from '../kit/books';
import type { KeptReceipt, PayerDetail } from './cashier';
import type { Group } from './group';
import { ROW_REASONS } from './reasons';
import { totalsOf } from './totals';

/** Where the rows of a file come from; the file's own number names them where there is no `ref`. */
export type RowsOf =
  | { readonly of: 'told' }
  | { readonly of: 'answers'; readonly arrival: number }
  | { readonly of: 'applications' }
  | { readonly of: 'results' }
  | { readonly of: 'declarations' }
  | { readonly of: 'lines' }
  | { readonly of: 'totals'; readonly day: string; readonly details: boolean };

const PAGE = 500;

/** Details of a file, page by page; asked again they are the same. `cut` is the moment up to which the file tells, `yyyy-MM-dd HH:mm:ss`. */
export function rowsOfFile(db: Db, file: number, source: RowsOf, cut: string, group: Group): Iterable<AnyRow> {
  switch (source.of) {
    case 'told':
      return toldRows(db, file, cut.slice(0, 10));
    case 'answers':
      return answerRows(db, source.arrival);
    case 'applications':
      return applicationRows(db, file);
    case 'results':
      return resultRows(db, file);
    case 'declarations':
      return declarationRows(db, file);
    case 'lines':
      return lineRows(db, file);
    case 'totals':
      return source.details ? dayRows(db, source.day, group) : [];
  }
}

/** S records, of 对账 files only. */
export function summaryOf(db: Db, source: RowsOf, group: Group): TotalRow[] {
  return source.of === 'totals' ? totalsOf(db, source.day, group) : [];
}

function* pages<R>(page: (after: number) => R[], key: (row: R) => number): Generator<R> {
  for (let after = -1; ; ) {
    const rows = page(after);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = key(last);
  }
}

type WithOriginal = KeptReceipt & { readonly orig_no: string | null; readonly orig_row: string | null };
const WITH_ORIGINAL = 'SELECT r.*, o.taxrpt_no AS orig_no, o.taxrpt_row AS orig_row FROM receipt r LEFT JOIN receipt o ON o.id = r.orig';

function* toldRows(db: Db, file: number, day: string): Generator<AnyRow> {
  const page = sql<number[], WithOriginal & { n: number; as_kind: string }>(
    db,
    `SELECT t.n, t.as_kind, r.*, o.taxrpt_no AS orig_no, o.taxrpt_row AS orig_row FROM told t JOIN receipt r ON r.id = t.receipt
       LEFT JOIN receipt o ON o.id = r.orig WHERE t.file = ? AND t.n > ? ORDER BY t.n LIMIT ${PAGE}`,
  );
  for (const row of pages((after) => page.all(file, after), ({ n }) => n)) yield paymentRow(row, day, row.as_kind) as unknown as AnyRow;
}

/** A receipt as a row of 回盘, told on `day`: dates that are not yet reached are left out. */
function paymentRow(receipt: WithOriginal, day: string, as_kind = receipt.kind): PaymentRow {
  const detail = JSON.parse(receipt.detail) as PayerDetail;
  const correction = as_kind === '04';
  const original = correction ? [receipt.taxrpt_no, receipt.taxrpt_row] : [receipt.orig_no ?? '', receipt.orig_row ?? ''];
  const reached = (date: string): string => (date !== '' && date <= day && !receipt.voided ? date : '');
  return {
    rec: 'D', row_no: 0, kind: as_kind, levy_no: receipt.levy_no, taxrpt_no: receipt.taxrpt_no, taxrpt_row: receipt.taxrpt_row, orig_taxrpt_no: original[0] ?? '',
    orig_taxrpt_row: original[1] ?? '', dcla_no: receipt.dcla_no, ...detail, insutype: receipt.insutype, part: receipt.part,
    amt: correction ? 0 : receipt.amt, inte: correction ? 0 : receipt.inte, latefee: correction ? 0 : receipt.latefee, paid: correction ? 0 : receipt.paid,
    clct_time: receipt.clct_time, ursn_date: reached(receipt.ursn_date), intsury_date: reached(receipt.intsury_date), treasury: receipt.treasury,
    budget: receipt.budget, channel: receipt.channel, taxdept_code: receipt.taxdept_code,
  };
}

function* dayRows(db: Db, day: string, group: Group): Generator<AnyRow> {
  const page = sql<unknown[], WithOriginal>(
    db,
    `${WITH_ORIGINAL} WHERE r.clct_day = ? AND r.line = ? AND r.poolarea_no = ? AND r.taxdept_code = ? AND r.id > ? ORDER BY r.id LIMIT ${PAGE}`,
  );
  const rows = pages((after) => page.all(day, group.line, group.poolarea_no, group.taxdept_code, after), ({ id }) => id);
  for (const row of rows) yield paymentRow(row, day) as unknown as AnyRow;
}

interface AnswerRow {
  readonly row_no: number;
  readonly levy_no: string;
  readonly result: string;
  readonly code: string;
  readonly text: string;
  readonly dcla_no: string;
  readonly taxrpt_no: string;
  readonly at: string;
}

function* answerRows(db: Db, arrival: number): Generator<AnyRow> {
  const page = sql<number[], AnswerRow>(
    db,
    `SELECT row_no, levy_no, result, code, text, dcla_no, taxrpt_no, at FROM row_answer WHERE arrival = ? AND row_no > ? ORDER BY row_no LIMIT ${PAGE}`,
  );
  for (const row of pages((after) => page.all(arrival, after), ({ row_no }) => row_no)) {
    yield { rec: 'D', ...row, text: row.text || (ROW_REASONS as Readonly<Record<string, string>>)[row.code] || '' };
  }
}

type Applied = WithOriginal & { readonly n: number; readonly number: string; readonly application: string; readonly back_amt: number; readonly back_inte: number; readonly back_latefee: number };

/** Rows of TK and TJ: kind 03 with the application's number, the amounts negative. */
function refundRow(row: Applied, pays: boolean): AnyRow {
  const minus = (amount: number): number => (pays && amount !== 0 ? -amount : 0);
  const [amt, inte, latefee] = [minus(row.back_amt), minus(row.back_inte), minus(row.back_latefee)];
  const like = paymentRow({ ...row, orig_no: row.taxrpt_no, orig_row: row.taxrpt_row }, '', '03');
  return { ...like, taxrpt_no: row.number, taxrpt_row: '1', dcla_no: row.application, amt, inte, latefee, paid: amt + inte + latefee } as unknown as AnyRow;
}

const APPLIED = `SELECT r.*, NULL AS orig_no, NULL AS orig_row, a.taxrpt_no AS number, a.dcla_no AS application, a.amt AS back_amt, a.inte AS back_inte,
  a.latefee AS back_latefee`;

function* applicationRows(db: Db, file: number): Generator<AnyRow> {
  const page = sql<number[], Applied>(
    db,
    `${APPLIED}, a.rowid AS n FROM application a JOIN receipt r ON r.id = a.receipt WHERE a.tk_file = ? AND a.rowid > ? ORDER BY a.rowid LIMIT ${PAGE}`,
  );
  for (const row of pages((after) => page.all(file, after), ({ n }) => n)) yield refundRow(row, true);
}

/** TJ: a refund that the treasury could not pay has amounts of zero. */
function* resultRows(db: Db, file: number): Generator<AnyRow> {
  const page = sql<number[], Applied & { succeeded: number; at: string }>(
    db,
    `${APPLIED}, f.id AS n, f.succeeded, f.at FROM refund_result f JOIN application a ON a.dcla_no = f.dcla_no JOIN receipt r ON r.id = a.receipt
       WHERE f.file = ? AND f.id > ? ORDER BY f.id LIMIT ${PAGE}`,
  );
  for (const row of pages((after) => page.all(file, after), ({ n }) => n)) {
    yield { ...refundRow(row, row.succeeded === 1), clct_time: row.at, intsury_date: row.succeeded === 1 ? row.at.slice(0, 10) : '' };
  }
}

function* declarationRows(db: Db, file: number): Generator<AnyRow> {
  const page = sql<number[], { id: number; row: string }>(db, `SELECT id, row FROM declaration WHERE file = ? AND id > ? ORDER BY id LIMIT ${PAGE}`);
  for (const { row } of pages((after) => page.all(file, after), ({ id }) => id)) yield JSON.parse(row) as AnyRow;
}

function* lineRows(db: Db, file: number): Generator<AnyRow> {
  const page = sql<number[], StatementRow & { id: number }>(
    db,
    `SELECT id, source, stmt_date, treasury, budget, insutype, part, amt, voucher_no, summary FROM statement_line WHERE file = ? AND id > ? ORDER BY id LIMIT ${PAGE}`,
  );
  for (const { id: _id, ...row } of pages((after) => page.all(file, after), ({ id }) => id)) yield { ...row, rec: 'D', row_no: 0 };
}
