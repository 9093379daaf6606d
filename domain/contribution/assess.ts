import { fen, type Fen, ZERO } from '../money';
import type { MonthRules } from './rules';
import type { AssessedLine, AssessmentProblem, Insured, MonthNo } from './types';

/** Of a rate with five decimals implied in percent. */
const RATE_SCALE = 10_000_000;

/** `base × rate`, rounded half up to the fen. Exact for every base below 9 × 10^8 yuan. */
export function contribution(baseFen: number, rate: number): Fen {
  const product = baseFen * rate + RATE_SCALE / 2;
  return fen((product - (product % RATE_SCALE)) / RATE_SCALE);
}

/** Months from `begin` to `end`, both included. */
export function monthsBetween(begin: MonthNo, end: MonthNo): readonly MonthNo[] {
  const months: MonthNo[] = [];
  for (let month = begin; month <= end; month = nextMonth(month)) months.push(month);
  return months;
}

export function nextMonth(month: MonthNo): MonthNo {
  return month % 100 === 12 ? month + 89 : month + 1;
}

/** How many months lie between two, negative when `to` is earlier. */
export function monthsApart(from: MonthNo, to: MonthNo): number {
  return (Math.floor(to / 100) - Math.floor(from / 100)) * 12 + (to % 100) - (from % 100);
}

export interface MonthAssessment {
  readonly month: MonthNo;
  readonly rules: MonthRules;
  /** Months by which the month is past, for interest; 0 for the month itself. */
  readonly late: number;
  /** Percent a month, five decimals implied. */
  readonly interestRate: number;
}

/**
 * What a person is charged for one month (核定): unit part, personal part, subsidy. A fixed sum for a year is charged once,
 * for January to December of the month's year. Returns the problem where a person stands in the register and cannot be charged.
 * A retired person, for whom nothing is due, gives no lines.
 */
export function assess(person: Insured, { month, rules, late, interestRate }: MonthAssessment): readonly AssessedLine[] | AssessmentProblem {
  const { insutype, payerKind, category, baseFen, fromMonth, throughMonth } = person;
  if (month < fromMonth || (throughMonth !== null && month > throughMonth)) return { code: 'CONTRIB_NOT_INSURED', text: `${month} 不在参保期内。` };
  const due = rules.find(insutype, payerKind, category);
  if (due.length === 0) {
    // A retired person pays nothing, and an insurance that was merged into another has no rate any more.
    if (category === 'retired' || insutype === '510') return [];
    return { code: 'CONTRIB_RULE_MISSING', text: `险种 ${insutype} 没有适用于该身份的费率。` };
  }
  const lines: AssessedLine[] = [];
  for (const { part, rate, fixedFen, perYear, levyItem, levySubitem } of due) {
    const year = Math.floor(month / 100) * 100;
    const span = perYear ? { accrymBegn: year + 1, accrymEnd: year + 12 } : { accrymBegn: month, accrymEnd: month };
    if (rate === undefined) {
      lines.push({ insutype, part, levyItem, levySubitem, ...span, baseFen: ZERO, rate: 0, amtFen: fen(fixedFen ?? 0), inteFen: ZERO });
      continue;
    }
    if (baseFen === null) return { code: 'CONTRIB_BASE_MISSING', text: '没有申报缴费基数。' };
    const base = rules.clip(baseFen);
    const amtFen = contribution(base, rate);
    lines.push({ insutype, part, levyItem, levySubitem, ...span, baseFen: fen(base), rate, amtFen, inteFen: late > 0 ? contribution(amtFen * late, interestRate) : ZERO });
  }
  return lines;
}

export function isProblem(outcome: readonly AssessedLine[] | AssessmentProblem): outcome is AssessmentProblem {
  return 'code' in outcome;
}
