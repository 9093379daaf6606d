/**
 * Yearly accumulators (年度累计) of a person and insurance, kept by the year of the settlement's fund date. A settlement
 * is recorded by what it adds, so undoing it takes off exactly that and nothing has to be recomputed.
 */
import { add, subtract, ZERO, type Fen } from '../money';

export interface Accumulators {
  /** In-scope amounts (符合范围). */
  readonly inScopeFen: Fen;
  /** Paid by the pool (统筹). */
  readonly poolFen: Fen;
  /** Paid by 职工大额. */
  readonly largeFen: Fen;
  /** Burden that counts towards 大病. */
  readonly burdenFen: Fen;
  /** Paid by 大病. */
  readonly seriousFen: Fen;
  /** Paid by aid (医疗救助), inpatient and outpatient together. */
  readonly aidFen: Fen;
  /** Of the yearly deductible of aid, already borne. */
  readonly aidDeductibleFen: Fen;
  /** Admissions of the year, a count. */
  readonly admissions: number;
}

export const NO_ACCUMULATORS: Accumulators = {
  inScopeFen: ZERO,
  poolFen: ZERO,
  largeFen: ZERO,
  burdenFen: ZERO,
  seriousFen: ZERO,
  aidFen: ZERO,
  aidDeductibleFen: ZERO,
  admissions: 0,
};

/** Books a settlement: adds its change. */
export function applyChange(before: Accumulators, change: Accumulators): Accumulators {
  return combine(before, change, add, 1);
}

/** Cancels a settlement: takes its change off again. Throws RangeError when an accumulator would become negative. */
export function undoChange(after: Accumulators, change: Accumulators): Accumulators {
  const before = combine(after, change, subtract, -1);
  const negative = Object.entries(before).find(([, value]) => value < 0);
  if (negative) throw new RangeError(`undoing would make ${negative[0]} negative`);
  return before;
}

/** A settlement in the order in which it was booked on the accumulators of one person, insurance and year. */
export interface BookedSettlement {
  readonly setlId: string;
  readonly change: Accumulators;
}

export type UndoEffect =
  | { readonly kind: 'free' }
  | { readonly kind: 'refused'; readonly later: readonly string[]; readonly message: string }
  /** `later` must be computed again, oldest first. */
  | { readonly kind: 'recalculate'; readonly later: readonly string[] };

/**
 * Says what undoing one of the live settlements of a year means for those booked after it, which stand on the same
 * accumulators. Throws RangeError when the settlement is not among them.
 */
export function undoEffect(
  booked: readonly BookedSettlement[],
  setlId: string,
  rule: 'refuse' | 'recalculate',
): UndoEffect {
  const index = booked.findIndex((settlement) => settlement.setlId === setlId);
  const target = booked[index];
  if (!target) throw new RangeError(`settlement ${setlId} is not booked in this year`);
  const later = booked
    .slice(index + 1)
    .filter((settlement) => sharesAccumulator(settlement.change, target.change))
    .map((settlement) => settlement.setlId);
  if (later.length === 0) return { kind: 'free' };
  if (rule === 'recalculate') return { kind: 'recalculate', later };
  return { kind: 'refused', later, message: `该结算之后本年度还有 ${later.length} 笔结算使用同一累计，请先撤销后面的结算。` };
}

function sharesAccumulator(a: Accumulators, b: Accumulators): boolean {
  return (Object.keys(a) as (keyof Accumulators)[]).some((key) => a[key] !== 0 && b[key] !== 0);
}

function combine(
  a: Accumulators,
  b: Accumulators,
  amounts: (x: Fen, y: Fen) => Fen,
  countSign: 1 | -1,
): Accumulators {
  return {
    inScopeFen: amounts(a.inScopeFen, b.inScopeFen),
    poolFen: amounts(a.poolFen, b.poolFen),
    largeFen: amounts(a.largeFen, b.largeFen),
    burdenFen: amounts(a.burdenFen, b.burdenFen),
    seriousFen: amounts(a.seriousFen, b.seriousFen),
    aidFen: amounts(a.aidFen, b.aidFen),
    aidDeductibleFen: amounts(a.aidDeductibleFen, b.aidDeductibleFen),
    admissions: a.admissions + countSign * b.admissions,
  };
}
