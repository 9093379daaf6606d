import fc from 'fast-check';
import { applyChange, NO_ACCUMULATORS, undoChange, undoEffect, type Accumulators } from '../../domain/benefits/accumulators';
import { brokenInvariants } from '../../domain/benefits/invariants';
import { splitLine, type LineToSplit } from '../../domain/benefits/line';
import { computeSettlement } from '../../domain/benefits/settlement';
import type { SettlementInput, SettlementResult, StayProgress } from '../../domain/benefits/types';
import { fen, formatDecimal, parseDecimal, type Fen } from '../../domain/money';
import { IDENTITIES, LEVELS, type LineRules } from '../../domain/policies/policy';
import { caseById, inputOf, inScopeOnly, policy2026, settleCase, sumsOf } from './oracle';
import { seed } from './seed';
import { sumLines } from './sums';

const decimal = (scale: number, max: number): fc.Arbitrary<string> =>
  fc.bigInt({ min: 1n, max: BigInt(max) * 10n ** BigInt(scale) }).map((units) => formatDecimal({ units, scale }));
const rules: fc.Arbitrary<LineRules> = fc.record({
  rounding: fc.constantFrom('halfUp' as const, 'truncate' as const),
  order: fc.constantFrom('capThenSelfpay' as const, 'selfpayThenCap' as const),
});
const line: fc.Arbitrary<LineToSplit> = fc.record({
  cnt: decimal(4, 500),
  pric: decimal(6, 5000),
  chrgitmLv: fc.constantFrom('01' as const, '02' as const, '03' as const),
  selfpayProp: fc.constantFrom('0', '0.1000', '0.2000', '0.0537', '1'),
  cap: fc.option(decimal(2, 5000), { nil: null }),
});
const amount = (max: number): fc.Arbitrary<Fen> => fc.integer({ min: 0, max }).map(fen);
const input: fc.Arbitrary<SettlementInput> = fc
  .record({
    insutype: fc.constantFrom('310', '390'),
    retired: fc.boolean(),
    level: fc.constantFrom(...LEVELS),
    admissionNoInYear: fc.integer({ min: 1, max: 4 }),
    identity: fc.constantFrom(null, ...IDENTITIES),
    acctUsedFlag: fc.constantFrom('0' as const, '1' as const),
    accountBalance: amount(1_000_000),
    familyAccountBalance: amount(1_000_000),
    parts: fc.tuple(amount(3_000_000), amount(3_000_000), amount(3_000_000), amount(60_000_000)),
    used: fc.tuple(amount(26_000_000), amount(30_000_000), amount(9_000_000), amount(41_000_000), amount(3_000_000)),
  })
  .map(({ parts: [own, over, pre, scope], used: [pool, large, burden, serious, aid], ...person }) => ({
    ...person,
    policy: policy2026,
    stay: null,
    ytd: { ...NO_ACCUMULATORS, poolFen: pool, largeFen: large, burdenFen: burden, seriousFen: serious, aidFen: aid },
    sums: {
      medfee_sumamt: fen(own + over + pre + scope),
      fulamt_ownpay_amt: own,
      overlmt_selfpay: over,
      preselfpay_amt: pre,
      inscp_scp_amt: scope,
    },
  }));

const check = <T>(arbitrary: fc.Arbitrary<T>, body: (value: T) => void): void => {
  fc.assert(fc.property(arbitrary, body), { seed, numRuns: 500 });
};

describe(`properties of lines (seed ${seed})`, () => {
  test('the four parts add up to the line and none has the wrong sign', () => {
    check(fc.tuple(line, rules), ([one, by]) => {
      const split = splitLine(one, by);
      const parts = [split.fulamt_ownpay_amt, split.overlmt_amt, split.preselfpay_amt, split.inscp_scp_amt];
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(split.det_item_fee_sumamt);
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
    });
  });

  test('property 2: a full return brings every total back exactly', () => {
    check(fc.tuple(fc.array(line, { maxLength: 20 }), line, rules), ([others, one, by]) => {
      const before = others.map((other) => splitLine(other, by));
      const both = [splitLine(one, by), splitLine({ ...one, cnt: `-${one.cnt}` }, by)];
      expect(sumLines([...before, ...both])).toEqual(sumLines(before));
    });
  });

  test('property 2: a line cut in two of the same item moves at most one fen per line', () => {
    check(fc.tuple(line, rules, fc.bigInt({ min: 1n, max: 9999n })), ([one, by, share]) => {
      const whole = parseDecimal(one.cnt);
      const first = (whole.units * share) / 10_000n;
      const cut = [first, whole.units - first].map((units) =>
        splitLine({ ...one, cnt: formatDecimal({ units, scale: whole.scale }) }, by),
      );
      const together = sumLines(cut);
      const alone = sumLines([splitLine(one, by)]);
      expect(Math.abs(together.medfee_sumamt - alone.medfee_sumamt)).toBeLessThanOrEqual(1);
      for (const name of Object.keys(alone) as (keyof typeof alone)[]) {
        expect(Math.abs(together[name] - alone[name])).toBeLessThanOrEqual(2);
      }
    });
  });
});

describe(`properties of settlements (seed ${seed})`, () => {
  test('the amounts balance, nothing is negative, no fund exceeds its yearly limit', () => {
    check(input, (one) => {
      const { amounts, funds, change } = computeSettlement(one);
      expect(brokenInvariants(amounts, funds)).toEqual([]);
      const ruleset = policy2026.insurances[one.insutype];
      expect(amounts.hifp_pay).toBeLessThanOrEqual(Math.max(0, (ruleset?.poolCap.annualFen ?? 0) - one.ytd.poolFen));
      expect(amounts.hifob_pay).toBeLessThanOrEqual(Math.max(0, 30_000_000 - one.ytd.largeFen));
      if (one.identity === null) expect(amounts.hifmi_pay).toBeLessThanOrEqual(Math.max(0, 40_000_000 - one.ytd.seriousFen));
      expect(amounts.maf_pay).toBeLessThanOrEqual(Math.max(0, 3_000_000 - one.ytd.aidFen));
      expect(amounts.acct_pay).toBeLessThanOrEqual(one.accountBalance);
      expect(amounts.fund_pay_sumamt).toBeLessThanOrEqual(one.sums.inscp_scp_amt);
      expect(change.inScopeFen).toBe(one.sums.inscp_scp_amt);
    });
  });

  test('property 1: undoing restores every accumulator and the account balance', () => {
    check(input, (one) => {
      const { amounts, change } = computeSettlement(one);
      expect(undoChange(applyChange(one.ytd, change), change)).toEqual(one.ytd);
      if (one.insutype === '310') expect(amounts.balc + amounts.acct_pay).toBe(one.accountBalance);
    });
  });

  test('property 1: A, undone, then A2 gives what A2 gives alone', () => {
    const { person, lines } = caseById('A2');
    const first = settleCase('A');
    const booked = applyChange(NO_ACCUMULATORS, first.change);
    const restored = undoChange(booked, first.change);
    const accountBalance = fen(first.amounts.balc + first.amounts.acct_pay);
    const second = computeSettlement(inputOf(person, sumsOf(lines), { ytd: restored, accountBalance }));
    expect(second).toEqual(settleCase('A2'));
  });

  test('property 3: the order of two settlements with equal deductibles changes 大病 by a fen a tier and settlement at most', () => {
    check(fc.tuple(amount(20_000_000), amount(20_000_000), input), ([x, y, person]) => {
      const resident = { ...person, insutype: '390', admissionNoInYear: 2 };
      const seriousOf = (amounts: Fen[]): number => settleInTurn(resident, amounts).ytd.seriousFen;
      expect(Math.abs(seriousOf([x, y]) - seriousOf([y, x]))).toBeLessThanOrEqual(6);
    });
  });

  test('property 3: after undoing an earlier settlement the recalculated later one is as if the earlier had never been', () => {
    check(fc.tuple(input, amount(10_000_000), amount(10_000_000)), ([person, x, y]) => {
      const first = computeSettlement({ ...person, sums: inScopeOnly(x) });
      const after = applyChange(person.ytd, first.change);
      const later = computeSettlement({ ...person, ytd: after, sums: inScopeOnly(y) });
      const both = applyChange(after, later.change);
      const without = undoChange(undoChange(both, later.change), first.change);
      expect(computeSettlement({ ...person, ytd: without, sums: inScopeOnly(y) })).toEqual(
        computeSettlement({ ...person, sums: inScopeOnly(y) }),
      );
    });
  });

  test.each([
    ['refuse', 'S1', { kind: 'refused', later: ['S2'], message: expect.stringContaining('1 笔') }],
    ['recalculate', 'S1', { kind: 'recalculate', later: ['S2'] }],
    ['refuse', 'S2', { kind: 'free' }],
  ] as const)('property 3: rule %s, undoing %s', (rule, setlId, effect) => {
    const { change } = settleCase('B');
    const booked = [
      { setlId: 'S1', change },
      { setlId: 'S2', change: { ...NO_ACCUMULATORS, poolFen: fen(1) } },
    ];
    expect(undoEffect(booked, setlId, rule)).toEqual(effect);
    expect(() => undoEffect(booked, 'S9', rule)).toThrow(RangeError);
  });

  test('property 5: fund rows add up to the sum outside; inside only that sum changes, by the account', () => {
    check(input, (one) => {
      const { amounts, funds } = computeSettlement(one);
      expect(funds.reduce((sum, row) => sum + row.fund_payamt, 0)).toBe(amounts.fund_pay_sumamt);
      expect(amounts.fund_pay_sumamt + amounts.acct_pay + amounts.acct_mulaid_pay + amounts.psn_cash_pay + amounts.hosp_part_amt).toBe(
        amounts.medfee_sumamt,
      );
    });
  });

  test('property 6: interim settlements take the deductible once and go on in the segments where the last one stopped', () => {
    check(fc.tuple(input, fc.array(amount(4_000_000), { minLength: 2, maxLength: 5 })), ([person, parts]) => {
      const whole = fen(parts.reduce((sum, part) => sum + part, 0));
      const fresh = { ...person, ytd: NO_ACCUMULATORS, identity: null };
      const once = computeSettlement({ ...fresh, sums: inScopeOnly(whole) });
      const turns = settleInTurn(fresh, parts, 'oneStay');
      const sum = (pick: (result: SettlementResult) => number): number =>
        turns.results.reduce((total, result) => total + pick(result), 0);
      expect(sum((result) => result.amounts.act_pay_dedc)).toBe(once.amounts.act_pay_dedc);
      expect(turns.ytd.admissions).toBe(1);
      expect(Math.abs(sum((result) => result.amounts.hifp_pay) - once.amounts.hifp_pay)).toBeLessThanOrEqual(3 + parts.length);
    });
  });
});

function settleInTurn(
  person: SettlementInput,
  amounts: readonly Fen[],
  how: 'ownStays' | 'oneStay' = 'ownStays',
): { ytd: Accumulators; results: SettlementResult[] } {
  let ytd = person.ytd;
  let stay: StayProgress | null = null;
  const results = amounts.map((scope) => {
    const result = computeSettlement({ ...person, ytd, stay, sums: inScopeOnly(scope) });
    ytd = applyChange(ytd, result.change);
    stay = how === 'oneStay' ? result.stay : null;
    return result;
  });
  return { ytd, results };
}
