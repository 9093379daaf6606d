import { add, subtract, type Fen } from '../money';
import type { Levy } from './levy';

/** What of a line of the treasury's or fiscal account's statement is matched; all fen. */
export interface StatementMatch {
  readonly line: Fen;
  readonly arrived: Fen;
  /** Line less arrived; not zero is an open break. */
  readonly open: Fen;
}

/** Compares a statement line with the receipts that were confirmed under its `arvl_bchno`: many receipts to one line. */
export function matchStatement(line: Fen, arvl_bchno: string, levies: readonly Levy[]): StatementMatch {
  const receipts = levies.flatMap((levy) => levy.receipts.filter((receipt) => receipt.stage === 'arrived' && receipt.arvl_bchno === arvl_bchno));
  const arrived = add(...receipts.map(({ paid }) => paid));
  return { line, arrived, open: subtract(line, arrived) };
}

/** Accounting month `yyyyMM` of a booking: the month of the day on which the money entered, or the first open one when that is closed. */
export function bookingMonth(intsuryDate: string, firstOpenMonth: string): string {
  const month = intsuryDate.slice(0, 7).replace('-', '');
  return month < firstOpenMonth ? firstOpenMonth : month;
}
