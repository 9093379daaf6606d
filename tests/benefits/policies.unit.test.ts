import { applyChange, NO_ACCUMULATORS, undoChange } from '../../domain/benefits/accumulators';
import { brokenInvariants } from '../../domain/benefits/invariants';
import { identityOn, isRetired } from '../../domain/benefits/person';
import { stayDeductible } from '../../domain/benefits/pool';
import { computeSettlement, sumsProblem } from '../../domain/benefits/settlement';
import { invoiceSplit } from '../../domain/benefits/sheet';
import type { SettlementInput } from '../../domain/benefits/types';
import { fen, ZERO } from '../../domain/money';
import { demoPolicies, fundPolicyFor, policyFor } from '../../domain/policies';
import type { InsuranceRules, Policy } from '../../domain/policies/policy';
import { validatePolicies, validatePolicy } from '../../domain/policies/validate';
import { inScopeOnly, policy2026 } from './oracle';

/** A copy of the 2026 policy with the values at these paths replaced. */
function policyWith(...changes: readonly (readonly [path: string, value: unknown])[]): Policy {
  return validatePolicy(changed(policy2026, changes));
}

function changed(source: unknown, changes: readonly (readonly [path: string, value: unknown])[]): unknown {
  const copy = structuredClone(source);
  for (const [path, value] of changes) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const parent = names.reduce<Record<string, unknown>>(
      (at, name) => at[name] as Record<string, unknown>,
      copy as Record<string, unknown>,
    );
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return copy;
}

function employee(change: Partial<SettlementInput> = {}): SettlementInput {
  return {
    policy: policy2026,
    insutype: '310',
    retired: false,
    level: 'level3',
    admissionNoInYear: 1,
    stay: null,
    ytd: NO_ACCUMULATORS,
    identity: null,
    acctUsedFlag: '0',
    accountBalance: ZERO,
    sums: inScopeOnly(1_500_000),
    ...change,
  };
}

describe('versions by date', () => {
  test.each`
    admission       | discharge       | version
    ${'2026-01-01'} | ${'2026-01-01'} | ${'demo-2026-01'}
    ${'2026-11-02'} | ${'2026-12-31'} | ${'demo-2026-01'}
    ${'2026-12-28'} | ${'2027-01-01'} | ${'demo-2027-01'}
    ${'2025-12-28'} | ${'2026-01-05'} | ${'demo-2026-01'}
    ${'2025-03-01'} | ${'2025-12-31'} | ${'demo-2025-01'}
  `('admitted $admission, discharged $discharge: $version', ({ admission, discharge, version }) => {
    expect(fundPolicyFor({ admissionDate: admission, dischargeDate: discharge }).policyVersion).toBe(version);
  });

  test('a version may say that the admission date counts', () => {
    const byAdmission = demoPolicies.map((policy) =>
      policy === policy2026 ? policyWith(['versionChosenBy.fund', 'admissionDate']) : policy,
    );
    const stay = { admissionDate: '2025-12-28', dischargeDate: '2026-01-05' };
    expect(fundPolicyFor(stay, byAdmission).policyVersion).toBe('demo-2025-01');
  });

  test('a date without a version is an error', () => {
    expect(() => policyFor('2024-12-31')).toThrow(RangeError);
    expect(() => policyFor('2028-01-01')).toThrow(RangeError);
  });

  test('the same stay pays differently in each version', () => {
    const paid = demoPolicies.map((policy) => computeSettlement(employee({ policy })).amounts.hifp_pay);
    // 2025: 10,000 × 81 % + 4,300 × 87 % (after the deductible); 2026: 9,200 × 82 % + 5,000 × 88 %; 2027: 11,100 × 83 % + 3,000 × 89 %
    expect(paid).toEqual([1_184_100, 1_194_400, 1_188_300]);
  });
});

describe('switches of the rule table', () => {
  const r310 = (path: string): string => `insurances.310.${path}`;
  const r390 = (path: string): string => `insurances.390.${path}`;
  const resident = { insutype: '390', level: 'level2' as const, sums: inScopeOnly(2_000_000) };

  test.each([
    ['segments measured after the deductible', [[r310('segments.measuredOn'), 'deductibleExcluded']], {}, { hifp_pay: 819_999 + 369_601 }],
    ['segments measured on the year', [[r310('segments.measuredOn'), 'yearAccumulated']], { ytd: { ...NO_ACCUMULATORS, inScopeFen: fen(950_000) } }, { hifp_pay: 1_249_600 }],
    ['cap on in-scope amount', [[r310('poolCap'), { annualFen: 1_200_000, measuredOn: 'inScope', legalSource: 'x' }]], {}, { hifp_pay: 754_400 + 176_000, hifob_pay: 237_600 }],
    ['no deductible from the third admission', [[r310('deductible.freeFromAdmission'), 3]], { admissionNoInYear: 3 }, { act_pay_dedc: 0 }],
    ['funds cut instead of rounded', [['fundRounding.mode', 'truncate']], { sums: inScopeOnly(80_001) }, { hifp_pay: 0 }],
    ['大病 counts 先自付', [[r390('seriousIllness.base'), 'inScopeAndPreselfpay']], { ...resident, ytd: { ...NO_ACCUMULATORS, burdenFen: fen(1_600_000) }, sums: { ...inScopeOnly(1_000_000), medfee_sumamt: fen(1_100_000), preselfpay_amt: fen(100_000) } }, { hifmi_pay: 223_500 }],
    ['大病 takes more than the in-scope burden, aid then finds nothing', [[r390('seriousIllness.base'), 'inScopeAndPreselfpay']], { ...resident, identity: '特困' as const, ytd: { ...NO_ACCUMULATORS, burdenFen: fen(1_600_000) }, sums: { ...inScopeOnly(100_000), medfee_sumamt: fen(400_000), preselfpay_amt: fen(300_000) } }, { hifp_pay: 52_500, hifmi_pay: 225_875, maf_pay: 0, psn_cash_pay: 121_625 }],
    ['aid counts 先自付', [['aid.base', 'inScopeAndPreselfpay']], { ...resident, identity: '特困' as const, sums: { ...inScopeOnly(100_000), medfee_sumamt: fen(130_000), preselfpay_amt: fen(30_000) } }, { hifp_pay: 52_500, maf_pay: 77_500, psn_cash_pay: 0 }],
    ['account pays out of scope', [[r310('account.paysOutOfScope'), true]], { acctUsedFlag: '1' as const, accountBalance: fen(900_000), sums: { ...inScopeOnly(0), medfee_sumamt: fen(70_000), fulamt_ownpay_amt: fen(50_000), overlmt_selfpay: fen(20_000) } }, { acct_pay: 70_000, psn_cash_pay: 0, balc: 830_000 }],
    ['account keeps out of what is out of scope', [], { acctUsedFlag: '1' as const, accountBalance: fen(900_000), sums: { ...inScopeOnly(0), medfee_sumamt: fen(70_000), fulamt_ownpay_amt: fen(50_000), overlmt_selfpay: fen(20_000) } }, { acct_pay: 0, psn_cash_pay: 70_000, balc: 900_000 }],
  ] as const)('%s', (_what, changes, change, expected) => {
    const policy = policyWith(...(changes as readonly (readonly [string, unknown])[]));
    const { amounts, funds, change: added } = computeSettlement(employee({ policy, ...change }));
    expect(amounts).toMatchObject(expected);
    expect(brokenInvariants(amounts, funds)).toEqual([]);
    expect(Math.min(...Object.values(added))).toBeGreaterThanOrEqual(0);
  });

  test.each`
    later                                              | numbers         | deductibles
    ${{ kind: 'ratio', ratio: '0.50' }}                | ${[1, 2, 3, 4]} | ${[80000, 40000, 40000, 40000]}
    ${{ kind: 'fall', byFen: 10000, floorFen: 60000 }} | ${[1, 2, 3, 4]} | ${[80000, 70000, 60000, 60000]}
  `('deductible of later admissions: $later.kind', ({ later, numbers, deductibles }) => {
    const rules = { ...(policy2026.insurances['310'] as InsuranceRules).deductible, later };
    expect(numbers.map((number: number) => stayDeductible(rules, 'level3', number))).toEqual(deductibles);
  });
});

describe('beside the funds', () => {
  test('family account pays after the own account', () => {
    const { amounts } = computeSettlement(
      employee({ acctUsedFlag: '1', accountBalance: fen(20_000), familyAccountBalance: fen(500_000) }),
    );
    // in-scope burden 15,000.00 − 11,944.00 = 3,056.00
    expect(amounts).toMatchObject({ acct_pay: 20_000, acct_mulaid_pay: 285_600, psn_cash_pay: 0, balc: 0 });
    expect(brokenInvariants(amounts)).toEqual([]);
  });

  test('大病 stops at its yearly limit', () => {
    const ytd = { ...NO_ACCUMULATORS, burdenFen: fen(1_600_000), seriousFen: fen(39_990_000) };
    const { amounts, funds, steps } = computeSettlement(employee({ insutype: '390', ytd, sums: inScopeOnly(2_000_000) }));
    // burden 8,360.00, of it 60 % = 5,016.00, but only 100.00 is left of the year's 400,000.00
    expect(amounts).toMatchObject({ hifp_pay: 1_164_000, hifmi_pay: 10_000, psn_part_amt: 826_000 });
    expect(funds.find((row) => row.fund_pay_type === '390200')).toMatchObject({ inscp_scp_amt: 836_000, crt_payb_lmt_amt: 10_000 });
    expect(steps.find((step) => step.kind === 'seriousIllnessCap')?.text).toContain('5,016.00 按限额支付 100.00');
  });

  test('the yearly deductible of aid is borne once over two settlements', () => {
    const person = { insutype: '390', level: 'level2' as const, identity: '低保边缘' as const, sums: inScopeOnly(1_000_000) };
    const first = computeSettlement(employee(person));
    // burden 300.00 + 9,700.00 × 25 % = 2,725.00, all of it within the 3,000.00
    expect(first.amounts).toMatchObject({ maf_pay: 0, psn_part_amt: 272_500 });
    const second = computeSettlement(employee({ ...person, ytd: applyChange(NO_ACCUMULATORS, first.change) }));
    // 275.00 is still to bear, then 2,450.00 × 60 %
    expect(second.amounts).toMatchObject({ maf_pay: 147_000, psn_part_amt: 125_500 });
  });

  test('booking adds every accumulator, and one that would fall below zero is an error', () => {
    const change = { inScopeFen: fen(1), poolFen: fen(2), largeFen: fen(3), burdenFen: fen(4), seriousFen: fen(5), aidFen: fen(6), aidDeductibleFen: fen(7), admissions: 1 };
    const twice = applyChange(change, change);
    expect(twice).toEqual({ inScopeFen: 2, poolFen: 4, largeFen: 6, burdenFen: 8, seriousFen: 10, aidFen: 12, aidDeductibleFen: 14, admissions: 2 });
    expect(undoChange(twice, change)).toEqual(change);
    expect(() => undoChange(change, twice)).toThrow('negative');
  });

  test('what the hospital bears comes off the person', () => {
    const { amounts } = computeSettlement(employee({ hospitalShare: fen(100_000) }));
    expect(amounts).toMatchObject({ hosp_part_amt: 100_000, psn_part_amt: 205_600, psn_cash_pay: 205_600 });
    expect(brokenInvariants(amounts)).toEqual([]);
    expect(() => computeSettlement(employee({ hospitalShare: fen(305_601) }))).toThrow(RangeError);
  });

  test('the part above the caps may be printed as 个人自付', () => {
    const sums = { ...inScopeOnly(1_000_000), medfee_sumamt: fen(1_070_000), fulamt_ownpay_amt: fen(50_000), overlmt_selfpay: fen(20_000) };
    const { amounts } = computeSettlement(employee({ sums }));
    expect(invoiceSplit(amounts)).toEqual({ selfPay: 245_600, ownPay: 70_000, deductible: 80_000 });
    expect(invoiceSplit(amounts, 'selfPay')).toEqual({ selfPay: 265_600, ownPay: 50_000, deductible: 80_000 });
  });

  test('a stay over the year’s end: deductible of the first settlement, segments go on, accumulators of the new year', () => {
    const first = computeSettlement(employee({ sums: inScopeOnly(50_000) }));
    expect(first.amounts).toMatchObject({ act_pay_dedc: 50_000, hifp_pay: 0 });
    const second = computeSettlement(employee({ policy: policyFor('2027-01-20'), stay: first.stay, sums: inScopeOnly(1_250_000) }));
    // 300.00 of the 800.00 is left; then 800–12,000 at 83 % and 12,000–13,000 at 89 % of 2027
    expect(second.amounts).toMatchObject({ act_pay_dedc: 30_000, hifp_pay: 929_600 + 89_000 });
    expect(second.change.admissions).toBe(0);
    expect(second.stay).toEqual({ deductible: 80_000, deductibleTaken: 80_000, inScope: 1_300_000 });
  });

  test.each([
    ['unbalanced', { ...inScopeOnly(100), medfee_sumamt: fen(101) }, 'sums.unbalanced'],
    ['negative', inScopeOnly(-100), 'sums.negative'],
  ])('%s sums are not settled', (_what, sums, code) => {
    expect(sumsProblem(sums)?.code).toBe(code);
    expect(() => computeSettlement(employee({ sums }))).toThrow(code);
  });

  test('an insurance without rules is an error', () => {
    expect(() => computeSettlement(employee({ insutype: '510' }))).toThrow('510');
  });

  test.each`
    date            | identity
    ${'2023-12-31'} | ${'低保'}
    ${'2024-06-01'} | ${null}
    ${'2026-06-01'} | ${'低保边缘'}
    ${'2026-11-10'} | ${'特困'}
  `('identity on $date: $identity', ({ date, identity }) => {
    const rows = [
      { psn_idet_type: '012', begntime: '2021-01-01 00:00:00', endtime: '2023-12-31 23:59:59' },
      { psn_idet_type: '014', begntime: '2026-01-01 00:00:00', endtime: null },
      { psn_idet_type: '011', begntime: '2026-11-10 00:00:00' },
      { psn_idet_type: '099', begntime: '2020-01-01 00:00:00' },
    ];
    expect(identityOn(rows, date, policy2026)).toBe(identity);
  });

  test.each([['1101', false], ['1201', true], ['1300', true], ['1401', false]])('psn_type %s retired: %s', (code, retired) => {
    expect(isRetired(code)).toBe(retired);
  });
});

describe('policy files', () => {
  test.each([
    ['policyVersion', '', '.policyVersion: text is missing'],
    ['effectiveFrom', '2026-02-29', '.effectiveFrom: must be a date'],
    ['effectiveTo', '2025-12-31', '.effectiveTo: is before effectiveFrom'],
    ['illustrative', 'yes', '.illustrative: must be true or false'],
    ['line.rounding', 'bankers', '.line.rounding: must be one of halfUp, truncate'],
    ['line.legalSource', undefined, '.line.legalSource: text is missing'],
    ['aid.annualCapFen', 30000.5, '.aid.annualCapFen: must be whole fen'],
    ['aid.identities.低保.ratio', '1.01', '.aid.identities.低保.ratio: must be a ratio'],
    ['aid.identities.贫困', {}, '.aid.identities: unknown key "贫困"'],
    ['insurances.310.pool.fundPayType', '3101', '.insurances.310.pool.fundPayType: must be a fund_pay_type'],
    ['insurances.310.deductible.fen.level2', -1, '.insurances.310.deductible.fen.level2: must be whole fen'],
    ['insurances.310.deductible.fen.level4', 1, '.insurances.310.deductible.fen: unknown field "level4"'],
    ['insurances.310.deductible.freeFromAdmission', 1, '.insurances.310.deductible.freeFromAdmission: must be an admission number'],
    ['insurances.310.segments.tiers', [], '.insurances.310.segments.tiers: must be a list'],
    ['insurances.310.segments.tiers.1.toFen', 1_000_000, '.insurances.310.segments.tiers[1].toFen: ends must rise'],
    ['insurances.310.segments.tiers.2.toFen', 9_000_000, '.insurances.310.segments.tiers[2].toFen: the last end must be null'],
    ['insurances.390.seriousIllness.favoured.ratioPlus', '0.31', '.insurances.390.seriousIllness.favoured.ratioPlus: raises a tier'],
    ['undo', null, '.undo: must be an object'],
  ])('%s = %j is refused', (path, value, message) => {
    expect(() => validatePolicy(changed(policy2026, [[path, value]]))).toThrow(`policy ${message}`);
  });

  test('two versions may not overlap', () => {
    const twin = changed(policy2026, [['policyVersion', 'twin'], ['effectiveFrom', '2026-12-31'], ['effectiveTo', '2027-12-31']]);
    expect(() => validatePolicies([twin, policy2026])).toThrow('twin overlaps demo-2026-01');
  });

  test('every shipped version is marked illustrative', () => {
    expect(demoPolicies.map((policy) => [policy.policyVersion, policy.illustrative])).toEqual([
      ['demo-2025-01', true],
      ['demo-2026-01', true],
      ['demo-2027-01', true],
    ]);
  });
});
