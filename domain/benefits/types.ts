import type { SettlementAmounts } from '../admission/types';
import type { Fen } from '../money';
import type { AidIdentity, Level, Policy } from '../policies/policy';
import type { Accumulators } from './accumulators';
import type { CostSums } from './line';

/**
 * What a stay already used up in earlier interim settlements (中途结算). The deductible is fixed by the first of them and
 * taken once a stay; the segments go on where the one before stopped.
 */
export interface StayProgress {
  /** Whole deductible of the stay. */
  readonly deductible: Fen;
  /** Of it, taken so far. */
  readonly deductibleTaken: Fen;
  /** In-scope amount settled so far. */
  readonly inScope: Fen;
}

export interface SettlementInput {
  readonly policy: Policy;
  readonly insutype: string;
  readonly retired: boolean;
  readonly level: Level;
  /** 1 for the first admission of the year. */
  readonly admissionNoInYear: number;
  /** Null for the first or only settlement of the stay. */
  readonly stay: StayProgress | null;
  /** The person's accumulators of the year before this settlement. */
  readonly ytd: Accumulators;
  readonly identity: AidIdentity | null;
  /** acct_used_flag. */
  readonly acctUsedFlag: '0' | '1';
  readonly accountBalance: Fen;
  /** Balance of a family member's account that may help (共济). */
  readonly familyAccountBalance?: Fen;
  /** hosp_part_amt: what the institution bears by contract; taken off what the person pays. */
  readonly hospitalShare?: Fen;
  readonly sums: CostSums;
}

/** One row of SETLDETAIL: what one fund pays. */
export interface FundRow {
  readonly fund_pay_type: string;
  readonly fund_pay_type_name: string;
  readonly inscp_scp_amt: Fen;
  /** What the fund's limit still allowed before this payment; the amount looked at where there is no limit. */
  readonly crt_payb_lmt_amt: Fen;
  readonly fund_payamt: Fen;
  /** The computation in words. */
  readonly setl_proc_info: string;
}

export type StepKind =
  | 'deductible'
  | 'poolSegment'
  | 'poolCap'
  | 'largeAmount'
  | 'seriousIllnessTier'
  | 'seriousIllnessCap'
  | 'aidDeductible'
  | 'aid'
  | 'hospitalShare'
  | 'account'
  | 'familyAccount'
  | 'cash';

/** One line of the computation, so that a clerk can do it again on paper. */
export interface Step {
  readonly kind: StepKind;
  /** Chinese name of the step. */
  readonly label: string;
  /** The part of the amount that this step covers, where the step is a segment or tier. */
  readonly from?: Fen;
  readonly to?: Fen;
  readonly base: Fen;
  readonly ratio?: string;
  readonly result: Fen;
  /** The whole step as one readable line in yuan. */
  readonly text: string;
}

export interface SettlementResult {
  readonly policyVersion: string;
  readonly amounts: SettlementAmounts;
  /** hifp_pay ÷ (in scope − deductible), four decimals. */
  readonly poolPropSelfpay: string;
  /** One row for each fund that pays. */
  readonly funds: readonly FundRow[];
  readonly steps: readonly Step[];
  /** What this settlement adds to the accumulators; apply it on settling, undo it on cancelling. */
  readonly change: Accumulators;
  /** Hand this to the next settlement of the same stay. */
  readonly stay: StayProgress;
}
