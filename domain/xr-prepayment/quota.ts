import { add, divideHalfUp, fen, parseDecimal, subtract, ZERO, type Fen } from '../money';

/** Months whose clearing the annual quota is proposed by: the last quarter of the year before. */
export function basisMonths(year: number): string[] {
  return [`${year - 1}-10`, `${year - 1}-11`, `${year - 1}-12`];
}

/**
 * Quota proposed for a city and fund: `factor` × the average of the months' clearing, rounded half up to the fen. A month
 * without clearing counts as zero. Throws RangeError without months.
 */
export function proposedQuota(monthly: readonly Fen[], factor: string): Fen {
  if (monthly.length === 0) throw new RangeError('an average needs at least one month');
  const { units, scale } = parseDecimal(factor);
  const weighted = BigInt(add(ZERO, ...monthly)) * units;
  return fen(Number(divideHalfUp(weighted, BigInt(monthly.length) * 10n ** BigInt(scale))));
}

/** What a city holds for a fund and what is on its way. */
export interface Holding {
  /** Balance of the pool. */
  readonly balance: Fen;
  /** Ordered to be paid in and not yet received. */
  readonly underway: Fen;
}

/** What has to be paid in (above zero) or given back (below zero) so that the pool holds the quota. */
export function quotaDifference(quota: Fen, { balance, underway }: Holding): Fen {
  return subtract(quota, add(balance, underway));
}
