import type { TotalRow } from '../../schemas/tax/fields';
import { sql, type Db } from '../kit/books';

/** 对账 totals of a day by line, insurance, tax office and treasury: payments, 票作废 and 退库 of that day. */
export function totalsOf(db: Db, day: string, of: { readonly line: string; readonly poolarea_no: string; readonly taxdept_code: string }): TotalRow[] {
  const rows = sql<string[], Omit<TotalRow, 'rec' | 'row_no'>>(
    db,
    `SELECT clct_day AS day, line, insutype, taxdept_code, treasury, count(*) AS rows, sum(amt) AS amt, sum(inte) AS inte, sum(latefee) AS latefee, sum(paid) AS paid
       FROM receipt WHERE clct_day = ? AND line = ? AND poolarea_no = ? AND taxdept_code = ? GROUP BY insutype, treasury ORDER BY insutype, treasury`,
  ).all(day, of.line, of.poolarea_no, of.taxdept_code);
  return rows.map((row, index) => ({ rec: 'S', row_no: index + 1, ...row }));
}

const COMPARED = ['rows', 'amt', 'inte', 'latefee', 'paid'] as const;

/** The totals of the bureau that are not those of the office, by their place. */
export function differingTotals(theirs: readonly TotalRow[], ours: readonly TotalRow[]): ('equal' | 'differs' | 'unknown')[] {
  const key = (row: TotalRow): string => [row.day, row.line, row.insutype, row.taxdept_code, row.treasury].join('|');
  const known = new Map(ours.map((row) => [key(row), row]));
  return theirs.map((row) => {
    const own = known.get(key(row));
    if (!own) return COMPARED.every((name) => row[name] === 0) ? 'equal' : 'unknown';
    return COMPARED.every((name) => own[name] === row[name]) ? 'equal' : 'differs';
  });
}
