import type { SettlementAmounts } from '../../domain/admission/types';
import { add, negate, ZERO, type Fen } from '../../domain/money';
import { fundSumOnWire } from '../../domain/national/fund-sum';
import type { Profile } from '../../schemas/national/profile';

/** Sum of any number of amounts. Throws RangeError when it leaves the safe integers. */
export function sumOf(amounts: readonly Fen[]): Fen {
  return amounts.reduce((sum, amount) => add(sum, amount), ZERO);
}

/** Amounts as this division sends them in SETLINFO. */
export function profileAmounts(profile: Profile, amounts: SettlementAmounts): SettlementAmounts {
  return { ...amounts, fund_pay_sumamt: fundSumOnWire(profile, amounts.fund_pay_sumamt, amounts.acct_pay) };
}

/** Amounts of a refund: with a minus sign where the division sends them so; balc is the balance after the refund. */
export function refundAmounts(profile: Profile, amounts: SettlementAmounts, balc: Fen): SettlementAmounts {
  const sent = profileAmounts(profile, amounts);
  if (!profile.refundAmountsNegative) return { ...sent, balc };
  const entries = Object.entries(sent).map(([name, amount]: [string, Fen]) => [name, negate(amount)] as const);
  return { ...(Object.fromEntries(entries) as unknown as SettlementAmounts), balc };
}
