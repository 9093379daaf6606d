/** The worked settlements (`oracle.json`, amounts in fen) as inputs of the calculation. */
import { NO_ACCUMULATORS, type Accumulators } from '../../domain/benefits/accumulators';
import { splitLine, type ChargeLevel, type CostSums, type LineSplit } from '../../domain/benefits/line';
import { computeSettlement } from '../../domain/benefits/settlement';
import type { SettlementInput, SettlementResult } from '../../domain/benefits/types';
import { fen, ZERO, type Fen } from '../../domain/money';
import { policyFor } from '../../domain/policies';
import type { AidIdentity, Level, Policy } from '../../domain/policies/policy';
import oracle from './oracle.json';
import { sumLines } from './sums';

export interface OracleLine {
  readonly feedetl_sn: string;
  readonly name: string;
  readonly cnt: string;
  readonly pric: string;
  readonly chrgitm_lv: string;
  readonly selfpay_prop: string;
  readonly cap: string | null;
  readonly init_feedetl_sn: string | null;
  readonly refused?: string;
}

export interface OraclePerson {
  readonly insutype: string;
  readonly retired: boolean;
  readonly identity?: string;
  readonly level: string;
  readonly admissionNoInYear: number;
  readonly ytd: Readonly<Record<string, number | undefined>>;
  readonly acct_used_flag?: string;
  readonly accountBalanceFen?: number;
}

export const policy2026: Policy = policyFor('2026-06-30');
export const cases = oracle.cases;
export const microCases = oracle.microCases;

export function caseById(id: string): (typeof cases)[number] {
  const found = cases.find((one) => one.id === id);
  if (!found) throw new Error(`no case ${id}`);
  return found;
}

export function splitOracleLine(line: OracleLine, policy: Policy = policy2026): LineSplit {
  const { cnt, pric, cap, selfpay_prop: selfpayProp } = line;
  return splitLine({ cnt, pric, cap, selfpayProp, chrgitmLv: line.chrgitm_lv as ChargeLevel }, policy.line);
}

export function sumsOf(lines: readonly OracleLine[], policy: Policy = policy2026): CostSums {
  return sumLines(lines.filter((line) => line.refused === undefined).map((line) => splitOracleLine(line, policy)));
}

/** Sums of a stay with one class-A line of that amount. */
export function inScopeOnly(amount: number): CostSums {
  return {
    medfee_sumamt: fen(amount),
    fulamt_ownpay_amt: ZERO,
    overlmt_selfpay: ZERO,
    preselfpay_amt: ZERO,
    inscp_scp_amt: fen(amount),
  };
}

export function ytdOf(person: OraclePerson): Accumulators {
  const of = (name: string): Fen => fen(person.ytd[name] ?? 0);
  return {
    ...NO_ACCUMULATORS,
    poolFen: of('poolFen'),
    largeFen: of('largeFen'),
    burdenFen: of('burdenFen'),
    seriousFen: of('seriousFen'),
    aidFen: of('aidFen'),
    admissions: person.admissionNoInYear - 1,
  };
}

export function inputOf(person: OraclePerson, sums: CostSums, change: Partial<SettlementInput> = {}): SettlementInput {
  return {
    policy: policy2026,
    insutype: person.insutype,
    retired: person.retired,
    level: person.level as Level,
    admissionNoInYear: person.admissionNoInYear,
    stay: null,
    ytd: ytdOf(person),
    identity: (person.identity as AidIdentity | undefined) ?? null,
    acctUsedFlag: person.acct_used_flag === '1' ? '1' : '0',
    accountBalance: fen(person.accountBalanceFen ?? 0),
    sums,
    ...change,
  };
}

export function settleCase(id: string): SettlementResult {
  const one = caseById(id);
  return computeSettlement(inputOf(one.person, sumsOf(one.lines)));
}
