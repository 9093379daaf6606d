import fc from 'fast-check';
import { correctionWindow, entryOf, naturalWindow } from '../../domain/clearing/entry';
import { fundName, fundOf, fundOfNo, FUND_KEYS, FUNDS } from '../../domain/clearing/funds';
import { compare } from '../../domain/clearing/comparison';
import { apportion, cityTotals, type ClearedItem, type ClearingLine, imbalances } from '../../domain/clearing/lines';
import { DEFAULT_PARAMETERS, parametersProblem } from '../../domain/clearing/parameters';
import { payablesOf } from '../../domain/clearing/payables';
import { addMonths, dayOf, monthsBetween, periodOf, periodText } from '../../domain/clearing/period';
import { cityOf, clearingOffice, owedParts, recordFault } from '../../domain/clearing/record';
import { add, fen, ZERO } from '../../domain/money';
import { codeTables } from '../../schemas/national/code-tables';
import { settlement } from './support';

const city = fc.integer({ min: 1, max: 5 }).map((n) => `99${String(n).padStart(2, '0')}00`);
const amount = fc.integer({ min: -1_000_000, max: 1_000_000 }).map(fen);
const item: fc.Arbitrary<ClearedItem> = fc
  .record({
    payingCity: city,
    receivingCity: city,
    insutype: fc.constantFrom('310', '390'),
    kind: fc.constantFrom('current', 'late', 'contra', 'deduction'),
    parts: fc.uniqueArray(fc.record({ fund: fc.constantFrom(...FUND_KEYS), fen: amount }), { selector: ({ fund }) => fund, maxLength: 4 }),
  })
  .filter(({ payingCity, receivingCity }) => payingCity !== receivingCity) as fc.Arbitrary<ClearedItem>;
const items = fc.array(item, { maxLength: 60 });

function line(payingCity: string, receivingCity: string, amountFen: number, more: Partial<ClearingLine> = {}): ClearingLine {
  return { payingCity, receivingCity, insutype: '310', fund: 'employeePool', kind: 'current', count: 1, fen: fen(amountFen), ...more };
}

describe('funds', () => {
  test('every fund_pay_type of the national table belongs to one fund or is owed by nobody', () => {
    const codes = Object.keys(codeTables['fund_pay_type']?.values ?? {});
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => fundOf(code) === null)).toEqual([]);
    expect(codes.filter((code) => fundOf(code) === 'notOwed')).toEqual(['630100', '999998', '999999']);
    const owners = FUND_KEYS.flatMap((key) => [...FUNDS[key].codes]);
    expect(new Set(owners).size).toBe(owners.length);
  });

  test('a code that nobody knows has no fund; each fund has a number and a name of its own', () => {
    expect(fundOf('123456')).toBeNull();
    expect(FUND_KEYS.map((key) => fundOfNo(FUNDS[key].no))).toEqual(FUND_KEYS);
    expect(new Set(FUND_KEYS.map(fundName)).size).toBe(FUND_KEYS.length);
    expect(() => fundName('toString')).toThrow(RangeError);
  });
});

describe('periods', () => {
  test.each([['2026-10', 3, '2027-01'], ['2026-01', -1, '2025-12'], ['2026-12', 1, '2027-01'], ['2026-05', -17, '2024-12']])('%s and %i months is %s', (from, months, to) => {
    expect(periodText(addMonths(periodOf(from), months))).toBe(to);
    expect(monthsBetween(periodOf(from), periodOf(to))).toBe(months);
  });

  test('a day that a month lacks is its last one', () => {
    expect([dayOf(202602, 31), dayOf(202802, 31), dayOf(202604, 30)]).toEqual(['2026-02-28', '2028-02-29', '2026-04-30']);
    expect(() => periodOf('2026-13')).toThrow(RangeError);
  });
});

describe('what enters a window', () => {
  const parameters = DEFAULT_PARAMETERS;
  const row = (businessDate: string, reconciledDate: string, med_type = '21') => ({ businessDate, reconciledDate, med_type });

  test.each([
    ['reconciled in time', '2026-10-31', '2026-11-20', 0, 202610, 'current'],
    ['reconciled a day too late', '2026-10-31', '2026-11-21', 0, 202611, 'late'],
    ['the window is closed', '2026-10-05', '2026-10-06', 202611, 202611, 'late'],
    ['two months late', '2026-10-05', '2026-10-06', 202612, 202612, 'late'],
    ['over the year', '2026-12-31', '2027-01-21', 0, 202701, 'late'],
  ])('%s', (_title, businessDate, reconciledDate, firstOpen, window, kind) => {
    expect(entryOf(row(businessDate, reconciledDate), parameters, firstOpen)).toEqual({ window, kind });
  });

  test('three months late, or of another kind of visit, enters none', () => {
    expect(entryOf(row('2026-10-05', '2026-10-06'), parameters, 202701)).toEqual({ window: null, reason: 'tooLate' });
    expect(entryOf(row('2026-10-05', '2026-10-06', '9107'), parameters, 0)).toEqual({ window: null, reason: 'medType' });
  });

  test('a month that ends on the 20th', () => {
    expect(naturalWindow('2026-10-20', { cutOffDay: 20 })).toBe(202610);
    expect(naturalWindow('2026-12-21', { cutOffDay: 20 })).toBe(202701);
  });

  test('nothing enters a closed window, whenever it happened and was reconciled', () => {
    const day = fc.integer({ min: 0, max: 900 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 30 }), (a, b, months) => {
        const [businessDate, reconciledDate] = a <= b ? [a, b] : [b, a];
        const firstOpen = addMonths(202501, months);
        const entry = entryOf(row(businessDate, reconciledDate), parameters, firstOpen);
        if (entry.window !== null) {
          expect(entry.window).toBeGreaterThanOrEqual(firstOpen);
          expect(entry.kind).toBe(entry.window === naturalWindow(businessDate, parameters) ? 'current' : 'late');
        }
        expect(correctionWindow(row(businessDate, reconciledDate), parameters, firstOpen)).toBeGreaterThanOrEqual(firstOpen);
      }),
    );
  });
});

describe('apportionment', () => {
  test('two settlements of one flow are one line, another fund is another line', () => {
    const one: ClearedItem = { payingCity: '990100', receivingCity: '990200', insutype: '310', kind: 'current', parts: [{ fund: 'employeePool', fen: fen(100) }, { fund: 'account', fen: fen(7) }] };
    expect(apportion([one, { ...one, parts: [{ fund: 'employeePool', fen: fen(23) }] }])).toEqual([
      { payingCity: '990100', receivingCity: '990200', insutype: '310', kind: 'current', fund: 'account', count: 1, fen: 7 },
      { payingCity: '990100', receivingCity: '990200', insutype: '310', kind: 'current', fund: 'employeePool', count: 2, fen: 123 },
    ]);
  });

  test('Σ payable = Σ receivable = Σ settlements, whatever comes, in whatever order', () => {
    fc.assert(
      fc.property(items, (given) => {
        const lines = apportion(given);
        expect(apportion([...given].reverse())).toEqual(lines);
        const source = given.flatMap(({ insutype, parts }) => parts.map((part) => ({ insutype, ...part })));
        expect(imbalances(lines, source)).toEqual([]);
        const totals = cityTotals(lines);
        expect(add(...totals.map(({ payable }) => payable))).toBe(add(...totals.map(({ receivable }) => receivable)));
      }),
    );
  });

  test('a line that was altered does not balance with the settlements', () => {
    const lines = [line('990100', '990200', 100), line('990200', '990100', 50)];
    expect(imbalances(lines, [{ insutype: '310', fund: 'employeePool', fen: fen(149) }])).toEqual([
      { what: '310/employeePool 应付≠明细', left: 150, right: 149 },
    ]);
  });
});

describe('payables', () => {
  test('without netting each flow is one payable, kinds added up', () => {
    const lines = [line('990100', '990200', 100), line('990100', '990200', -30, { kind: 'contra' }), line('990200', '990100', 20)];
    expect(payablesOf(lines, { netting: false }).map(({ payingCity, fen: amountFen }) => [payingCity, amountFen])).toEqual([['990100', 70], ['990200', 20]]);
  });

  test('with netting the difference, but never across funds or insurances', () => {
    const lines = [line('990100', '990200', 100), line('990200', '990100', 130), line('990200', '990100', 5, { fund: 'account' }), line('990200', '990100', 9, { insutype: '390' })];
    expect(payablesOf(lines, { netting: true }).map(({ payingCity, insutype, fund, fen: amountFen }) => [payingCity, insutype, fund, amountFen])).toEqual([
      ['990200', '310', 'account', 5],
      ['990200', '310', 'employeePool', 30],
      ['990200', '390', 'employeePool', 9],
    ]);
  });

  test('where corrections outweigh, the care place pays back', () => {
    expect(payablesOf([line('990100', '990200', -10, { kind: 'contra' })], { netting: false })).toEqual([
      { payingCity: '990200', receivingCity: '990100', insutype: '310', fund: 'employeePool', fen: 10 },
    ]);
  });

  test('a flow that is turned round meets the one of the other direction: one payable', () => {
    const lines = [line('990100', '990200', -10, { kind: 'contra' }), line('990200', '990100', 5)];
    for (const netting of [false, true]) {
      expect(payablesOf(lines, { netting })).toEqual([{ payingCity: '990200', receivingCity: '990100', insutype: '310', fund: 'employeePool', fen: 15 }]);
    }
  });

  test('netted or not, what each city ends with in each fund is the same', () => {
    const balances = (payables: ReturnType<typeof payablesOf>): Map<string, number> => {
      const sums = new Map<string, number>();
      for (const { payingCity, receivingCity, insutype, fund, fen: amountFen } of payables) {
        expect(amountFen).toBeGreaterThan(0);
        for (const [who, signed] of [[payingCity, -amountFen], [receivingCity, amountFen]] as const) {
          const key = `${who}/${insutype}/${fund}`;
          const sum = (sums.get(key) ?? 0) + signed;
          if (sum === 0) sums.delete(key);
          else sums.set(key, sum);
        }
      }
      return sums;
    };
    fc.assert(
      fc.property(items, (given) => {
        const lines = apportion(given);
        expect(balances(payablesOf(lines, { netting: true }))).toEqual(balances(payablesOf(lines, { netting: false })));
        const keys = payablesOf(lines, { netting: false }).map(({ payingCity, receivingCity, insutype, fund }) => [payingCity, receivingCity, insutype, fund].join('/'));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

describe('comparison', () => {
  test('with last month and last year; nothing to compare with is null, not zero', () => {
    const [now, before] = [[line('990100', '990200', 150)], [line('990100', '990200', 100)]];
    expect(compare(now, before, null)).toEqual([
      { payingCity: '990100', insutype: '310', fund: 'employeePool', fen: 150, count: 1, lastMonthFen: 100, lastYearFen: null, monthOnMonth: '0.5000', yearOnYear: null },
    ]);
    expect(compare([], before, now)[0]).toMatchObject({ fen: 0, lastMonthFen: 100, monthOnMonth: '-1.0000', lastYearFen: 150 });
  });
});

describe('records and parameters', () => {
  test('a good record has no fault; places, offices and parts', () => {
    expect(recordFault(settlement())).toBeNull();
    expect([cityOf('990102'), clearingOffice('990102', '990201'), clearingOffice('990102', '980201')]).toEqual(['990100', '990000', '000000']);
    expect(owedParts(settlement({ parts: { '310100': 5, '310101': 6, '999998': 9, '320100': 0 } }))).toEqual([{ fund: 'employeePool', fen: 11 }]);
    expect(owedParts({ funds: [] })).toEqual([]);
    expect(ZERO).toBe(0);
  });

  test.each([
    [{}, null],
    [{ cutOffDay: 0 }, 'cutOffDay 须为 1 至 31 的整数'],
    [{ lateLimitMonths: 13 }, '迟报时限须为 0 至 12 个月'],
    [{ medTypes: [] }, '清算的医疗类别须有 1 至 50 个'],
    [{ medTypes: ['21', '21'] }, '医疗类别代码重复'],
    [{ generateOnDay: 10 }, '生成日不得早于对账截止日'],
    [{ confirmByDay: 20 }, '生成、确认、审批三个日期须先后有序'],
  ])('parameters with %j: %s', (change, problem) => {
    expect(parametersProblem({ ...DEFAULT_PARAMETERS, ...change })).toBe(problem);
  });
});
