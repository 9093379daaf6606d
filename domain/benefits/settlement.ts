/**
 * Computes what an inpatient settlement pays, fund by fund: basic pool → 职工大额 → 大病 → 医疗救助 → accounts → cash.
 * Pure and in whole fen; the rules are numbered in docs/benefits.md.
 */
import { add, formatYuanGrouped as yuan, max, quotientText, subtract, ZERO, type Fen } from '../money';
import type { Fund, InsuranceRules } from '../policies/policy';
import { computeAid } from './aid';
import { computePayment } from './payment';
import { computePool, type PoolShare } from './pool';
import { computeSeriousIllness, type SeriousIllnessShare } from './serious-illness';
import type { CostSums } from './line';
import type { FundRow, SettlementInput, SettlementResult, Step } from './types';

/** Why a settlement cannot be computed. */
export interface SumsProblem {
  readonly code: 'sums.unbalanced' | 'sums.negative';
  readonly message: string;
}

/**
 * Says why sums cannot be settled, or null. Negative sums occur when an interim period holds more returns than charges:
 * then the settlement that paid the returned lines has to be undone first.
 */
export function sumsProblem(sums: CostSums): SumsProblem | null {
  const parts = add(sums.fulamt_ownpay_amt, sums.overlmt_selfpay, sums.preselfpay_amt, sums.inscp_scp_amt);
  if (parts !== sums.medfee_sumamt) {
    return {
      code: 'sums.unbalanced',
      message: `全自费、超限价、先自付、符合范围之和 ${yuan(parts)} 不等于医疗费总额 ${yuan(sums.medfee_sumamt)}。`,
    };
  }
  if (Object.values(sums).some((amount: Fen) => amount < 0)) {
    return { code: 'sums.negative', message: '本次待结算费用的合计为负数，请先撤销退费所对应的结算。' };
  }
  return null;
}

/**
 * Throws RangeError when the policy has no rules for the insutype, when the sums cannot be settled (`sumsProblem`),
 * or when the hospital's share exceeds what the funds leave.
 */
export function computeSettlement(input: SettlementInput): SettlementResult {
  const { sums, policy } = input;
  const rules = policy.insurances[input.insutype];
  if (!rules) throw new RangeError(`policy ${policy.policyVersion} has no rules for insutype ${input.insutype}`);
  const problem = sumsProblem(sums);
  if (problem) throw new RangeError(`${problem.code}: ${problem.message}`);

  const pool = computePool(input, rules);
  const basicBurden = subtract(subtract(sums.inscp_scp_amt, pool.pool), pool.large);
  const serious = rules.seriousIllness
    ? computeSeriousIllness(input, rules.seriousIllness, basicBurden)
    : { amount: ZERO, burden: ZERO, room: null, steps: [] };
  const afterSerious = subtract(add(basicBurden, sums.preselfpay_amt), serious.amount);
  const aid = computeAid(input, max(ZERO, subtract(basicBurden, serious.amount)), afterSerious);
  const fund = add(pool.pool, pool.large, serious.amount, aid.amount);
  const payment = computePayment(input, rules.account, fund, subtract(afterSerious, aid.amount));

  return {
    policyVersion: policy.policyVersion,
    amounts: {
      ...sums,
      act_pay_dedc: pool.deductible,
      hifp_pay: pool.pool,
      cvlserv_pay: ZERO,
      hifes_pay: ZERO,
      hifmi_pay: serious.amount,
      hifob_pay: pool.large,
      hifdm_pay: ZERO,
      maf_pay: aid.amount,
      oth_pay: ZERO,
      fund_pay_sumamt: fund,
      psn_part_amt: payment.personal,
      acct_pay: payment.account,
      acct_mulaid_pay: payment.family,
      psn_cash_pay: payment.cash,
      hosp_part_amt: payment.hospital,
      balc: rules.account ? subtract(input.accountBalance, payment.account) : ZERO,
    },
    poolPropSelfpay: quotientText(pool.pool, subtract(sums.inscp_scp_amt, pool.deductible), 4),
    funds: [
      ...basicRows(rules, sums.inscp_scp_amt, pool),
      ...seriousRows(rules, serious),
      ...fundRow(policy.aid, aid.base, aid.room, aid.amount, aid.steps),
    ],
    steps: [...pool.steps, ...serious.steps, ...aid.steps, ...payment.steps],
    change: {
      inScopeFen: sums.inscp_scp_amt,
      poolFen: pool.pool,
      largeFen: pool.large,
      burdenFen: serious.burden,
      seriousFen: serious.amount,
      aidFen: aid.amount,
      aidDeductibleFen: aid.deductible,
      admissions: input.stay === null ? 1 : 0,
    },
    stay: pool.stay,
  };
}

function basicRows(rules: InsuranceRules, inScope: Fen, pool: PoolShare): FundRow[] {
  const poolSteps = pool.steps.filter((step) => step.kind !== 'largeAmount');
  const rows = fundRow(rules.pool, inScope, pool.poolRoom, pool.pool, poolSteps);
  if (!rules.largeAmount) return rows;
  const largeSteps = pool.steps.filter((step) => step.kind === 'largeAmount');
  return [...rows, ...fundRow(rules.largeAmount, pool.cutOff, pool.largeRoom, pool.large, largeSteps)];
}

function seriousRows(rules: InsuranceRules, serious: SeriousIllnessShare): FundRow[] {
  if (!rules.seriousIllness) return [];
  return fundRow(rules.seriousIllness, serious.burden, serious.room ?? serious.burden, serious.amount, serious.steps);
}

function fundRow(fund: Fund, looked: Fen, room: Fen, paid: Fen, steps: readonly Step[]): FundRow[] {
  if (paid === 0) return [];
  return [
    {
      fund_pay_type: fund.fundPayType,
      fund_pay_type_name: fund.name,
      inscp_scp_amt: looked,
      crt_payb_lmt_amt: room,
      fund_payamt: paid,
      setl_proc_info: steps.map((step) => step.text).join('；'),
    },
  ];
}
