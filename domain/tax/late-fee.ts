import { daysBetween } from '../calendar';
import { multiply, parseDecimal, share, subtract, ZERO, type Fen } from '../money';

/** What we make of a 滞纳金. Tax's figure in the receipt is final; a difference is shown, never collected by us. */
export interface LateFeeCheck {
  /** Days from the day after the due date to the day of payment. */
  readonly days: number;
  readonly expected: Fen;
  /** Tax's figure less ours. */
  readonly difference: Fen;
}

/** Checks the 滞纳金 of a payment: principal × days × daily rate, half up to the fen. Dates `yyyy-MM-dd`; `dailyRate` as `0.0005`. */
export function checkLateFee(principal: Fen, dueDate: string, paidOn: string, dailyRate: string, told: Fen): LateFeeCheck {
  const days = dueDate === '' ? 0 : Math.max(0, daysBetween(dueDate, paidOn));
  const expected = days === 0 ? ZERO : share(principal, multiply(parseDecimal(dailyRate), parseDecimal(String(days))));
  return { days, expected, difference: subtract(told, expected) };
}
