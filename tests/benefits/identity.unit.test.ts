import fc from 'fast-check';
import { checkIdNumber, idNumberProblem, maskIdNumber, maskName } from '../../domain/identity';
import { addDays } from '../../domain/calendar';
import { makeIdNumber } from '../support/identity';
import { seed } from './seed';

const TODAY = '2026-11-22';
const GOOD = makeIdNumber('1958-03-12', 1);

test.each`
  what                           | value                                                | code
  ${'valid'}                     | ${GOOD}                                              | ${null}
  ${'valid, born today'}         | ${makeIdNumber(TODAY, 12)}                           | ${null}
  ${'19 digits'}                 | ${`${GOOD}1`}                                        | ${'idNumber.length'}
  ${'15 digits of old'}          | ${'990101580312001'}                                 | ${'idNumber.length'}
  ${'wrong check digit'}         | ${`${GOOD.slice(0, 17)}${GOOD.endsWith('8') ? '9' : '8'}`} | ${'idNumber.checkDigit'}
  ${'two digits swapped'}        | ${`${GOOD.slice(0, 14)}${GOOD.slice(15, 17)}${GOOD[14]}${GOOD[17]}`} | ${'idNumber.checkDigit'}
  ${'lower-case x'}              | ${'99010119000101001x'}                              | ${'idNumber.lowerCaseX'}
  ${'full-width digits'}         | ${GOOD.replace('9', '９')}                           | ${'idNumber.character'}
  ${'Arabic-Indic digits'}       | ${GOOD.replace('9', '٩')}                            | ${'idNumber.character'}
  ${'birth date 19000229'}       | ${makeIdNumber('1900-02-29', 1)}                     | ${'idNumber.birthDate'}
  ${'birth date 20260230'}       | ${makeIdNumber('2026-02-30', 1)}                     | ${'idNumber.birthDate'}
  ${'future birth date'}         | ${makeIdNumber('2026-11-23', 1)}                     | ${'idNumber.futureBirth'}
  ${'year 0001'}                 | ${makeIdNumber('0001-01-01', 1)}                     | ${'idNumber.birthDate'}
  ${'region 000000'}             | ${makeIdNumber('1958-03-12', 1, '000000')}           | ${'idNumber.region'}
  ${'region 110000'}             | ${makeIdNumber('1958-03-12', 1, '110000')}           | ${'idNumber.region'}
  ${'region 090101'}             | ${makeIdNumber('1958-03-12', 1, '090101')}           | ${'idNumber.region'}
  ${'leading space'}             | ${` ${GOOD}`}                                        | ${'idNumber.space'}
  ${'trailing line end'}         | ${`${GOOD}\n`}                                       | ${'idNumber.space'}
  ${'inner NBSP'}                | ${`${GOOD.slice(0, 6)}\u00a0${GOOD.slice(6)}`}       | ${'idNumber.space'}
  ${'zero-width joiner inside'}  | ${`${GOOD.slice(0, 6)}\u200d${GOOD.slice(6)}`}       | ${'idNumber.character'}
  ${'passport form'}             | ${'E12345678'}                                       | ${'idNumber.length'}
  ${'letter inside'}             | ${`${GOOD.slice(0, 5)}X${GOOD.slice(6)}`}            | ${'idNumber.form'}
  ${'number type'}               | ${99010119580312}                                    | ${'idNumber.type'}
  ${'null'}                      | ${null}                                              | ${'idNumber.type'}
  ${'absent'}                    | ${undefined}                                         | ${'idNumber.type'}
  ${'empty'}                     | ${''}                                                | ${'idNumber.empty'}
`('$what: $code', ({ value, code }) => {
  const check = checkIdNumber(value, TODAY);
  expect(check.ok ? null : check.code).toBe(code);
  expect(idNumberProblem(value, TODAY)?.code ?? null).toBe(code);
  if (!check.ok) expect(check.message).toMatch(/。$/);
});

test('a valid number tells birth date, sex and region', () => {
  expect(checkIdNumber(makeIdNumber('1963-07-25', 2), TODAY)).toEqual({
    ok: true,
    birthDate: '1963-07-25',
    gend: '2',
    region: '990101',
  });
});

test(`one wrong digit anywhere, or two neighbours swapped, is always found (seed ${seed})`, () => {
  const number = fc
    .tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 999 }))
    .map(([days, sequence]) => makeIdNumber(addDays('1915-01-01', days), sequence));
  fc.assert(
    fc.property(number, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (good, at, shift) => {
      expect(checkIdNumber(good, TODAY).ok).toBe(true);
      const digit = String((Number(good[at]) + shift) % 10);
      expect(checkIdNumber(`${good.slice(0, at)}${digit}${good.slice(at + 1)}`, TODAY).ok).toBe(false);
      const [a, b] = [good.charAt(at), good.charAt(at + 1)];
      if (a !== b) expect(checkIdNumber(`${good.slice(0, at)}${b}${a}${good.slice(at + 2)}`, TODAY).ok).toBe(false);
    }),
    { seed, numRuns: 1000 },
  );
});

test.each`
  name            | masked
  ${'示例甲'}     | ${'示**'}
  ${'丁'}         | ${'丁'}
  ${'𠮷示'}       | ${'𠮷*'}
  ${''}           | ${''}
`('name $name is shown as $masked', ({ name, masked }) => {
  expect(maskName(name)).toBe(masked);
});

test.each`
  number                    | masked
  ${'990101195803120019'}   | ${'990***********0019'}
  ${'A99000001'}            | ${'*******01'}
  ${'12345'}                | ${'*****'}
`('number $number is shown as $masked', ({ number, masked }) => {
  expect(maskIdNumber(number)).toBe(masked);
});
