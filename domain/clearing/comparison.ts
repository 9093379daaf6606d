import { add, type Fen, quotientText, subtract, ZERO } from '../money';
import type { FundKey } from './funds';
import type { ClearingLine } from './lines';

/** Sums of a city and fund as payable, this month beside last month and the same month of last year. */
export interface Comparison {
  readonly payingCity: string;
  readonly insutype: string;
  readonly fund: FundKey;
  readonly fen: Fen;
  readonly count: number;
  readonly lastMonthFen: Fen | null;
  readonly lastYearFen: Fen | null;
  /** (this − then) ÷ then, four decimals; null where there was nothing to compare with. */
  readonly monthOnMonth: string | null;
  readonly yearOnYear: string | null;
}

/** Compares clearings; null where that month was not cleared. */
export function compare(
  now: readonly ClearingLine[],
  lastMonth: readonly ClearingLine[] | null,
  lastYear: readonly ClearingLine[] | null,
): Comparison[] {
  const [current, month, year] = [sumsOf(now), lastMonth && sumsOf(lastMonth), lastYear && sumsOf(lastYear)];
  const keys = new Set([...current.keys(), ...(month?.keys() ?? []), ...(year?.keys() ?? [])]);
  return [...keys].sort().map((key) => {
    const [payingCity = '', insutype = '', fund = ''] = key.split('/');
    const { fen, count } = current.get(key) ?? NOTHING;
    const lastMonthFen = month && (month.get(key) ?? NOTHING).fen;
    const lastYearFen = year && (year.get(key) ?? NOTHING).fen;
    return {
      payingCity,
      insutype,
      fund: fund as FundKey,
      fen,
      count,
      lastMonthFen,
      lastYearFen,
      monthOnMonth: growth(fen, lastMonthFen),
      yearOnYear: growth(fen, lastYearFen),
    };
  });
}

interface Sum {
  readonly fen: Fen;
  readonly count: number;
}

const NOTHING: Sum = { fen: ZERO, count: 0 };

function sumsOf(lines: readonly ClearingLine[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { payingCity, insutype, fund, fen, count } of lines) {
    const key = [payingCity, insutype, fund].join('/');
    const sum = sums.get(key) ?? NOTHING;
    sums.set(key, { fen: add(sum.fen, fen), count: sum.count + count });
  }
  return sums;
}

function growth(now: Fen, then: Fen | null): string | null {
  return then === null || then === 0 ? null : quotientText(subtract(now, then), then, 4);
}
