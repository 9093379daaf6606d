import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { add, fen, formatYuanGrouped as yuan, type Fen } from '../../domain/money';
import { buildSheet } from '../../domain/sheet/build';
import { depositBalance, movementsBefore } from '../../domain/sheet/deposits';
import type { DepositMovement, SheetInput } from '../../domain/sheet/input';
import type { SheetModel } from '../../domain/sheet/model';
import { printable } from '../../domain/sheet/text';
import { linesOf, patientOf, sheetInput } from './fixture';

const CASES = ['A', 'A2', 'B', 'C', 'C-cap', 'D'];

/** `label: amount` of both sum tables. */
function sums(model: SheetModel): Record<string, string> {
  return Object.fromEntries([...model.burden, ...model.payment].map(({ label, amount }) => [label, yuan(amount)]));
}

test('the sums of A, C and D, as a clerk reads them', () => {
  const shown = [
    '医疗费总额', '基金支付合计', '个人负担合计', '个人自付', '个人自负（起付线）', '个人自费', '个人账户支付', '个人现金支付', '预交金', '预交金抵扣', '应退预交金', '应补交现金',
  ];
  const columns = ['A', 'C', 'D'].map((id) => sums(buildSheet(sheetInput(id))));
  const table = shown.map((label) => [label, ...columns.map((column) => column[label])].join(' | '));
  expect(table).toEqual([
    '医疗费总额 | 21,187.43 | 20,393.12 | 80,086.22',
    '基金支付合计 | 13,248.58 | 16,680.97 | 58,684.77',
    '个人负担合计 | 7,938.85 | 3,712.15 | 21,401.45',
    '个人自付 | 4,667.85 | 2,630.15 | 11,579.90',
    '个人自负（起付线） | 800.00 | 300.00 | 400.00',
    '个人自费 | 3,271.00 | 1,082.00 | 9,821.55',
    '个人账户支付 | 1,500.00 | 0.00 | 2,318.46',
    '个人现金支付 | 6,438.85 | 3,712.15 | 19,082.99',
    '预交金 | 8,000.00 | 1,500.00 | 20,500.50',
    '预交金抵扣 | 6,438.85 | 1,500.00 | 19,082.99',
    '应退预交金 | 1,561.15 | 0.00 | 1,417.51',
    '应补交现金 | 0.00 | 2,212.15 | 0.00',
  ]);
});

test('the categories of A, with 甲, 乙, 丙 and the four parts', () => {
  const { rows, total } = buildSheet(sheetInput('A')).fees;
  const table = [...rows, total].map((row) =>
    [row.name, row.lines, ...[row.amount, row.classA, row.classB, row.classC, row.fulamt, row.overlmt, row.preselfpay, row.inscp].map(yuan)].join(' | '),
  );
  expect(table).toEqual([
    '床位费 | 1 | 580.00 | 580.00 | 0.00 | 0.00 | 0.00 | 180.00 | 0.00 | 400.00',
    '检查费 | 1 | 685.00 | 0.00 | 685.00 | 0.00 | 0.00 | 0.00 | 68.50 | 616.50',
    '手术费 | 1 | 4,860.00 | 4,860.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 4,860.00',
    '护理费 | 1 | 320.00 | 320.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 320.00',
    '卫生材料费 | 1 | 12,800.00 | 0.00 | 12,800.00 | 0.00 | 0.00 | 2,800.00 | 2,000.00 | 8,000.00',
    '西药费 | 4 | 1,942.43 | 178.36 | 1,473.07 | 291.00 | 291.00 | 0.00 | 147.30 | 1,504.13',
    '合计 | 9 | 21,187.43 | 5,938.36 | 14,958.07 | 291.00 | 291.00 | 2,980.00 | 2,215.80 | 15,700.63',
  ]);
});

describe.each(CASES)('patient %s', (id) => {
  const model = buildSheet(sheetInput(id, { lines: linesOf(id) }));
  const { expected } = patientOf(id);
  const row = (label: string): Fen => fen([...model.burden, ...model.payment].find((one) => one.label === label)?.amount ?? NaN);

  test('shares, deposit and deductible are the expected ones', () => {
    const { selfPay, ownPay, deductible } = expected.invoice;
    expect([row('个人自付'), row('个人自费'), row('个人自负（起付线）')]).toEqual([selfPay, ownPay, deductible]);
    expect([row('预交金抵扣'), row('应退预交金'), row('应补交现金')]).toEqual([expected.deposit.applied, expected.deposit.refund, expected.deposit.topUp]);
  });

  test('every table adds up: categories, classes, parts, funds, burden, payment, lines', () => {
    const { rows, total, note } = model.fees;
    expect([note, rows.length > 0]).toEqual([null, true]);
    for (const name of ['amount', 'classA', 'classB', 'classC', 'fulamt', 'overlmt', 'preselfpay', 'inscp'] as const) {
      expect(add(...rows.map((one) => one[name]))).toBe(total[name]);
    }
    expect(add(total.classA, total.classB, total.classC, total.noClass)).toBe(total.amount);
    expect(add(total.fulamt, total.overlmt, total.preselfpay, total.inscp)).toBe(total.amount);
    expect(add(...model.funds.rows.map(({ amount }) => amount))).toBe(model.funds.total);
    expect(add(row('基金支付合计'), row('个人负担合计'))).toBe(row('医疗费总额'));
    expect(add(row('个人自付'), row('个人自费'))).toBe(row('个人负担合计'));
    expect(add(row('个人账户支付'), row('家庭共济账户支付'), row('个人现金支付'))).toBe(row('个人负担合计'));
    expect(add(row('预交金抵扣'), row('应退预交金'))).toBe(row('预交金'));
    expect(add(...(model.lines ?? []).map(({ total: group }) => group.amount))).toBe(total.amount);
  });

  test('every sum in words or in a formula comes out as printed', () => {
    for (const { how, amount, label } of [...model.burden, ...model.payment]) {
      const terms = [...how.matchAll(/([＋−]?) ?[^\d＋−]*([\d,]+\.\d\d)/g)];
      if (!/[＋−]/.test(how)) continue;
      const value = terms.reduce((sum, [, sign, figure = '']) => sum + (sign === '−' ? -1 : 1) * Number(figure.replaceAll(/[,.]/g, '')), 0);
      expect([label, value]).toEqual([label, amount]);
    }
    for (const { steps } of model.funds.rows) {
      for (const step of steps) {
        const [, base = '', percent = '', result = ''] = /([\d,]+\.\d\d) × (\d+)% = ([\d,]+\.\d\d)/.exec(step) ?? [];
        if (base === '') continue;
        const cents = (figure: string): number => Number(figure.replaceAll(/[,.]/g, ''));
        expect([step, Math.round((cents(base) * Number(percent)) / 100)]).toEqual([step, cents(result)]);
      }
    }
  });
});

test('the words are those of the amounts', () => {
  expect(buildSheet(sheetInput('A')).words.map(({ label, words }) => `${label} ${words}`)).toEqual([
    '医疗费总额 贰万壹仟壹佰捌拾柒元肆角叁分',
    '基金支付合计 壹万叁仟贰佰肆拾捌元伍角捌分',
    '个人现金支付 陆仟肆佰叁拾捌元捌角伍分',
  ]);
});

test('docs/sheet.md recomputes the sums of A', () => {
  const page = readFileSync(join(__dirname, '../../docs/sheet.md'), 'utf8');
  const { burden, payment, fees, funds } = buildSheet(sheetInput('A'));
  const amounts = [...burden, ...payment, ...funds.rows, fees.total].map(({ amount }) => amount).filter((amount) => amount !== 0);
  for (const amount of amounts) expect(page).toContain(yuan(amount));
});

describe('marks', () => {
  const withSettlement = (change: Partial<SheetInput['settlement']>, rest: Partial<SheetInput> = {}): SheetModel => {
    const input = sheetInput('A');
    return buildSheet({ ...input, settlement: { ...input.settlement, ...change }, ...rest });
  };

  test('a first print carries none, a second one 补打, one that is only looked at none', () => {
    const marks = [1, 2, null].map((no) => buildSheet(sheetInput('A', { printed: { at: 0, by: '收费员', no } })).marks);
    expect(marks).toEqual([[], ['补打（第 2 次打印）'], []]);
  });

  test('a cancelled settlement is 作废 and says when, a held one 金额待确认', () => {
    const cancelled = withSettlement({ status: 'cancelled', cancelled: { at: Date.parse('2026-11-19T10:00:00+08:00'), setlId: 'R1' } });
    expect(cancelled.stamp).toBe('作废');
    expect(cancelled.stampNote).toContain('2026-11-19 10:00:00');
    expect(cancelled.stampNote).toContain('R1');
    expect(withSettlement({ status: 'held' }).stamp).toBe('金额待确认');
    expect(withSettlement({}).stamp).toBeNull();
  });

  test('an interim settlement says so and carries the deposit forward', () => {
    const input = sheetInput('A');
    const deposits = input.deposits.filter(({ kind }) => kind === 'received');
    const model = withSettlement({ kind: 'interim', depositRefund: fen(0) }, { deposits });
    expect(model.marks).toEqual(['中途结算']);
    expect(sums(model)).toMatchObject({ 预交金: '8,000.00', 预交金抵扣: '6,438.85', 结转继续使用: '1,561.15', 应退预交金: '0.00' });
  });

  test('a self-pay settlement is no sheet of the insurance and names no message', () => {
    const model = withSettlement({ kind: 'selfPay', infno: '', msgid: 'ZF1', setlId: 'ZF1' });
    expect([model.title, model.marks]).toEqual(['住院费用结算单', ['自费']]);
    expect(model.heads.find(({ label }) => label === '险种')?.value).toBe('自费');
    expect(model.foot.source).toBe('数据来源：本院费用明细；自费结算，不经医保支付，可凭上表逐项复核。');
    expect(withSettlement({}).foot.source).toContain('报文 H99000000001202611130900000001');
  });

  test('sex and age come from the identity number where no settlement answer names them', () => {
    const { stay } = sheetInput('A');
    const headsOf = (change: Partial<SheetInput>) => Object.fromEntries(buildSheet(sheetInput('A', change)).heads.map(({ label, value }) => [label, value]));
    expect(headsOf({ person: {}, stay: { ...stay, certno: '990101199002280045' } })).toMatchObject({ 性别: '女', 年龄: '36 岁', 人员类别: '—' });
    expect(headsOf({ person: {}, stay: { ...stay, certno: 'E12345678' } })).toMatchObject({ 性别: '—', 年龄: '—' });
  });

  test('lines that no longer add up are not printed as the categories of the settlement', () => {
    const fees = sheetInput('A').fees.slice(1);
    const model = buildSheet(sheetInput('A', { fees }));
    expect(model.fees.rows).toEqual([]);
    expect(model.fees.note).toContain('已有变动');
    expect(yuan(model.fees.total.amount)).toBe('21,187.43');
  });
});

describe('readings', () => {
  test('a division that counts the account in is shown its own total beside ours', () => {
    expect(buildSheet(sheetInput('A')).funds.totalWithAccount).toBeNull();
    const model = buildSheet(sheetInput('A', { accountInFundSum: true }));
    expect(yuan(model.funds.total)).toBe('13,248.58');
    expect(yuan(fen(model.funds.totalWithAccount ?? 0))).toBe('14,748.58');
  });

  test.each([
    ['beside the own account', { acct_pay: 100_000, acct_mulaid_pay: 50_000 }, 0, '个人负担 7,938.85 − 个人账户 1,000.00 − 共济 500.00'],
    ['within it', { acct_pay: 150_000, acct_mulaid_pay: 50_000 }, 1, '个人负担 7,938.85 − 个人账户 1,500.00'],
  ])('the family account %s', (_where, paid, level, how) => {
    const input = sheetInput('A');
    const model = buildSheet({ ...input, settlement: { ...input.settlement, ...(paid as object) } });
    expect(model.payment.find(({ label }) => label === '家庭共济账户支付')).toMatchObject({ amount: 50_000, level });
    expect(model.payment.find(({ label }) => label === '个人现金支付')).toMatchObject({ amount: 643_885, how });
    expect(model.payment[0]?.how).toBe('支付前 1,000.00，支付后余额 0.00');
  });

  test('a hospital share stands by itself and is no part of the person’s', () => {
    const input = sheetInput('A');
    const settlement = { ...input.settlement, hosp_part_amt: fen(10_000), psn_part_amt: fen(783_885), psn_cash_pay: fen(633_885) };
    expect(sums(buildSheet({ ...input, settlement }))).toMatchObject({ 医院负担: '100.00', 个人负担合计: '7,838.85', 个人自付: '4,567.85', 个人自费: '3,271.00' });
  });

  test('funds without rows come from the amounts; account rows are no funds', () => {
    const none = buildSheet(sheetInput('D', { funds: [] })).funds;
    expect(none.rows.map(({ name, amount }) => `${name} ${yuan(amount)}`)).toEqual([
      '基本医疗保险统筹基金 35,199.50', '职工大额医疗费用补助 18,511.92', '医疗救助 4,973.35',
    ]);
    const account = { fund_pay_type: '310200', fund_pay_type_name: null, fund_payamt: fen(150_000), setl_proc_info: null };
    expect(buildSheet(sheetInput('A', { funds: [...sheetInput('A').funds, account] })).funds.rows.map(({ code }) => code)).toEqual(['310100']);
  });

  test('steps that the store had to cut say so', () => {
    const [fund] = sheetInput('A').funds;
    if (!fund) throw new Error('A has a fund');
    const long = { ...fund, setl_proc_info: `第一步；${'二'.repeat(496)}` };
    const [first, last] = buildSheet(sheetInput('A', { funds: [long] })).funds.rows[0]?.steps ?? [];
    expect(first).toBe('第一步');
    expect(last).toMatch(/二…（过长，略）$/);
  });
});

test('the deposit before a settlement: after a cancellation the restored one, found by amounts and order', () => {
  const move = (commandId: string, kind: DepositMovement['kind'], amount: number, method: string | null = null): DepositMovement => ({
    commandId, kind, amountFen: fen(amount), method, receiptNo: null, at: '2026-11-18 09:00:00',
  });
  const first = [move('d', 'received', 80_000, 'cash'), move('r', 'refunded', 10_000, 'cash')];
  const settled = (id: string): DepositMovement[] => [move(id, 'applied', 60_000), move(id, 'refunded', 10_000)];
  const all = [...first, ...settled('s1'), move('c', 'restored', 70_000), ...settled('s2')];
  const used = { depositApplied: fen(60_000), depositRefund: fen(10_000), topUp: fen(0) };
  expect(movementsBefore(all, used, 0)).toEqual(first);
  expect(movementsBefore(all, used, 1)).toEqual(all.slice(0, 5));
  expect([depositBalance(first), depositBalance(all.slice(0, 5)), depositBalance(all)]).toEqual([70_000, 70_000, 0]);
});

describe('text of others', () => {
  test.each([
    ['示例\u202e甲', '示例□甲'],
    ['甲\u0000乙\u200b', '甲□乙□'],
    ['甲 \n\t乙', '甲 乙'],
    ['\ud842', '□'],
    ['𠮷', '𠮷'],
    ['=cmd|calc', '=cmd|calc'],
  ])('%j is printed as %j', (text, shown) => expect(printable(text)).toBe(shown));

  test('only the middle of the identity number is hidden', () => {
    const { heads } = buildSheet(sheetInput('A'));
    expect(heads.find(({ label }) => label === '证件号码')?.value).toBe('990***********0019');
  });
});
