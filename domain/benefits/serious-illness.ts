/** Serious-illness insurance (大病保险) on the burden accumulated in the year. Rules 14 to 16 of docs/benefits.md. */
import { add, addDecimals, fen, formatDecimal, formatYuanGrouped as yuan, max, min, parseDecimal, subtract, ZERO, type Fen } from '../money';
import type { SeriousIllnessRules } from '../policies/policy';
import { cutByEnds, shareByParts, totalOf } from './steps';
import type { SettlementInput, Step } from './types';

export interface SeriousIllnessShare {
  readonly amount: Fen;
  /** What this settlement adds to the burden of the year. */
  readonly burden: Fen;
  /** What the yearly cap still allowed; null where there is none. */
  readonly room: Fen | null;
  readonly steps: readonly Step[];
}

/**
 * Pays by tiers above the deductible on the stretch that this stay adds to the year's burden.
 * `inScopeBurden` is what basic insurance left of the in-scope amount.
 */
export function computeSeriousIllness(
  input: SettlementInput,
  rules: SeriousIllnessRules,
  inScopeBurden: Fen,
): SeriousIllnessShare {
  const burden = rules.base === 'inScope' ? inScopeBurden : add(inScopeBurden, input.sums.preselfpay_amt);
  const favoured = input.identity !== null && rules.favoured.who.includes(input.identity);
  const { deductibleFen, annualCapFen } = favoured ? rules.favoured : rules.normal;
  const plus = parseDecimal(favoured ? rules.favoured.ratioPlus : '0');
  const tiers = rules.tiers.map(({ toFen, ratio }) => ({
    toFen,
    ratio: formatDecimal(addDecimals(parseDecimal(ratio), plus)),
  }));
  const deductible = fen(deductibleFen);
  const before = input.ytd.burdenFen;
  const after = add(before, burden);
  const label = `${rules.name}（年度负担 ${yuan(before)} → ${yuan(after)}，起付 ${yuan(deductible)}）起付以上`;
  const parts = cutByEnds(max(ZERO, subtract(before, deductible)), max(ZERO, subtract(after, deductible)), tiers);
  const steps = shareByParts('seriousIllnessTier', label, parts, input.policy.fundRounding.mode);

  const uncapped = totalOf(steps);
  const room = annualCapFen === null ? null : max(ZERO, subtract(fen(annualCapFen), input.ytd.seriousFen));
  const amount = room === null ? uncapped : min(uncapped, room);
  if (room !== null && amount < uncapped) {
    const text = `${rules.name}年度限额余额 ${yuan(room)}：${yuan(uncapped)} 按限额支付 ${yuan(amount)}`;
    steps.push({ kind: 'seriousIllnessCap', label: `${rules.name}年度限额`, base: uncapped, result: amount, text });
  }
  return { amount, burden, room, steps };
}
