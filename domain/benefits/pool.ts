/** Basic pool (基本统筹): deductible, segments, yearly cap, and 职工大额 above the cap. Rules 7 to 13 of docs/benefits.md. */
import { add, fen, formatYuanGrouped as yuan, max, min, parseDecimal, share, subtract, ZERO, type Fen } from '../money';
import type { DeductibleRules, InsuranceRules, Level } from '../policies/policy';
import { cutByEnds, percent, shareByParts, totalOf } from './steps';
import type { SettlementInput, StayProgress, Step } from './types';

export interface PoolShare {
  /** Deductible taken by this settlement. */
  readonly deductible: Fen;
  readonly pool: Fen;
  /** What the yearly cap still allowed, in fund money. */
  readonly poolRoom: Fen;
  /** Pool share that the yearly cap cut off. */
  readonly cutOff: Fen;
  readonly large: Fen;
  readonly largeRoom: Fen;
  readonly stay: StayProgress;
  readonly steps: readonly Step[];
}

/** Deductible (起付线) of an admission by its number in the year. */
export function stayDeductible(rules: DeductibleRules, level: Level, admissionNoInYear: number): Fen {
  const first = fen(rules.fen[level]);
  if (rules.freeFromAdmission !== null && admissionNoInYear >= rules.freeFromAdmission) return ZERO;
  if (admissionNoInYear === 1) return first;
  if (rules.later.kind === 'ratio') return share(first, parseDecimal(rules.later.ratio));
  const fallen = fen(first - rules.later.byFen * (admissionNoInYear - 1));
  return max(fallen, min(first, fen(rules.later.floorFen)));
}

export function computePool(input: SettlementInput, rules: InsuranceRules): PoolShare {
  const inScope = input.sums.inscp_scp_amt;
  const before: StayProgress = input.stay ?? {
    deductible: stayDeductible(rules.deductible, input.level, input.admissionNoInYear),
    deductibleTaken: ZERO,
    inScope: ZERO,
  };
  const deductible = min(inScope, max(ZERO, subtract(before.deductible, before.deductibleTaken)));
  const steps: Step[] = [deductibleStep(before, deductible)];

  const from = segmentStart(input, rules, before, deductible);
  const to = add(from, subtract(inScope, deductible));
  const segments = shareUpTo(input, rules, from, to);
  steps.push(...segments);

  const uncapped = totalOf(segments);
  const { pool, room, capStep } = applyCap(input, rules, { from, to, uncapped });
  const cutOff = subtract(uncapped, pool);
  if (capStep) steps.push(capStep);

  const large = computeLarge(input, rules, cutOff);
  if (large.step) steps.push(large.step);
  return {
    deductible,
    pool,
    poolRoom: room,
    cutOff,
    large: large.amount,
    largeRoom: large.room,
    stay: {
      deductible: before.deductible,
      deductibleTaken: add(before.deductibleTaken, deductible),
      inScope: add(before.inScope, inScope),
    },
    steps,
  };
}

function deductibleStep(before: StayProgress, taken: Fen): Step {
  const earlier = before.deductibleTaken > 0 ? `，本次住院此前已付 ${yuan(before.deductibleTaken)}` : '';
  return {
    kind: 'deductible',
    label: '起付线',
    base: before.deductible,
    result: taken,
    text: `起付线 ${yuan(before.deductible)}${earlier}，本次支付 ${yuan(taken)}`,
  };
}

/** Where the payable part begins on the scale that the segment ends are measured on. */
function segmentStart(input: SettlementInput, rules: InsuranceRules, before: StayProgress, deductible: Fen): Fen {
  switch (rules.segments.measuredOn) {
    case 'deductibleIncluded':
      return add(before.inScope, deductible);
    case 'deductibleExcluded':
      return subtract(before.inScope, before.deductibleTaken);
    case 'yearAccumulated':
      return add(input.ytd.inScopeFen, deductible);
  }
}

function shareUpTo(input: SettlementInput, rules: InsuranceRules, from: Fen, to: Fen): Step[] {
  const tiers = rules.segments.tiers.map(({ toFen, inService, retired }) => ({
    toFen,
    ratio: (input.retired ? (retired ?? inService) : inService)[input.level],
  }));
  return shareByParts('poolSegment', '统筹', cutByEnds(from, to, tiers), input.policy.fundRounding.mode);
}

function applyCap(
  input: SettlementInput,
  rules: InsuranceRules,
  part: { readonly from: Fen; readonly to: Fen; readonly uncapped: Fen },
): { pool: Fen; room: Fen; capStep: Step | null } {
  const { from, to, uncapped } = part;
  let room: Fen;
  let left: Fen;
  if (rules.poolCap.measuredOn === 'fundMoney') {
    left = max(ZERO, subtract(fen(rules.poolCap.annualFen), input.ytd.poolFen));
    room = left;
  } else {
    left = max(ZERO, subtract(fen(rules.poolCap.annualFen), input.ytd.inScopeFen));
    const beyond = max(ZERO, subtract(input.sums.inscp_scp_amt, left));
    room = totalOf(shareUpTo(input, rules, from, max(from, subtract(to, beyond))));
  }
  const pool = min(uncapped, room);
  if (pool === uncapped) return { pool, room, capStep: null };
  const measure = rules.poolCap.measuredOn === 'fundMoney' ? '统筹年度限额余额' : '统筹年度限额余额（按符合范围金额）';
  const text = `${measure} ${yuan(left)}：统筹 ${yuan(uncapped)} 按限额支付 ${yuan(pool)}，超出 ${yuan(subtract(uncapped, pool))}`;
  return { pool, room, capStep: { kind: 'poolCap', label: '统筹年度限额', base: uncapped, result: pool, text } };
}

function computeLarge(
  input: SettlementInput,
  rules: InsuranceRules,
  cutOff: Fen,
): { amount: Fen; room: Fen; step: Step | null } {
  const large = rules.largeAmount;
  if (!large || cutOff === 0) return { amount: ZERO, room: ZERO, step: null };
  const room = max(ZERO, subtract(fen(large.annualCapFen), input.ytd.largeFen));
  const uncapped = share(cutOff, parseDecimal(large.ratio), input.policy.fundRounding.mode);
  const amount = min(uncapped, room);
  const limit = amount < uncapped ? `，年度限额余额 ${yuan(room)}，支付 ${yuan(amount)}` : '';
  const text = `${large.name}：超出统筹限额 ${yuan(cutOff)} × ${percent(large.ratio)} = ${yuan(uncapped)}${limit}`;
  return { amount, room, step: { kind: 'largeAmount', label: large.name, base: cutOff, ratio: large.ratio, result: amount, text } };
}
