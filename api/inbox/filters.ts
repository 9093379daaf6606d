import type { z } from 'zod';
import type { inboxQuery } from '../../schemas/api/inbox';
import type { Reader } from '../cases/reader';
import type { Condition } from './duties';

export type InboxQuery = z.output<typeof inboxQuery>;

/** Columns of a table that the filters of the inbox look at. */
export interface FilterColumns {
  readonly division: 'case_division' | 'division';
}

/** The filters of a query other than the search for a number. */
export function filtersOf({ definition, division, period, amountFrom, amountTo }: InboxQuery, { tree }: Reader, columns: FilterColumns): readonly Condition[] {
  const conditions: Condition[] = [];
  const where = (sql: string, ...values: (string | number)[]): number => conditions.push({ sql, values });
  if (definition !== undefined) where('definition = ?', definition);
  if (period !== undefined) where('period = ?', period);
  if (amountFrom !== undefined) where('amount_fen >= ?', amountFrom);
  if (amountTo !== undefined) where('amount_fen <= ?', amountTo);
  if (division !== undefined) {
    const below = tree.below(division);
    // A division that nobody knows has no cases.
    const codes = below.length > 0 ? below : [division];
    where(`${columns.division} IN (${codes.map(() => '?').join(', ')})`, ...codes);
  }
  return conditions;
}

/** The beginning of a case number or business key: a range that an index can find. */
export function searchOf(q: string): readonly [no: Condition, business: Condition] {
  const text = q.trim();
  const range = (column: string): Condition => ({ sql: `(${column} >= ? AND ${column} < ?)`, values: [text, `${text}\u{10ffff}`] });
  return [range('case_no'), range('business_key')];
}
