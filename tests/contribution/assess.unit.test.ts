import fc from 'fast-check';
import { assess, contribution, isProblem, monthsApart, monthsBetween } from '../../domain/contribution/assess';
import { levyIdOf, levyNoOf } from '../../domain/contribution/levy-no';
import { monthRules, rulesProblem, type ContributionRules } from '../../domain/contribution/rules';
import type { Insured } from '../../domain/contribution/types';
import { readParameters } from '../../domain/contribution/variants';
import { fen } from '../../domain/money';
import { contributionRules } from '../../schemas/contribution/rules';

const EMPLOYEE: Insured = { psnNo: 'P1', insutype: '310', payerKind: '1', unitNo: 'U1', category: 'active', baseFen: fen(600_000), fromMonth: 202001, throughMonth: null };
const at = (month: number, late = 0) => ({ month, rules: monthRules(contributionRules, month), late, interestRate: 0 });

describe('what one month comes to', () => {
  test.each([
    ['a wage between floor and ceiling', EMPLOYEE, 202611, [['1', 600_000, 48_000], ['2', 600_000, 12_000]]],
    ['a wage below the floor', { ...EMPLOYEE, baseFen: fen(100_000) }, 202611, [['1', 436_000, 34_880], ['2', 436_000, 8_720]]],
    ['a wage above the ceiling', { ...EMPLOYEE, baseFen: fen(9_000_000) }, 202611, [['1', 2_180_000, 174_400], ['2', 2_180_000, 43_600]]],
    ['the floor of the year that is paid for', { ...EMPLOYEE, baseFen: fen(100_000) }, 202512, [['1', 420_000, 33_600], ['2', 420_000, 8_400]]],
    ['half a fen, upwards', { ...EMPLOYEE, baseFen: fen(600_025) }, 202611, [['1', 600_025, 48_002], ['2', 600_025, 12_001]]],
    ['a flexible worker, who pays both parts', { ...EMPLOYEE, payerKind: '2' as const, unitNo: null }, 202611, [['2', 600_000, 60_000]]],
    ['a resident, for the whole year', { ...EMPLOYEE, insutype: '390', payerKind: '3' as const, category: 'resident' as const, baseFen: null }, 202611, [['2', 0, 40_000], ['3', 0, 70_000]]],
    ['an aided resident, whose part is paid for him', { ...EMPLOYEE, insutype: '390', payerKind: '3' as const, category: 'aided' as const, baseFen: null }, 202611, [['4', 0, 40_000], ['3', 0, 70_000]]],
    ['a retired person, who pays nothing', { ...EMPLOYEE, category: 'retired' as const }, 202611, []],
    ['maternity, before it was merged', { ...EMPLOYEE, insutype: '510' }, 202512, [['1', 600_000, 3_000]]],
    ['maternity, since', { ...EMPLOYEE, insutype: '510' }, 202601, []],
  ])('%s', (_what, person, month, lines) => {
    const outcome = assess(person, at(month));
    expect(isProblem(outcome) ? outcome : outcome.map(({ part, baseFen, amtFen }) => [part, baseFen, amtFen])).toEqual(lines);
  });

  test.each([
    ['no base', { ...EMPLOYEE, baseFen: null }, 202611, 'CONTRIB_BASE_MISSING'],
    ['not insured yet', EMPLOYEE, 201912 + 0, 'CONTRIB_NOT_INSURED'],
    ['not insured any more', { ...EMPLOYEE, throughMonth: 202610 }, 202611, 'CONTRIB_NOT_INSURED'],
    ['an insurance without a rate', { ...EMPLOYEE, insutype: '999' }, 202611, 'CONTRIB_RULE_MISSING'],
  ])('%s: nothing, and why', (_what, person, month, code) => {
    expect(assess(person, { ...at(202611), month })).toMatchObject({ code });
  });

  test('interest runs by the month that is past', () => {
    const lines = assess(EMPLOYEE, { ...at(202608, 3), interestRate: 50_000 });
    expect(isProblem(lines) ? lines : lines.map(({ inteFen }) => inteFen)).toEqual([720, 180]);
  });
});

test('base × rate is exact, whatever the base', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900_000_000 }), fc.integer({ min: 1, max: 10_000_000 }), (base, rate) => {
      expect(contribution(base, rate)).toBe(Number((BigInt(base) * BigInt(rate) + 5_000_000n) / 10_000_000n));
    }),
  );
});

test('months are counted over the end of a year', () => {
  expect(monthsBetween(202511, 202602)).toEqual([202511, 202512, 202601, 202602]);
  expect(monthsApart(202511, 202602)).toBe(3);
  expect(monthsApart(202602, 202511)).toBe(-3);
});

test('a levy is found by its number, and nothing else by what is no number', () => {
  const levyNo = levyNoOf({ id: 4711, poolArea: '990100', cashym: 202611, line: 'ZG' });
  expect(levyNo).toBe('990100202611ZG00000000004711');
  expect(levyIdOf(levyNo)).toBe(4711);
  for (const wrong of ['', '990100202611ZG4711', '990100202611XX00000000004711', ` ${levyNo}`, `${levyNo}1`]) expect(levyIdOf(wrong)).toBeNull();
});

const [rate] = contributionRules.rates;
test.each<readonly [string, Partial<ContributionRules>]>([
  ['no rates', { rates: [] }],
  ['two rates of one month', { rates: [...contributionRules.rates, { ...(rate as NonNullable<typeof rate>), from: '202512' }] }],
  ['a rate of more than everything', { rates: [{ ...(rate as NonNullable<typeof rate>), rate: 10_000_001 }] }],
  ['neither rate nor sum', { rates: [{ ...(rate as NonNullable<typeof rate>), rate: undefined as never }] }],
  ['a month that is none', { rates: [{ ...(rate as NonNullable<typeof rate>), from: '202613' }] }],
  ['a floor above the ceiling', { bases: [{ from: '202601', floorFen: 2, ceilingFen: 1, source: '' }] }],
  ['a due day that is none', { dueDay: { employee: 32, flexible: 1, resident: 1 } }],
])('rules with %s are refused when they are loaded', (_what, wrong) => {
  expect(rulesProblem({ ...contributionRules, ...wrong })).not.toBeNull();
  expect(rulesProblem(contributionRules)).toBeNull();
});

test.each([
  [{}, /variant/],
  [{ variant: 'everybody' }, /variant/],
  [{ variant: 'allUnits', units: ['U1'] }, /units/],
  [{ variant: 'unit' }, /units/],
  [{ variant: 'unit', units: ["U'1"] }, /编号/],
  [{ variant: 'unit', units: Array.from({ length: 1_001 }, (_, index) => `U${index}`) }, /1000/],
  [{ variant: 'unitBackpay', units: ['U1'] }, /months/],
  [{ variant: 'unitBackpay', units: ['U1'], months: { from: '2026-03', through: '2026-01' } }, /先后/],
  [{ variant: 'unitBackpay', units: ['U1'], months: { from: '1926-03', through: '2026-01' } }, /months|240/],
  [{ variant: 'allUnits', more: 1 }, /more/],
])('parameters %j are refused with what is wrong', (given, message) => {
  expect(readParameters(given)).toMatch(message);
});
