/** Who pays what the funds leave: institution, personal account, family account, cash. Rule 19 of docs/benefits.md. */
import { add, formatYuanGrouped as yuan, min, subtract, ZERO, type Fen } from '../money';
import type { AccountRules } from '../policies/policy';
import type { SettlementInput, Step } from './types';

export interface PersonalPayment {
  readonly hospital: Fen;
  /** psn_part_amt: account, family account and cash together. */
  readonly personal: Fen;
  readonly account: Fen;
  readonly family: Fen;
  readonly cash: Fen;
  readonly steps: readonly Step[];
}

/**
 * `burdenLeft` is the in-scope burden plus 先自付 after all funds. The account pays that much at most, unless the policy
 * lets it pay out-of-scope parts too. Throws RangeError when the hospital's share exceeds what is left.
 */
export function computePayment(
  input: SettlementInput,
  account: AccountRules | null,
  fund: Fen,
  burdenLeft: Fen,
): PersonalPayment {
  const left = subtract(input.sums.medfee_sumamt, fund);
  const hospital = input.hospitalShare ?? ZERO;
  if (hospital < 0 || hospital > left) throw new RangeError(`the hospital cannot bear ${yuan(hospital)} of ${yuan(left)}`);
  const personal = subtract(left, hospital);
  const steps: Step[] = [];
  const note = (kind: Step['kind'], label: string, base: Fen, result: Fen, text: string): void => {
    if (result !== 0) steps.push({ kind, label, base, result, text });
  };
  note('hospitalShare', '医院负担', left, hospital, `医院负担 ${yuan(hospital)}`);

  const open = account && input.acctUsedFlag === '1' ? min(personal, payable(input, account, burdenLeft)) : ZERO;
  const own = min(input.accountBalance, open);
  note('account', '个人账户', open, own, `个人账户余额 ${yuan(input.accountBalance)}，可用于 ${yuan(open)}，支付 ${yuan(own)}`);
  const familyBalance = input.familyAccountBalance ?? ZERO;
  const family = min(familyBalance, subtract(open, own));
  note('familyAccount', '共济账户', subtract(open, own), family, `共济账户余额 ${yuan(familyBalance)}，支付 ${yuan(family)}`);

  const cash = subtract(subtract(personal, own), family);
  const text = `个人现金 = ${yuan(personal)} − ${yuan(own)} − ${yuan(family)} = ${yuan(cash)}`;
  steps.push({ kind: 'cash', label: '个人现金', base: personal, result: cash, text });
  return { hospital, personal, account: own, family, cash, steps };
}

function payable(input: SettlementInput, account: AccountRules, burdenLeft: Fen): Fen {
  return account.paysOutOfScope
    ? add(burdenLeft, input.sums.fulamt_ownpay_amt, input.sums.overlmt_selfpay)
    : burdenLeft;
}
