import { paymentProblem, type LevyFacts, type PaymentRules } from '../../domain/tax/payment-check';
import { actOnLevy, tellLevy } from '../../domain/tax/apply-levy';
import { newLevy, type Levy } from '../../domain/tax/levy';
import { checkLateFee } from '../../domain/tax/late-fee';
import { collectionRulesProblem, modeOf } from '../../domain/tax/rules';
import { personsPaid, type PartialRule, type PersonSplit } from '../../domain/tax/split';
import { bookingMonth, matchStatement } from '../../domain/tax/statement';
import { isPayable, SplitCheck } from '../../domain/files/control';
import { fen, type Fen } from '../../domain/money';
import { isRefusal } from '../../domain/refusal';
import { collectionRules } from '../../schemas/tax/collection-rules';
import type { PaymentRow } from '../../schemas/tax/fields';
import { levyRow, paymentRow } from '../files/support';

const levy: LevyFacts = levyRow();
const rules: PaymentRules = { treasuries: ['9901000000'], partial: ['1'] };

function sentLevy(amt = 40_000): Levy {
  let one = newLevy('ZJ0001', fen(amt));
  for (const act of [{ type: 'submit', by: 'a' }, { type: 'send', by: 'b' }] as const) {
    const result = actOnLevy(one, act);
    if (isRefusal(result)) throw new Error(result.code);
    one = result.levy;
  }
  return one;
}

describe('a payment row against its levy', () => {
  test.each<[string, Partial<PaymentRow>, string | null]>([
    ['fits',                        {},                                                   null],
    ['by certificate only',         { psn_no: '', tax_reg_no: '' },                       null],
    ['another person',              { psn_no: '9901000002' },                             'TAX_PAYER_DIFFERS'],
    ['another certificate',         { certno: '990101199001010022' },                     'TAX_PAYER_DIFFERS'],
    ['nobody',                      { psn_no: '', certno: '', tax_reg_no: '' },           'TAX_PAYER_DIFFERS'],
    ['another kind of payer',       { payer_kind: '3' },                                  'TAX_PAYER_DIFFERS'],
    ['amount 0',                    { amt: 0, paid: 0 },                                  'TAX_AMOUNT_NOT_POSITIVE'],
    ['sign flipped',                { amt: -40_000, paid: -40_000 },                      'TAX_AMOUNT_NOT_POSITIVE'],
    ['late fee without principal',  { amt: 0, latefee: 3, paid: 3 },                      'TAX_AMOUNT_NOT_POSITIVE'],
    ['paid is not the sum',         { latefee: 1 },                                       'TAX_PAID_MISMATCH'],
    ['another month',               { accrym_begn: '202610' },                            'TAX_MONTHS_DIFFER'],
    ['another part',                { part: '1' },                                        'TAX_PART_DIFFERS'],
    ['another insurance',           { insutype: '390' },                                  'TAX_INSUTYPE_DIFFERS'],
    ['voided without its original', { kind: '02', amt: -1, paid: -1 },                    'TAX_ORIGINAL_MISSING'],
    ['voided by a positive amount', { kind: '02', orig_taxrpt_no: 'S', orig_taxrpt_row: '1' }, 'TAX_AMOUNT_NOT_NEGATIVE'],
    ['corrected by an amount',      { kind: '04', orig_taxrpt_no: 'S', orig_taxrpt_row: '1' }, 'TAX_AMOUNT_NOT_ZERO'],
    ['an unknown kind',             { kind: '09' },                                       'ROW_FIELD_INVALID'],
    ['in the treasury too early',   { intsury_date: '2026-11-09' },                       'TAX_TREASURY_DATE_EARLY'],
    ['in the treasury that day',    { intsury_date: '2026-11-10' },                       null],
    ['treasury of another area',    { treasury: '9902000000' },                           'TAX_TREASURY_UNKNOWN'],
    ['a part of it',                { amt: 39_999, paid: 39_999 },                        'TAX_PARTIAL_REFUSED'],
  ])('%s', (_, change, expected) => {
    expect(paymentProblem(paymentRow(change), levy, sentLevy(), rules)).toBe(expected);
  });

  test('a number that nobody knows, and none', () => {
    expect(paymentProblem(paymentRow(), null, null, rules)).toBe('TAX_LEVY_UNKNOWN');
    expect(paymentProblem(paymentRow({ levy_no: '' }), null, null, rules)).toBeNull();
  });

  test('a unit may pay in parts', () => {
    const unit = { payer_kind: '1', uscc: '91990100MA0000001X', part: '1' };
    expect(paymentProblem(paymentRow({ ...unit, amt: 1, paid: 1 }), levyRow(unit), sentLevy(), rules)).toBeNull();
    expect(paymentProblem(paymentRow({ ...unit, uscc: '91990100MA0000002X' }), levyRow(unit), sentLevy(), rules)).toBe('TAX_PAYER_DIFFERS');
  });
});

test('a unit and its persons never both count', () => {
  const kinds = [['1', '1', true], ['1', '2', false], ['2', '2', true], ['2', '1', false], ['3', '2', true]] as const;
  for (const [payer_kind, row_level, payable] of kinds) expect([payer_kind, row_level, isPayable({ payer_kind, row_level })]).toEqual([payer_kind, row_level, payable]);
  const split = new SplitCheck();
  const unit = levyRow({ payer_kind: '1', row_level: '1', amt: 30 });
  const person = (amt: number, change = {}) => levyRow({ payer_kind: '1', row_level: '2', amt, ...change });
  expect([split.add(unit), split.add(person(10)), split.add(person(20)), split.add(unit), split.add(person(29)), split.end()]).toEqual([
    null, null, null, null, null, '人员行合计 29 分，单位行 30 分',
  ]);
  expect(split.add(person(1))).toBe('人员行之前没有其单位行');
  split.add(unit);
  expect(split.add(person(30, { insutype: '390' }))).toMatch('不一致');
});

describe('persons of a unit', () => {
  const persons: PersonSplit[] = [
    { psn_no: 'C', amt: fen(10), accrym_begn: '202609', paid: false },
    { psn_no: 'A', amt: fen(20), accrym_begn: '202611', paid: false },
    { psn_no: 'B', amt: fen(30), accrym_begn: '202610', paid: false },
  ];
  // net  rule                                             marked
  test.each<[number, PartialRule, string]>([
    [60, { order: 'none' },                                'CAB'],
    [59, { order: 'none' },                                ''],
    [59, { order: 'oldestFirst' },                         'CB'],
    [39, { order: 'oldestFirst' },                         'C'],
    [59, { order: 'namedFirst', named: ['A'] },            'AC'],
    [0,  { order: 'oldestFirst' },                         ''],
  ])('%i of 60 by %j', (net, rule, marked) => {
    expect(personsPaid(fen(net), fen(60), persons, rule).join('')).toBe(marked);
  });
});

describe('滞纳金 is checked, not collected', () => {
  // principal due           paid on       told  days  expected difference
  test.each<[number, string, string, number, number, number, number]>([
    [100_000, '2026-11-25', '2026-11-25',   0,    0,    0,  0],
    [100_000, '2026-11-25', '2026-11-26',  50,    1,   50,  0],
    [100_000, '2026-11-25', '2026-12-25', 1500,  30, 1500,  0],
    [99_999,  '2026-11-25', '2026-12-25', 1499,  30, 1500, -1],
    [100_000, '',           '2026-12-25',   7,    0,    0,  7],
  ])('%i due %s paid %s', (principal, due, paidOn, told, days, expected, difference) => {
    expect(checkLateFee(fen(principal), due, paidOn, '0.0005', fen(told))).toEqual({ days, expected, difference });
  });
});

test('a statement line and its receipts, many to one', () => {
  const arrived = (amt: Fen, no: string): Levy => {
    let one = sentLevy(amt);
    one = tellLevy(one, { type: 'payment', row: paymentRow({ taxrpt_no: no, amt, paid: amt, intsury_date: '2026-11-12' }), at: 0, holdMs: 0 }).levy;
    const done = actOnLevy(one, { type: 'arrive', receipts: [`${no}/1`], arvl_bchno: 'DZ1', arvl_date: '2026-11-20', matcher: 'a', by: 'b' });
    return isRefusal(done) ? one : done.levy;
  };
  const levies = [arrived(fen(100), 'S1'), arrived(fen(23), 'S2')];
  expect(matchStatement(fen(123), 'DZ1', levies)).toEqual({ line: 123, arrived: 123, open: 0 });
  expect(matchStatement(fen(130), 'DZ1', levies).open).toBe(7);
  expect([bookingMonth('2026-12-31', '202612'), bookingMonth('2026-11-30', '202612')]).toEqual(['202612', '202612']);
});

test('the mode of collection changes at a month', () => {
  const modes = [...collectionRules.modes, { poolarea_no: '990100', payer_kind: '1', from: '202701', mode: 'declared' as const }];
  const mode = (area: string, month: string) => modeOf({ modes }, area, '1', month);
  expect([mode('990100', '202612'), mode('990100', '202701'), mode('990200', '202701')]).toEqual(['assessed', 'declared', 'assessed']);
  expect(() => modeOf({ modes: [] }, '990100', '1', '202701')).toThrow(RangeError);
  expect(collectionRulesProblem({ ...collectionRules, dailyLateFeeRate: 'x' })).toBe('滞纳金日费率不合法');
  expect(collectionRulesProblem({ ...collectionRules, modes: [] })).not.toBeNull();
});
