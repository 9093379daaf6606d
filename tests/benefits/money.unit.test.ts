import fc from 'fast-check';
import {
  add,
  addDecimals,
  compareDecimals,
  fen,
  formatDecimal,
  formatYuan,
  formatYuanGrouped,
  parseDecimal,
  parseYuan,
  quotientText,
  roundToFen,
  share,
  type Fen,
} from '../../domain/money';
import { percent } from '../../domain/benefits/steps';
import { seed } from './seed';

test.each`
  yuan             | halfUp   | truncate
  ${'1628.130'}    | ${162813} | ${162813}
  ${'0.004999'}    | ${0}     | ${0}
  ${'0.005'}       | ${1}     | ${0}
  ${'-0.005'}      | ${-1}    | ${0}
  ${'2.675'}       | ${268}   | ${267}
  ${'-2.675'}      | ${-268}  | ${-267}
  ${'1.005'}       | ${101}   | ${100}
  ${'1.015'}       | ${102}   | ${101}
  ${'-155.06'}     | ${-15506} | ${-15506}
  ${'0'}           | ${0}     | ${0}
  ${'-0'}          | ${0}     | ${0}
`('$yuan yuan rounds to $halfUp fen, cut to $truncate', ({ yuan, halfUp, truncate }) => {
  expect(roundToFen(parseDecimal(yuan))).toBe(halfUp);
  expect(roundToFen(parseDecimal(yuan), 'truncate')).toBe(truncate);
});

test.each`
  amount     | ratio       | halfUp    | truncate
  ${1}       | ${'0.82'}   | ${1}      | ${0}
  ${1}       | ${'0.50'}   | ${1}      | ${0}
  ${1}       | ${'0.49'}   | ${0}      | ${0}
  ${-1}      | ${'0.50'}   | ${-1}     | ${0}
  ${570063}  | ${'0.92'}   | ${524458} | ${524457}
  ${0}       | ${'1.00'}   | ${0}      | ${0}
`('$amount fen × $ratio = $halfUp, cut $truncate', ({ amount, ratio, halfUp, truncate }) => {
  expect(share(fen(amount), parseDecimal(ratio))).toBe(halfUp);
  expect(share(fen(amount), parseDecimal(ratio), 'truncate')).toBe(truncate);
});

test.each(['-0.005', '0.005', '1E-2', '１００.００', 'NaN', 'Infinity', '', '.5', '5.', '+5', '¥12', '1,000.00', ' 1', '1\n', '0x10', '90071992547409.93', '92233720368547758.08'])(
  '%j is no amount in yuan',
  (text) => {
    expect(() => parseYuan(text)).toThrow(RangeError);
  },
);

test.each([9007199254740993, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no amount in fen', (value) => {
  expect(() => fen(value)).toThrow(RangeError);
});

test('a sum that is exact only at its end is refused', () => {
  const most = fen(Number.MAX_SAFE_INTEGER);
  expect(() => add(most, fen(2), fen(-3))).toThrow(RangeError);
  expect(add(most, fen(-3))).toBe(Number.MAX_SAFE_INTEGER - 3);
});

test.each`
  amount         | plain             | grouped
  ${0}           | ${'0.00'}         | ${'0.00'}
  ${-5}          | ${'-0.05'}        | ${'-0.05'}
  ${100}         | ${'1.00'}         | ${'1.00'}
  ${99999}       | ${'999.99'}       | ${'999.99'}
  ${2118743}     | ${'21187.43'}     | ${'21,187.43'}
  ${-123456789}  | ${'-1234567.89'}  | ${'-1,234,567.89'}
`('$amount fen is $plain or $grouped', ({ amount, plain, grouped }) => {
  expect(formatYuan(fen(amount))).toBe(plain);
  expect(formatYuanGrouped(fen(amount))).toBe(grouped);
});

test(`yuan text and fen convert both ways (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(parseYuan(formatYuan(fen(value)))).toBe(fen(value));
    }),
    { seed },
  );
});

test.each`
  part       | whole      | text
  ${1324858} | ${1490063} | ${'0.8891'}
  ${1309176} | ${1745568} | ${'0.7500'}
  ${1}       | ${3}       | ${'0.3333'}
  ${2}       | ${3}       | ${'0.6667'}
  ${0}       | ${0}       | ${'0.0000'}
  ${5}       | ${5}       | ${'1.0000'}
`('$part ÷ $whole = $text', ({ part, whole, text }: { part: number; whole: number; text: string }) => {
  expect(quotientText(part as Fen, whole as Fen, 4)).toBe(text);
});

test.each`
  value       | scale        | text
  ${'0.10'}   | ${4}         | ${'0.1000'}
  ${'-1.5'}   | ${2}         | ${'-1.50'}
  ${'12'}     | ${0}         | ${'12'}
  ${'1.500'}  | ${1}         | ${'1.5'}
  ${'-0.05'}  | ${undefined} | ${'-0.05'}
`('$value with $scale digits is $text', ({ value, scale, text }) => {
  expect(formatDecimal(parseDecimal(value), scale)).toBe(text);
});

test('digits are never lost in writing', () => {
  expect(() => formatDecimal(parseDecimal('1.05'), 1)).toThrow(RangeError);
});

test.each([
  ['0.60', '0.05', '0.65', 1],
  ['1', '0.0001', '1.0001', 1],
  ['-0.5', '0.50', '0.00', -1],
  ['0.1', '0.10', '0.20', 0],
])('%s + %s = %s', (a, b, sum, order) => {
  expect(formatDecimal(addDecimals(parseDecimal(a), parseDecimal(b)))).toBe(sum);
  expect(Math.sign(compareDecimals(parseDecimal(a), parseDecimal(b)))).toBe(order);
});

test.each([
  ['0.87', '87%'],
  ['0.875', '87.5%'],
  ['1.00', '100%'],
  ['1', '100%'],
  ['0.0537', '5.37%'],
  ['0.90', '90%'],
])('ratio %s is written %s', (ratio, text) => {
  expect(percent(ratio)).toBe(text);
});
