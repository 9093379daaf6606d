import fc from 'fast-check';
import { draftLines, drawable, sumsOf, type OpenPayable, type OrderLine, type Withholding } from '../../domain/disbursement/order';
import { orderState, outstanding, spread, splitProblem } from '../../domain/disbursement/payment';
import { clearingEntries, drawEntries, fundingEntries, nettingEntries, paidEntries, receivedEntries, returnEntries, sweptEntries, type AgencyEntry, type Move, type Part } from '../../domain/disbursement/vouchers';
import { accountProblem, maskedAccount } from '../../domain/disbursement/bank-account';
import { agencyNoFits } from '../../domain/disbursement/agency';
import { issueStatistics } from '../../domain/coordination/issue';
import { agencyAccount, accountName, isAccount, partsOfAgencyAccount } from '../../domain/ledger';
import { fen, ZERO, type Fen } from '../../domain/money';
import { basisMonths, proposedQuota, quotaDifference } from '../../domain/xr-prepayment/quota';
import { rulesProblem } from '../../domain/xr-prepayment/rules';
import { useRate, warningsOf } from '../../domain/xr-prepayment/use-rate';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';

const SEED = Number(process.env['FAST_CHECK_SEED'] ?? Date.now() % 2 ** 31);
const amount = fc.integer({ min: 1, max: 10 ** 12 }).map(fen);

function payable(payableId: string, available: number, receivingCity = '990200'): OpenPayable {
  return { payableId, payingCity: '990100', receivingCity, insutype: '310', available: fen(available) };
}

describe('quota', () => {
  // months                      factor  proposed
  test.each<[number[], string, number]>([
    [[300_00, 300_00, 300_00],   '2',    600_00],
    [[100, 0, 0],                '2',    67],
    [[1, 0, 0],                  '2',    1],
    [[1, 0, 0],                  '1',    0],
    [[0, 0, 0],                  '2',    0],
    [[-300, 300, 300],           '2',    200],
    [[100, 100, 101],            '1.5',  151],
  ])('of %j by %s is %i', (monthly, factor, proposed) => {
    expect(proposedQuota(monthly.map(fen), factor)).toBe(proposed);
  });

  test('an average of no month is none', () => {
    expect(() => proposedQuota([], '2')).toThrow(RangeError);
  });

  test('the basis of a year is the last quarter before it', () => {
    expect(basisMonths(2027)).toEqual(['2026-10', '2026-11', '2026-12']);
  });

  // quota  balance  under way  difference
  test.each([
    [1000,   400,     0,   600],
    [1000,   400,   200,   400],
    [1000,  1200,     0,  -200],
    [1000,  1000,     0,     0],
    [   0,     1,     0,    -1],
  ])('%i against %i held and %i under way: %i', (quota, balance, underway, difference) => {
    expect(quotaDifference(fen(quota), { balance: fen(balance), underway: fen(underway) })).toBe(difference);
  });
});

describe('use rate', () => {
  // clearing   held      rate       level     warnings
  test.each<[number, number, string | null, string, string[]]>([
    [     0,     0,      null,      'normal', []],
    [     0,  1000,      '0.0000',  'normal', []],
    [   699,  1000,      '0.6990',  'normal', []],
    [ 69999, 100000,     '0.7000',  'normal', []],
    [   700,  1000,      '0.7000',  'yellow', ['yellow']],
    [   899,  1000,      '0.8990',  'yellow', ['yellow']],
    [   900,  1000,      '0.9000',  'red',    ['yellow', 'red']],
    [  1500,  1000,      '1.5000',  'red',    ['yellow', 'red']],
    [     1,     0,      null,      'red',    ['yellow', 'red']],
  ])('%i of %i is %s, %s', (clearing, held, rate, level, warnings) => {
    const found = useRate(fen(clearing), fen(held), prepaymentRules);
    expect([found.rate, found.level, warningsOf(found.level)]).toEqual([rate, level, warnings]);
  });

  test.each<[string, object]>([
    ['黄色预警线须低于红色预警线', { yellowFrom: '0.9' }],
    ['redFrom 须为正的十进制文本', { redFrom: '90%' }],
    ['quotaFactor 须为正的十进制文本', { quotaFactor: '0' }],
    ['traceDays 须为 1 至 366 的整数天', { traceDays: 0.5 }],
    ['issueRulingRounds 须为 1 至 366 的整数', { issueRulingRounds: 0 }],
    ['disbursementSubmitDays 须为 1 至 366 的整数天', { disbursementSubmitDays: 0 }],
    ['disbursementSubmitDays 不得晚于 disbursementPayDays', { disbursementSubmitDays: 11 }],
    ['careAdvances 须为 true 或 false', { careAdvances: '是' }],
  ])('rules: %s', (words, change) => {
    expect(rulesProblem(prepaymentRules)).toBeNull();
    expect(rulesProblem({ ...prepaymentRules, ...change })).toBe(words);
  });
});

describe('lines of an order', () => {
  const two = [payable('a', 700), payable('b', 300)];

  // withheld (payable, 扣款, 预留)                 wanted  pool   drawn         pay          due
  test.each<[[string, number, number][], number, number, number[], number[], number]>([
    [[],                                            1000,   0,     [0, 0],       [700, 300],  1000],
    [[],                                            1000,   800,   [700, 100],   [0, 200],     200],
    [[],                                            1000,   5000,  [700, 300],   [0, 0],         0],
    [[],                                             500,   5000,  [500, 0],     [200, 300],   500],
    [[['a', 100, 50]],                              1000,   600,   [550, 50],    [0, 250],     250],
    [[['a', 700, 0], ['b', 0, 300]],                1000,   600,   [0, 0],       [0, 0],         0],
    [[],                                            1000,   -5,    [0, 0],       [700, 300],  1000],
  ])('%j, wants %i of %i: draws %j, pays %j', (withheld, wanted, pool, drawn, pay, due) => {
    const rows = withheld.map(([payableId, deduction, reserve]): Withholding => ({ payableId, deduction: fen(deduction), reserve: fen(reserve) }));
    const lines = draftLines(two, rows, { wanted: fen(wanted), pool: fen(pool) }) as readonly OrderLine[];
    expect([lines.map((line) => line.drawn), lines.map((line) => line.pay), sumsOf(lines).due]).toEqual([drawn, pay, due]);
  });

  test.each<[string, OpenPayable[], [string, number, number][], object]>([
    ['nothing payable', [], [], { problem: 'nothing' }],
    ['an unknown payable', two, [['c', 1, 0]], { problem: 'unknownPayable', payableId: 'c' }],
    ['a payable named twice', two, [['a', 1, 0], ['a', 1, 0]], { problem: 'unknownPayable', payableId: 'a' }],
    ['more kept back than payable', two, [['b', 200, 101]], { problem: 'withheldExceeds', payableId: 'b' }],
    ['a negative deduction', two, [['b', -1, 0]], { problem: 'withheldExceeds', payableId: 'b' }],
  ])('%s is refused', (_, payables, withheld, problem) => {
    const rows = withheld.map(([payableId, deduction, reserve]) => ({ payableId, deduction: deduction as Fen, reserve: reserve as Fen }));
    expect(draftLines(payables, rows, { wanted: ZERO, pool: ZERO })).toEqual(problem);
  });

  test(`what is drawn, paid and kept back is what is payable; the pool never goes below zero (seed ${SEED})`, () => {
    const order = fc.record({ amounts: fc.array(amount, { minLength: 1, maxLength: 12 }), wanted: fc.integer({ min: -5, max: 10 ** 13 }), keep: fc.integer({ min: 0, max: 100 }) });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), fc.array(order, { minLength: 1, maxLength: 20 }), (opening, orders) => {
        let pool = fen(opening);
        for (const { amounts, wanted, keep } of orders) {
          const payables = amounts.map((each, index) => payable(`p${index}`, each));
          const withheld = [{ payableId: 'p0', deduction: fen(Math.floor(((amounts[0] ?? 0) / 200) * keep)), reserve: ZERO }];
          const sums = sumsOf(draftLines(payables, withheld, { wanted: fen(wanted), pool }) as readonly OrderLine[]);
          expect(sums.drawn + sums.due + sums.deduction + sums.reserve).toBe(amounts.reduce((sum, each) => sum + each, 0));
          expect(sums.drawn).toBeLessThanOrEqual(drawable(fen(wanted), pool));
          pool = fen(pool - sums.drawn);
          expect(pool).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: SEED },
    );
  });
});

describe('payments', () => {
  // due  paid  received  stopped  void    state
  test.each<[number, number, number, boolean, boolean, string]>([
    [100,   0,   0, false, false, 'open'],
    [100,  40,   0, false, false, 'partPaid'],
    [100,  40,  40, false, false, 'partPaid'],
    [100, 100,  40, false, false, 'paid'],
    [100, 100, 100, false, false, 'received'],
    [  0,   0,   0, false, false, 'received'],
    [100,  40,  40, true,  false, 'stopped'],
    [100, 100, 100, true,  false, 'received'],
    [100,   0,   0, true,  true,  'void'],
    [  0,   0,   0, false, true,  'void'],
  ])('due %i, paid %i, received %i, stopped %s, void %s: %s', (due, paid, received, stopped, isVoid, state) => {
    expect(orderState({ due: fen(due), paid: fen(paid), received: fen(received) }, { stopped, void: isVoid })).toBe(state);
  });

  test.each<[number, [string, number][], string | null]>([
    [100, [['a', 60], ['b', 40]], null],
    [100, [], 'empty'],
    [100, [['a', 60], ['a', 40]], 'duplicate'],
    [100, [['a', 100], ['b', 0]], 'notPositive'],
    [100, [['a', 140], ['b', -40]], 'notPositive'],
    [100, [['a', 60], ['b', 39]], 'sumDiffers'],
  ])('%i split as %j: %s', (total, splits, problem) => {
    expect(splitProblem(fen(total), splits.map(([orderNo, each]) => ({ orderNo, fen: fen(each) })))).toBe(problem);
  });

  test('a payment beyond what is due, or of nothing, is not spread', () => {
    const lines = [{ lineNo: 1, due: fen(60), paid: fen(10) }, { lineNo: 2, due: fen(40), paid: ZERO }];
    expect(spread(fen(90), lines)).toEqual([{ lineNo: 1, fen: 50 }, { lineNo: 2, fen: 40 }]);
    expect(spread(fen(91), lines)).toBeNull();
    expect(spread(ZERO, lines)).toBeNull();
    expect(spread(fen(-1), lines)).toBeNull();
  });

  test(`any series of payments, bounces and undone ones: paid + outstanding = due on every line (seed ${SEED})`, () => {
    const act = fc.record({ amount: fc.integer({ min: 1, max: 400 }), undo: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 6 }), fc.array(act, { maxLength: 40 }), (dues, acts) => {
        const lines = dues.map((due, index) => ({ lineNo: index + 1, due: fen(due), paid: ZERO as Fen }));
        const standing: { lineNo: number; fen: Fen }[][] = [];
        const book = (parts: { lineNo: number; fen: Fen }[], sign: 1 | -1): void => {
          for (const part of parts) {
            const line = lines[part.lineNo - 1];
            if (line) line.paid = fen(line.paid + sign * part.fen);
          }
        };
        for (const each of acts) {
          const parts = each.undo ? null : spread(fen(each.amount), lines);
          if (parts) {
            standing.push(parts);
            book(parts, 1);
          } else if (each.undo && standing.length > 0) book(standing.splice(each.amount % standing.length, 1)[0] ?? [], -1);
          for (const line of lines) {
            expect(line.paid + outstanding(line)).toBe(line.due);
            expect(line.paid).toBeGreaterThanOrEqual(0);
            expect(line.paid).toBeLessThanOrEqual(line.due);
          }
        }
        for (const parts of standing) book(parts, -1);
        expect(lines.every(({ paid }) => paid === 0)).toBe(true);
      }),
      { seed: SEED },
    );
  });
});

describe('vouchers', () => {
  const province = '990000';
  const parts = [
    { payingCity: '990100', receivingCity: '990200', fen: fen(70) },
    { payingCity: '990100', receivingCity: '990300', fen: fen(20) },
    { payingCity: '990100', receivingCity: '990200', fen: fen(10) },
  ];
  const move = (kind: Move['kind'], payer: string, payee: string): Move => ({ kind, fund: 'residentPool', payer, payee, province });
  const written = (entries: readonly AgencyEntry[]): string[] =>
    entries.map(({ agency, lines }) => `${agency}: ${lines.map((line) => `${line.account.replace(':residentPool', '')} ${line.amount}`).join(' | ')}`);

  test.each<[string, AgencyEntry[], string[]]>([
    ['a clearing', clearingEntries('residentPool', [...parts, { payingCity: '990200', receivingCity: '990100', fen: fen(5) }]), [
      '990100: FUND_EXPENSE 100 | XR_PAYABLE:990200 -80 | XR_PAYABLE:990300 -20 | XR_RECEIVABLE:990200 5 | XR_ADVANCED -5',
      '990200: FUND_EXPENSE 5 | XR_PAYABLE:990100 -5 | XR_RECEIVABLE:990100 80 | XR_ADVANCED -80',
      '990300: XR_RECEIVABLE:990100 20 | XR_ADVANCED -20',
    ]],
    ['a clearing where corrections outweigh', clearingEntries('residentPool', [{ payingCity: '990100', receivingCity: '990200', fen: fen(-5) }]), [
      '990100: FUND_EXPENSE -5 | XR_PAYABLE:990200 5',
      '990200: XR_RECEIVABLE:990100 -5 | XR_ADVANCED 5',
    ]],
    ['netting', nettingEntries('residentPool', [...parts, { payingCity: '990200', receivingCity: '990100', fen: fen(5) }], [{ payingCity: '990100', receivingCity: '990200', fen: fen(75) }, parts[1] as Part]), [
      '990100: XR_PAYABLE:990200 5 | XR_RECEIVABLE:990200 -5',
      '990200: XR_PAYABLE:990100 5 | XR_RECEIVABLE:990100 -5',
    ]],
    ['a sweep', sweptEntries('990200', 'residentPool', fen(7)), ['990200: FISCAL 7 | INCOME -7']],
    ['a draw', drawEntries(province, '990100', 'residentPool', parts), [
      '990000: PREPAY:990100 100 | XR_PAYABLE:990200 -80 | XR_PAYABLE:990300 -20',
      '990100: XR_PAYABLE:990200 80 | XR_PAYABLE:990300 20 | PREPAY -100',
    ]],
    ['funds', fundingEntries('990100', 'residentPool', fen(5)), ['990100: EXPEND 5 | FISCAL -5']],
    ['a return', returnEntries(province, '990100', 'residentPool', fen(5)), [
      '990000: PREPAY:990100 5 | XR_PAYABLE:990100 -5',
      '990100: XR_RECEIVABLE:990000 5 | PREPAY -5',
    ]],
    ['a city pays', paidEntries(move('clearing', '990100', province), fen(9)), ['990100: IN_TRANSIT:990000 9 | EXPEND -9']],
    ['a city pays in', paidEntries(move('payIn', '990100', province), fen(9)), ['990100: IN_TRANSIT:990000 9 | FISCAL -9']],
    ['the province pays', paidEntries(move('forward', province, '990200'), fen(9)), ['990000: IN_TRANSIT:990200 9 | PROVINCE_CLEARING -9']],
    ['the province has received', receivedEntries(move('clearing', '990100', province), parts), [
      '990100: XR_PAYABLE:990200 80 | XR_PAYABLE:990300 20 | IN_TRANSIT:990000 -100',
      '990000: PROVINCE_CLEARING 100 | XR_PAYABLE:990200 -80 | XR_PAYABLE:990300 -20',
    ]],
    ['a care place has received', receivedEntries(move('forward', province, '990200'), [parts[0], parts[2]] as typeof parts), [
      '990000: XR_PAYABLE:990200 80 | IN_TRANSIT:990200 -80',
      '990200: INCOME 80 | XR_RECEIVABLE:990100 -80',
    ]],
    ['a pay-in has arrived', receivedEntries(move('payIn', '990100', province), [{ payingCity: '990100', receivingCity: province, fen: fen(9) }]), [
      '990100: PREPAY 9 | IN_TRANSIT:990000 -9',
      '990000: PROVINCE_CLEARING 9 | PREPAY:990100 -9',
    ]],
    ['a return has arrived', receivedEntries(move('return', province, '990100'), [{ payingCity: province, receivingCity: '990100', fen: fen(9) }]), [
      '990000: XR_PAYABLE:990100 9 | IN_TRANSIT:990100 -9',
      '990100: FISCAL 9 | XR_RECEIVABLE:990000 -9',
    ]],
  ])('%s', (_, entries, lines) => {
    expect(written(entries)).toEqual(lines);
    for (const entry of entries) expect(entry.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(0);
    const between = entries.flatMap((entry) => entry.lines).filter((line) => /^(XR_PAYABLE|XR_RECEIVABLE|PREPAY)/.test(line.account));
    expect(between.reduce((sum, line) => sum + line.amount, 0)).toBe(0);
  });

  test('accounts of agencies are kept apart by fund', () => {
    expect(isAccount('PREPAY:residentPool:990100')).toBe(true);
    expect(accountName('PREPAY:residentPool:990100')).toBe('异地预付金 居民统筹 990100');
    expect(partsOfAgencyAccount('FISCAL:aid')).toEqual({ name: 'FISCAL', fund: 'aid', counterparty: null });
    for (const wrong of ['PREPAY', 'PREPAY:', 'PREPAY:nothing', 'PREPAY:aid:99010', 'BANK:aid', 'PREPAY:aid:990100:x']) expect(isAccount(wrong)).toBe(false);
    expect(() => agencyAccount('PREPAY', 'aid', '99')).toThrow(RangeError);
  });
});

describe('registers', () => {
  const account = { accountNo: '6200990000001234', bankCode: '990000000001', holder: '示例市医保中心', bankName: '示例银行示例支行', purpose: 'clearing' };
  test.each<[string, object, string | null]>([
    ['as it should be', {}, null],
    ['7 digits', { accountNo: '6200990' }, 'accountNo'],
    ['33 digits', { accountNo: '6'.repeat(33) }, 'accountNo'],
    ['full-width digits', { accountNo: '６２００９９００００００１２３４' }, 'accountNo'],
    ['a blank inside', { accountNo: '6200 9900 0000 1234' }, 'accountNo'],
    ['a number', { accountNo: 6200990000001234 }, 'accountNo'],
    ['11 digits of bank code', { bankCode: '99000000001' }, 'bankCode'],
    ['an empty holder', { holder: '' }, 'holder'],
    ['RTL override', { holder: '示例\u202e心' }, 'holder'],
    ['a blank at the end', { bankName: '示例银行 ' }, 'bankName'],
    ['an unknown purpose', { purpose: 'toString' }, 'purpose'],
  ])('account: %s', (_, change, problem) => {
    expect(accountProblem({ ...account, ...change })).toBe(problem);
    expect(maskedAccount('1234')).toBe('**** 1234');
  });

  test.each<['agency' | 'hospital' | 'pharmacy', string, boolean]>([
    ['agency', '990100', true],
    ['agency', 'H99010000001', false],
    ['hospital', 'H99010000001', true],
    ['pharmacy', 'P99010000001', true],
    ['hospital', '990100', false],
  ])('%s %s: %s', (kind, agencyNo, fits) => expect(agencyNoFits(kind, agencyNo)).toBe(fits));

  test('statistics of issues', () => {
    const issue = { urgency: 'critical' as const, rounds: 1, dueAt: 100, ending: null, reopens: null };
    const issues = [
      { ...issue, state: 'closed' as const, firstAnsweredAt: 100, ending: 'accepted' as const },
      { ...issue, state: 'closed' as const, firstAnsweredAt: 101, rounds: 3, ending: 'ruled' as const, reopens: 'xr-issue-1' },
      { ...issue, state: 'handling' as const, firstAnsweredAt: null, rounds: 0 },
      { ...issue, state: 'handling' as const, firstAnsweredAt: null, rounds: 0, dueAt: 300 },
      { ...issue, state: 'withdrawn' as const, firstAnsweredAt: null, rounds: 0 },
    ];
    expect(issueStatistics(issues, 200)).toEqual({ total: 5, closed: 2, onTime: 1, late: 2, closedInOneRound: 1, rounds: 4, onTimeRate: '0.3333', averageRounds: '2.00', silent: 0, ruled: 1, reopened: 1 });
    expect(issueStatistics([], 200)).toMatchObject({ onTimeRate: null, averageRounds: null });
  });
});
