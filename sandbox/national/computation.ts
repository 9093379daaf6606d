import { dateOf } from '../../domain/calendar';
import { identityOn, isRetired } from '../../domain/benefits/person';
import { computeSettlement, sumsProblem } from '../../domain/benefits/settlement';
import type { FundRow, SettlementResult } from '../../domain/benefits/types';
import { fen, min, subtract, ZERO, type Fen } from '../../domain/money';
import { fundPolicyFor } from '../../domain/policies';
import type { Policy } from '../../domain/policies/policy';
import { accumulatorsOf } from './accumulators';
import type { Institution } from './institutions';
import type { UnsettledLines } from './lines';
import { must, Refusal } from './refusal';
import { balanceOf, identitiesOf, insuranceOf, type Insurance } from './registers';
import { liveSettlementsOfStay } from './settlements';
import type { Db } from './store';
import type { Visit } from './visits';

export interface SettlementRequest {
  readonly visit: Visit;
  readonly lines: UnsettledLines;
  readonly institution: Institution;
  readonly acctUsedFlag: '0' | '1';
  /** Discharge, or the day of the last fee while the person is still in hospital: it chooses policy and year. */
  readonly day: string;
  readonly driftFen: number;
}

export interface Computed {
  readonly result: SettlementResult;
  readonly insurance: Insurance;
  readonly year: string;
}

/** What the centre pays for the unsettled lines of a stay. Throws Refusal when they cannot be settled. */
export function computeFor(view: Db, request: SettlementRequest): Computed {
  const { visit, lines, institution, day } = request;
  const policy = fundPolicy(visit, day);
  const problem = sumsProblem(lines.sums);
  must(problem === null, `[结算]${problem?.message ?? ''}`);
  const year = day.slice(0, 4);
  const insurance = insuranceOf(view, visit.psn_no, visit.insutype, visit.insuplc_admdvs);
  const ytd = accumulatorsOf(view, { psnNo: visit.psn_no, insutype: visit.insutype, year });
  const previous = liveSettlementsOfStay(view, visit.mdtrt_id).at(-1);
  const input = {
    policy,
    insutype: visit.insutype,
    retired: isRetired(insurance.psn_type),
    level: `level${institution.level}` as const,
    admissionNoInYear: ytd.admissions + 1,
    stay: previous?.effects.stay ?? null,
    ytd,
    identity: identityOn(identitiesOf(view, visit.psn_no), day, policy),
    acctUsedFlag: request.acctUsedFlag,
    accountBalance: balanceOf(view, visit.psn_no, 'personal'),
    familyAccountBalance: balanceOf(view, visit.psn_no, 'family'),
    sums: lines.sums,
  };
  const result = computeSettlement(input);
  const share = hospitalShare(institution, lines.sums.medfee_sumamt, result);
  const shared = share === 0 ? result : computeSettlement({ ...input, hospitalShare: share });
  return { result: drift(shared, request.driftFen), insurance, year };
}

function fundPolicy(visit: Visit, day: string): Policy {
  try {
    return fundPolicyFor({ admissionDate: dateOf(visit.begntime), dischargeDate: day });
  } catch (error) {
    throw new Refusal('[结算]出院日期没有有效的待遇政策', -1, { cause: error });
  }
}

/** Where the contract has a ceiling, the institution bears what lies above it, as far as the patient would pay it. */
function hospitalShare(institution: Institution, medfee: Fen, result: SettlementResult): Fen {
  if (institution.drgCeilingFen === null || medfee <= institution.drgCeilingFen) return ZERO;
  return min(subtract(medfee, fen(institution.drgCeilingFen)), result.amounts.psn_part_amt);
}

/** The fault `amountDrift`: the same lines give another split, which still adds up, and is what is booked. */
function drift(result: SettlementResult, driftFen: number): SettlementResult {
  const moved = Math.min(driftFen, result.amounts.hifp_pay);
  if (moved === 0) return result;
  const { amounts, change } = result;
  return {
    ...result,
    amounts: {
      ...amounts,
      hifp_pay: fen(amounts.hifp_pay - moved),
      fund_pay_sumamt: fen(amounts.fund_pay_sumamt - moved),
      psn_part_amt: fen(amounts.psn_part_amt + moved),
      psn_cash_pay: fen(amounts.psn_cash_pay + moved),
    },
    funds: result.funds.map((row, index) => (index === 0 ? lessPaid(row, moved) : row)).filter((row) => row.fund_payamt > 0),
    change: { ...change, poolFen: fen(change.poolFen - moved) },
  };
}

function lessPaid(row: FundRow, moved: number): FundRow {
  return { ...row, fund_payamt: fen(row.fund_payamt - moved) };
}
