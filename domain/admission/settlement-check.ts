import { brokenInvariants, type FundRow } from '../benefits/invariants';
import { applyDeposit, type DepositUse } from '../benefits/sheet';
import { add, formatYuan, subtract, ZERO, type Fen } from '../money';
import type { LineSums } from './line-sums';
import type { SettlementAmounts } from './types';

/** Amount members of SETLINFO as a platform answers them; any may be absent. */
export type AnsweredAmounts = { readonly [K in keyof SettlementAmounts]?: Fen };

const MEMBERS: readonly (keyof SettlementAmounts)[] = [
  'medfee_sumamt', 'fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt', 'act_pay_dedc',
  'hifp_pay', 'cvlserv_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'hifdm_pay', 'maf_pay', 'oth_pay',
  'fund_pay_sumamt', 'psn_part_amt', 'acct_pay', 'acct_mulaid_pay', 'psn_cash_pay', 'hosp_part_amt', 'balc',
];

/**
 * Brings an answer to the outside reading of `fund_pay_sumamt` (without the accounts), whatever the profile sends.
 * Absent members count as zero.
 */
export function normaliseAmounts(answer: AnsweredAmounts, accountInFundSum: boolean): SettlementAmounts {
  const amounts = Object.fromEntries(MEMBERS.map((name) => [name, answer[name] ?? ZERO])) as unknown as SettlementAmounts;
  if (!accountInFundSum) return amounts;
  return { ...amounts, fund_pay_sumamt: subtract(amounts.fund_pay_sumamt, accountWithin(amounts)) };
}

/** A self-pay settlement (自费结算): the whole bill falls on the patient, in cash. */
export function selfPayAmounts(total: Fen): SettlementAmounts {
  const all = { medfee_sumamt: total, fulamt_ownpay_amt: total, psn_part_amt: total, psn_cash_pay: total };
  return normaliseAmounts(all, false);
}

/** The account money that the total holds: with or without the family member's; the sum of the funds tells which (M4). */
function accountWithin(amounts: SettlementAmounts): Fen {
  const both = add(amounts.acct_pay, amounts.acct_mulaid_pay);
  const funds = add(
    amounts.hifp_pay, amounts.cvlserv_pay, amounts.hifes_pay, amounts.hifmi_pay,
    amounts.hifob_pay, amounts.hifdm_pay, amounts.maf_pay, amounts.oth_pay,
  );
  return subtract(amounts.fund_pay_sumamt, both) === funds ? both : amounts.acct_pay;
}

/**
 * Whether a settlement may be booked: its total is that of the lines uploaded, and its parts sum to their totals. Returns
 * one Chinese sentence per broken rule; an empty list means that it may.
 */
export function settlementProblems(amounts: SettlementAmounts, funds: readonly FundRow[], sums: LineSums): string[] {
  const problems = brokenInvariants(amounts, funds).map(({ message }) => message);
  if (amounts.medfee_sumamt !== sums.medfee) {
    problems.unshift(`结算总额 ${formatYuan(amounts.medfee_sumamt)} 元，已上传明细合计 ${formatYuan(sums.medfee)} 元`);
  }
  return problems;
}

/** Members in which two settlements of the same fees differ (M9); the balance before or after payment is no part of it. */
export function differingAmounts(expected: SettlementAmounts, actual: SettlementAmounts): (keyof SettlementAmounts)[] {
  return MEMBERS.filter((name) => name !== 'balc' && expected[name] !== actual[name]);
}

/** How the deposit meets the cash part. An interim settlement pays nothing back: the stay goes on. Fen. */
export function settleDeposit(cash: Fen, deposit: Fen, final: boolean): DepositUse {
  const use = applyDeposit(deposit, cash);
  return final ? use : { ...use, refund: ZERO };
}
