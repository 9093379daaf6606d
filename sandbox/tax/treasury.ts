import { addDays, formatDate, formatDateTime, monthEnd } from '../../domain/calendar';
import { keep, kept, nextSerial, sql, type Db } from '../kit/books';
import type { Group } from './group';
import type { Machinery } from './machinery';
import { draftFile } from './outgoing';
import { LATE_LINES, readScenario } from './scenario';
import { readSettings, type Settings } from './settings';

interface Sum {
  readonly day: string;
  readonly poolarea_no: string;
  readonly admdvs: string;
  readonly taxdept_code: string;
  readonly treasury: string;
  readonly budget: string;
  readonly insutype: string;
  readonly part: string;
  readonly direction: number;
  readonly amt: number;
}

/** Money that entered the treasury and stands in it: no payment that was voided, refunds as they were paid. */
const IN_TREASURY = "intsury_date > '' AND voided = 0";

/**
 * The treasury closes the days before `at`: one line a day, treasury, budget subject and direction covers all its receipts. Then it
 * moves what is due to 财政专户: one voucher a treasury covers everything up to the end of the period, a line an insutype and part.
 */
export function closeTreasury(machinery: Machinery, at: number): void {
  const { books } = machinery;
  books.write(true, () => {
    const settings = readSettings(books);
    const yesterday = addDays(formatDate(at), -1);
    bookTreasuryLines(books.db, settings, yesterday, formatDate(at));
    const until = lastPeriodEnd(settings, formatDate(at));
    if (until !== null) bookTransfers(books.db, settings, until, formatDate(at));
    tellStatements(machinery, at);
  });
}

function bookTreasuryLines(db: Db, settings: Settings, until: string, today: string): void {
  const due = `${IN_TREASURY} AND treasury_line IS NULL AND intsury_date <= @until`;
  const sums = sql<object, Sum>(
    db,
    `SELECT intsury_date AS day, poolarea_no, admdvs, taxdept_code, treasury, budget, insutype, '' AS part, sign(paid) AS direction, sum(paid) AS amt
       FROM receipt WHERE ${due} GROUP BY intsury_date, poolarea_no, admdvs, taxdept_code, treasury, budget, insutype, sign(paid)
       ORDER BY intsury_date, poolarea_no, taxdept_code, treasury, budget, insutype, direction DESC`,
  ).all({ until });
  for (const sum of sums) {
    const told = addDays(today, settings.statementLateDays + lateLine(db));
    const line = addLine(db, sum, { source: '1', stmt_date: sum.day, told, voucher: `GK${nextSerial(db, 'gk')}`, summary: sum.direction < 0 ? '退库' : '入库' });
    sql<object>(
      db,
      `UPDATE receipt SET treasury_line = @line WHERE ${due} AND intsury_date = @day AND poolarea_no = @poolarea_no AND admdvs = @admdvs
          AND taxdept_code = @taxdept_code AND treasury = @treasury AND budget = @budget AND insutype = @insutype AND sign(paid) = @direction`,
    ).run({ ...sum, until, line });
  }
}

/** A scenario holds back some lines. */
function lateLine(db: Db): number {
  const left = Number(kept(db, LATE_LINES) ?? 0);
  if (left <= 0) return 0;
  keep(db, LATE_LINES, String(left - 1));
  return readScenario(db)?.lateLines.days ?? 0;
}

function bookTransfers(db: Db, settings: Settings, until: string, today: string): void {
  const due = 'treasury_line IS NOT NULL AND fiscal_line IS NULL AND intsury_date <= @until';
  const sums = sql<object, Sum & { first: string }>(
    db,
    `SELECT min(intsury_date) AS first, max(intsury_date) AS day, poolarea_no, admdvs, taxdept_code, treasury, budget, insutype, part, sign(paid) AS direction, sum(paid) AS amt
       FROM receipt WHERE ${due} GROUP BY poolarea_no, admdvs, taxdept_code, treasury, budget, insutype, part, sign(paid)
       ORDER BY poolarea_no, taxdept_code, treasury, budget, insutype, part, direction DESC`,
  ).all({ until });
  const vouchers = new Map<string, string>();
  const told = addDays(today, settings.fiscalLateDays);
  for (const sum of sums) {
    const key = `${sum.poolarea_no}/${sum.taxdept_code}/${sum.treasury}`;
    const voucher = vouchers.get(key) ?? `HB${nextSerial(db, 'hb')}`;
    vouchers.set(key, voucher);
    const line = addLine(db, sum, { source: '2', stmt_date: told, told, voucher, summary: `划转${sum.first}至${sum.day}${sum.direction < 0 ? '退库' : '入库'}` });
    sql<object>(
      db,
      `UPDATE receipt SET fiscal_line = @line WHERE ${due} AND poolarea_no = @poolarea_no AND admdvs = @admdvs AND taxdept_code = @taxdept_code
          AND treasury = @treasury AND budget = @budget AND insutype = @insutype AND part = @part AND sign(paid) = @direction`,
    ).run({ ...sum, until, line });
  }
}

interface LineFacts {
  readonly source: '1' | '2';
  readonly stmt_date: string;
  readonly told: string;
  readonly voucher: string;
  readonly summary: string;
}

function addLine(db: Db, sum: Sum, { source, stmt_date, told, voucher, summary }: LineFacts): number {
  const added = sql<object>(
    db,
    `INSERT INTO statement_line (source, stmt_date, poolarea_no, admdvs, taxdept_code, treasury, budget, insutype, part, amt, voucher_no, summary, told_on)
       VALUES (@source, @stmt_date, @poolarea_no, @admdvs, @taxdept_code, @treasury, @budget, @insutype, @part, @amt, @voucher, @summary, @told)`,
  ).run({ ...sum, source, stmt_date, told, voucher, summary });
  return Number(added.lastInsertRowid);
}

/** The last day of the last period that is over on `today`, when money moves on this day; null on other days. */
function lastPeriodEnd({ transferEvery }: Settings, today: string): string | null {
  const yesterday = addDays(today, -1);
  const ends = transferEvery === 'day' || yesterday === monthEnd(yesterday) || (transferEvery === 'tenDays' && ['10', '20'].includes(yesterday.slice(8)));
  return ends ? yesterday : null;
}

/** GK: a treasury knows no 征缴线; the line of its files is always ZG. */
function tellStatements(machinery: Machinery, at: number): void {
  const { db } = machinery.books;
  const today = formatDate(at);
  const untold = 'file IS NULL AND told_on <= @today';
  const groups = sql<object, Group & { source: string }>(
    db,
    `SELECT DISTINCT source, 'ZG' AS line, poolarea_no, admdvs, taxdept_code, @period AS period, '' AS batch_no FROM statement_line WHERE ${untold}`,
  ).all({ today, period: today.slice(0, 7).replace('-', '') });
  for (const group of groups) {
    const file = draftFile(machinery, { item: 'GK', rows: { of: 'lines' }, group, at });
    sql<object>(
      db,
      `UPDATE statement_line SET file = @file WHERE ${untold} AND source = @source AND poolarea_no = @poolarea_no AND admdvs = @admdvs AND taxdept_code = @taxdept_code`,
    ).run({ ...group, today, file });
  }
}

/** 对账: the totals of yesterday, a file a line and tax office that took or gave back money. */
export function closeDay(machinery: Machinery, at: number): void {
  const { books } = machinery;
  const { dz } = readSettings(books);
  if (dz === 'none') return;
  const day = addDays(formatDate(at), -1);
  books.write(true, () => {
    const groups = sql<string[], Group>(
      books.db,
      `SELECT line, poolarea_no, min(admdvs) AS admdvs, taxdept_code, ? AS period, '' AS batch_no FROM receipt WHERE clct_day = ? GROUP BY line, poolarea_no, taxdept_code`,
    ).all(day.slice(0, 7).replace('-', ''), day);
    const told = sql<string[]>(
      books.db,
      `SELECT 1 FROM out_file WHERE item = 'DZ' AND cut = ? AND header ->> 'line' = ? AND header ->> 'poolarea_no' = ? AND header ->> 'taxdept_code' = ?`,
    );
    // After a crash the hour is lived once more.
    const untold = groups.filter(({ line, poolarea_no, taxdept_code }) => told.get(formatDateTime(at), line, poolarea_no, taxdept_code) === undefined);
    for (const group of untold) draftFile(machinery, { item: 'DZ', rows: { of: 'totals', day, details: dz === 'details' }, group, at });
  });
}
