import { buildDocument, type Printing, type Standing } from '../../domain/documents/build';
import type { DocumentData, FrozenDocument } from '../../domain/documents/data';
import { DOCUMENT_KIND_KEYS, DOCUMENT_KINDS, type DocumentKind } from '../../domain/documents/kinds';
import type { DocumentModel } from '../../domain/documents/model';
import { DOCUMENT_NUMBER, serialNumber, verifyAddress } from '../../domain/documents/number';
import { ALL, approvalSheet, AT, clearingPayable, clearingSummary, disbursementOrder, ISSUED, movedOut, of, paymentNotice, prepayBalance, prepayVoucher } from './fixture';

const FIRST: Printing = { at: AT, by: '示例打印', no: 1 };
const LOOK: Printing = { at: AT, by: '示例打印', no: null };

function build<Kind extends DocumentKind>(kind: Kind, data: DocumentData[Kind], standing: Standing = ISSUED, printing: Printing = FIRST): DocumentModel {
  return buildDocument({ kind, data } as unknown as FrozenDocument, standing, printing);
}

/** The rows of a document as a clerk reads them. */
function table(model: DocumentModel): string {
  return model.sections.flatMap(({ rows }) => rows.map(({ cells, level }) => `${level === 'part' ? '- ' : level === 'sum' ? '= ' : ''}${cells.join(' | ')}`)).join('\n');
}

test('应付清算表: a row a care city, its kinds below it, the total in words', () => {
  const model = build('clearingPayable', clearingPayable);
  expect(table(model)).toBe(`示例二市（990200） | 4 | 29,000.01 | 5 | 50,000.00
- 本月 | 3 | 30,000.01 | 4 | 52,000.00
- 冲减 | 1 | -1,000.00 | 1 | -2,000.00
示例三市（990300） | 3 | 549.99 | 3 | 900.00
- 本月 | 1 | 500.50 | 1 | 800.00
- 迟报补入 | 1 | 60.00 | 1 | 100.00
- 扣款 | 1 | -10.51 | 1 | 0.00
= 合计 | 7 | 29,550.00 | 8 | 50,900.00`);
  expect(model).toMatchObject({ fund: 'residentPool', count: '7 笔', total: { label: '应付金额', amount: 2_955_000, words: '贰万玖仟伍佰伍拾元整' } });
  expect(model.notes).toEqual(expect.arrayContaining([expect.stringContaining('异议移出 1 笔，77.00 元'), expect.stringContaining('预付金余额 20,000.00 元')]));
  expect(model.signatures).toContainEqual({ label: '示例一市确认', name: '示例市确认', at: '2026-11-22 08:30:00' });
});

test('应收清算表 and both notices print the same flow', () => {
  expect(table(build('clearingReceivable', ALL.clearingReceivable))).toContain('= 合计 | 4 | 29,000.01 | 5 | 50,000.00');
  expect(table(build('paymentNotice', paymentNotice))).toBe(`示例二市（990200） | 城乡居民基本医疗保险 | 29,000.01
示例三市（990300） | 城乡居民基本医疗保险 | 549.99
= 合计 |  | 29,550.00`);
  expect(build('paymentNotice', paymentNotice).heads).toContainEqual({ label: '用途（附言）', value: '990000-202610-1 990100 居民统筹', wide: true });
  const receipt = build('receiptNotice', ALL.receiptNotice);
  expect(receipt.total?.words).toBe('贰万玖仟元零壹分');
  expect(receipt.heads).toContainEqual({ label: '收款账户', value: '以经审核登记的清算账户为准', wide: true });
});

test('汇总表 ends with 0.00, or is no document', () => {
  expect(table(build('clearingSummary', clearingSummary))).toBe(`示例一市（990100） | 29,550.00 | 0.00 | -29,550.00
示例二市（990200） | 100.00 | 29,000.01 | 28,900.01
示例三市（990300） | 0.00 | 649.99 | 649.99
= 合计 | 29,650.00 | 29,650.00 | 0.00
= 平衡行（须为 0.00） |  |  | 0.00`);
  const [first, ...rest] = clearingSummary.rows;
  const off = { ...clearingSummary, rows: [{ ...first!, payable: of('residentPool', '29550.01') }, ...rest] };
  expect(() => build('clearingSummary', off)).toThrow(RangeError);
});

test('拨付单: the lines sum to the head, and 实拨 is what remains', () => {
  const model = build('disbursementOrder', disbursementOrder);
  expect(table(model)).toBe(`990000-202610-1-00001 | 示例二市（990200） | 城乡居民基本医疗保险 | 29,000.01 | 50.00 | 1,500.00 | 20,000.00 | 7,450.01
990000-202610-1-00002 | 示例三市（990300） | 城乡居民基本医疗保险 | 549.99 | 0.00 | 0.00 | 0.00 | 549.99
= 合计 |  |  | 29,550.00 | 50.00 | 1,500.00 | 20,000.00 | 8,000.00`);
  expect(model.total).toMatchObject({ label: '实拨金额', words: '捌仟元整' });
  expect(model.signatures.map(({ label, name }) => `${label} ${name}`)).toEqual(['经办 示例经办', '审核 示例复核', '审查 示例审查', '审批 示例审批']);
  expect(model.seals).toContain('财政部门（章）');
  expect(() => build('disbursementOrder', { ...disbursementOrder, due: of('residentPool', '8000.01') })).toThrow(RangeError);
  expect(() => build('disbursementOrder', { ...disbursementOrder, lines: disbursementOrder.lines.slice(1) })).toThrow(RangeError);
});

test('拨付明细, 预付金余额表 and 移出明细', () => {
  expect(table(build('disbursementDetail', ALL.disbursementDetail))).toBe(`城乡居民基本医疗保险 | 4 | 52,000.00 | 30,000.01 | 50.00 | 协议扣款 1 笔 | 29,950.01
城镇居民基本医疗保险 | 1 | 300.00 | 99.99 | 0.00 |  | 99.99
= 合计 | 5 | 52,300.00 | 30,100.00 | 50.00 |  | 30,050.00`);
  expect(table(build('prepayBalance', prepayBalance))).toBe(`示例一市（990100） | 40,000.00 | 20,000.00 | 0.00 | 20,000.00 | 0.00 | 40,000.00 | 73.88% | 黄色预警
示例二市（990200） | 1,000.00 | 0.00 | 500.00 | 1,400.00 | 0.00 | 100.00 | 93.12% | 红色预警
示例三市（990300） | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | — | 正常
= 合计 | 41,000.00 | 20,000.00 | 500.00 | 21,400.00 | 0.00 | 40,100.00 |  | `);
  const [pool] = prepayBalance.rows;
  expect(() => build('prepayBalance', { ...prepayBalance, rows: [{ ...pool!, closing: of('residentPool', '39999.99') }] })).toThrow(RangeError);
  expect(table(build('movedOut', movedOut))).toBe(`S990200000000000000001 | 城乡居民基本医疗保险 | 2026-10-03 | H99020000001 | 77.00 | 人员：当日不在参保状态 | 2026-11
S990300000000000000002 | 城乡居民基本医疗保险 | 2026-10-05 | H99030000001 | 12.30 | 金额：金额有疑 | 未移出
= 合计 |  |  |  | 89.30 |  | `);
});

test.each([
  ['annual', '年度上缴', '20,000.00', '60,000.00'],
  ['emergency', '紧急调增', '20,000.00', '60,000.00'],
  ['return', '调减退还', '−20,000.00', '20,000.00'],
] as const)('预付金凭单 %s in three copies', (kind, zh, change, after) => {
  const model = build('prepayVoucher', { ...prepayVoucher, kind });
  expect(model.title).toBe(`异地就医预付金凭单（${zh}）`);
  expect(model.copies).toEqual(['第一联　付款单位', '第二联　收款单位', '第三联　财务']);
  expect(table(model)).toContain(`= 已缴预付金 | 40,000.00 | ${change} | ${after}`);
  expect(() => build('prepayVoucher', { ...prepayVoucher, kind, amount: of('residentPool', '0.00') })).toThrow(RangeError);
});

test('审批表 marks what the round changed, and for whom somebody signed', () => {
  const model = build('approvalSheet', approvalSheet);
  expect(table(model)).toContain('＊说明 | 按参数第 1 版生成 | 按默认参数生成');
  expect(table(model)).toContain('2026-11-22 10:30:00 | 审批 | 同意 | 示例审批（代 示例主任） | 同意 | 2');
  expect(model).toMatchObject({ total: null, fund: null, stamp: null });
  expect(build('approvalSheet', { ...approvalSheet, effective: false }).stamp).toBe('未审批');
});

/** Every amount of a kind's data in turn is given another fund. */
const MIXED = DOCUMENT_KIND_KEYS.flatMap((kind) => pathsOfAmounts(ALL[kind]).map((path) => [kind, path] as const));

test('amounts were found to mix', () => {
  expect(new Set(MIXED.map(([kind]) => kind)).size).toBe(10);
});

test.each(MIXED)('%s refuses another fund at %s', (kind, path) => {
  const data = structuredClone(ALL[kind]) as unknown as Record<string, unknown>;
  const amount = path.split('.').reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, data);
  amount['fund'] = 'employeePool';
  expect(() => build(kind, data as never)).toThrow('职工统筹 on a document of 居民统筹');
});

function pathsOfAmounts(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('fund' in value && 'fen' in value) return [path.join('.')];
  return Object.entries(value).flatMap(([key, each]) => pathsOfAmounts(each, [...path, key]));
}

describe('stamps and marks', () => {
  const voided = { ...ISSUED, voided: { at: AT, reason: '金额有误', replacedBy: '990000-YF-202611-000099' } };
  test.each([
    ['the first print', ISSUED, FIRST, null, []],
    ['a second print', ISSUED, { ...FIRST, no: 2 }, '补打', ['补打（第 2 次打印）']],
    ['a look', ISSUED, LOOK, '预览', ['预览']],
    ['a draft', { number: null }, LOOK, '未审批', ['草稿']],
    ['a void one printed again', voided, { ...FIRST, no: 3 }, '作废', ['补打（第 3 次打印）']],
    ['a look at a void one', voided, LOOK, '作废', ['预览']],
  ] as const)('%s', (_name, standing, printing, stamp, marks) => {
    const model = build('clearingPayable', clearingPayable, standing, printing);
    expect([model.stamp, model.marks]).toEqual([stamp, marks]);
  });

  test('a void document says why and what took its place; that one names it', () => {
    expect(build('clearingPayable', clearingPayable, voided).stampNote).toBe('于 2026-11-22 10:30:00 作废：金额有误，由 990000-YF-202611-000099 代替。');
    expect(build('clearingPayable', clearingPayable, { ...ISSUED, replaces: '990000-YF-202611-000001' }).notes).toContain('本单代替已作废的 990000-YF-202611-000001。');
    // Who issued it stands on it, and for the maker where no case made it; a draft names nobody.
    const made = (standing: Standing) => build('prepayBalance', prepayBalance, standing).signatures[0];
    expect(build('prepayBalance', prepayBalance).notes).toContain('开具：2026-11-22 10:30:00 示例开具。');
    expect([made(ISSUED), made({ number: null })]).toEqual([{ label: '经办', name: '示例开具', at: '2026-11-22 10:30:00' }, { label: '经办', name: null, at: null }]);
    expect(build('clearingPayable', clearingPayable).signatures[0]?.name).toBe('示例经办');
  });

  test.each(['paymentNotice', 'disbursementOrder', 'prepayVoucher'] as const)('%s shows the whole account number in a recorded print only', (kind) => {
    const account = (printing: Printing): string | undefined => build(kind, ALL[kind] as never, ISSUED, printing).heads.find(({ label }) => label === '账号')?.value;
    expect(account(FIRST)).toMatch(/^\d{18}$/);
    expect(account(LOOK)).toMatch(/^\*\*\*\* \d{4}$/);
  });
});

test('numbers and the address in the QR code', () => {
  expect(serialNumber('990000', 'YF', AT, 42)).toBe('990000-YF-202611-000042');
  expect(serialNumber('990000', 'YF', Date.parse('2026-11-30T16:00:00Z'), 1)).toBe('990000-YF-202612-000001');
  expect(verifyAddress('990000-YF-202611-000042', 'ab', 'https://anjie.example/')).toBe('https://anjie.example/v1/documents/990000-YF-202611-000042/verify?hash=ab');
  expect(verifyAddress('n', 'ab', null)).toBe('/v1/documents/n/verify?hash=ab');
  const letters = DOCUMENT_KIND_KEYS.map((kind) => DOCUMENT_KINDS[kind].letters);
  expect(new Set(letters).size).toBe(letters.length);
  for (const each of letters) expect(DOCUMENT_NUMBER.test(`990000-${each}-202611-000001`)).toBe(true);
  for (const bad of ['990000-YF-202611-1', '990000-yf-202611-000001', '../x', '990000-YF-202611-000001 ']) expect(DOCUMENT_NUMBER.test(bad)).toBe(false);
});
