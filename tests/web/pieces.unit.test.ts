import { fen } from '../../domain/money';
import type { CaseDefinition } from '../../domain/office-case/definition';
import { checkForm } from '../../domain/office-case/form';
import { loadCaseDefinitions } from '../../schemas/processes/load-cases';
import { numbersIn, sumRows } from '../../web/batch-sums';
import { layOutChain } from '../../web/chain-layout';
import { groupLines } from '../../web/clearing-groups';
import { fitText } from '../../web/fit-text';
import { pastedRows } from '../../web/pasted-rows';
import { institutionForm, ISSUE_CASES, prefilledRows, reopenedIssue, unbegunLists } from '../../web/prefill';
import { readYuan } from '../../web/yuan';

describe('yuan as a person types it', () => {
  test.each([
    ['1234.5', 123_450],
    ['1,234.50', 123_450],
    ['￥ 1234.50', 123_450],
    ['１２３４．５', 123_450],
    ['0.01', 1],
    ['-155.06', -15_506],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('%s is %d fen', (text, amount) => expect(readYuan(text)).toBe(amount));

  test.each(['1.234', '1,23.4', '12,34', '1e3', '.5', '十元', '1 2x', '90071992547409.92'])('%s is no amount', (text) => expect(readYuan(text)).toBeUndefined());

  test('nothing is no amount and no fault', () => expect(readYuan('  ')).toBeNull());
});

describe('rows pasted from a spreadsheet', () => {
  const fields = [
    { name: 'city', zh: '市州', en: 'City', type: 'division' },
    { name: 'amount', zh: '金额', en: 'Amount', type: 'fen' },
    { name: 'kind', zh: '类别', en: 'Kind', type: 'choice', choices: [{ value: 'a', zh: '甲', en: 'A' }] },
    { name: 'count', zh: '笔数', en: 'Count', type: 'integer' },
  ] as const;

  test('cells go to fields in order, amounts and choices are read', () => {
    expect(pastedRows(fields, '990100\t1,234.50\t甲\t3\r\n990200\t x \t乙\n')).toEqual([
      { city: '990100', amount: 123_450, kind: 'a', count: 3 },
      { city: '990200', amount: null, kind: '乙', count: null },
    ]);
  });

  test('a plain value is pasted as always', () => expect(pastedRows(fields, '990100')).toBeNull());
});

describe('rows that a list begins with', () => {
  const { form } = loadCaseDefinitions()['xr-clear-monthly'] ?? { form: [] };
  const [parties] = unbegunLists(form, {});

  test('those of the address that the definition names, by the fields of the list', () => {
    const item = { slot: 'payable-990100', division: '990100', zh: '示例一市（参保地应付）', other: 1 };
    expect(parties?.prefill).toBe('/v1/clearing/parties');
    expect(parties && prefilledRows(parties, [item, { slot: 'x' }])).toEqual([
      { slot: 'payable-990100', division: '990100', zh: '示例一市（参保地应付）' },
      { slot: 'x', division: null, zh: null },
    ]);
  });

  test.each([[{ parties: [] }], [{ parties: null }], [{ parties: [{ slot: 'x' }] }]])('what was begun stays: %j', (begun) => expect(unbegunLists(form, { counties: [], ...begun })).toEqual([]));
});

describe('forms that a page begins', () => {
  const definitions = loadCaseDefinitions();
  const problemsOf = (key: string, form: Record<string, unknown>): string[] => checkForm(definitions[key] as CaseDefinition, form).map(({ path }) => path).sort();

  test('a draft of institutions: what can be paid and has an account; the rest is typed', () => {
    const account = { id: 7, owner: 'H1', division: '990200', purpose: 'monthly', purposeName: '', version: 1, holder: '', bankName: '', bankCode: '', accountMasked: '', validFrom: '', reviewedBy: '', caseNo: '', current: true, at: 0, replacedAt: null } as const;
    const items = [
      { institution: 'H99020000001', institutionName: '甲', payableFen: 700, deductionFen: 100, dueFen: 600, payeeAccount: account },
      { institution: 'H99020000002', institutionName: '乙', payableFen: 300, deductionFen: 0, dueFen: 300, payeeAccount: null },
      { institution: 'H99020000003', institutionName: '丙', payableFen: 50, deductionFen: 0, dueFen: 50, payeeAccount: { ...account, id: 9 } },
    ];
    const form = institutionForm({ batch: 'B1', fund: 'residentPool', period: '2026-10', payableFen: 1_050, deductionFen: 100, dueFen: 950, waitingFen: 0, items });
    expect(form['amountFen']).toBe(650);
    expect((form['institutions'] as { institution: string; payeeAccountId: number }[]).map(({ institution, payeeAccountId }) => [institution, payeeAccountId])).toEqual([['H99020000001', 7], ['H99020000003', 9]]);
    expect(problemsOf('xr-clear-inst-pay', form)).toEqual(['dueDate']);
    expect(problemsOf('xr-clear-inst-pay', { ...form, dueDate: '2026-12-10' })).toEqual([]);
  });

  test.each(Object.entries(ISSUE_CASES))('an issue (%s) is opened again as it was, with its number', (urgency, key) => {
    const form = reopenedIssue({ issueNo: 'xr-issue-990100-2026-0001', category: 'payment', urgency: urgency as keyof typeof ISSUE_CASES, peer: '990200', title: '到账不符' });
    expect(problemsOf(key, { ...form, content: '见附件', parties: [{ slot: 'raiser-990100', division: '990100', zh: '示例' }] })).toEqual([]);
    expect(form['reopens']).toBe('xr-issue-990100-2026-0001');
  });
});

describe('the picture of a chain', () => {
  const chains = [[1, 1, 1], [1, 1, 21, 0, 1, 2, 0, 0], [500], [0]];
  const widths = [240, 366, 700, 1_300];

  test.each(chains.flatMap((chain) => widths.map((width) => [chain, width] as const)))('%j in %d points: nothing overlaps or leaves the picture', (chain, width) => {
    const picture = layOutChain(chain, width);
    expect(picture.steps.map(({ slots }) => slots.length)).toEqual(chain.map((count) => (count > 1 ? count : 0)));
    expect(picture.lines).toHaveLength(chain.length - 1);
    const boxes = [picture.steps, ...picture.steps.map(({ slots }) => slots)];
    for (const group of boxes) {
      for (const [index, box] of group.entries()) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(picture.width);
        expect(box.y + box.height).toBeLessThanOrEqual(picture.height);
        const apart = group.slice(0, index).every((other) => other.x + other.width <= box.x || box.x + box.width <= other.x || other.y + other.height <= box.y || box.y + box.height <= other.y);
        expect(apart).toBe(true);
      }
    }
  });

  test('slots stand inside their step', () => {
    const [step] = layOutChain([21], 700).steps;
    for (const slot of step?.slots ?? []) {
      expect(slot.x).toBeGreaterThan(step?.x ?? 0);
      expect(slot.x + slot.width).toBeLessThan((step?.x ?? 0) + (step?.width ?? 0));
      expect(slot.y + slot.height).toBeLessThan((step?.y ?? 0) + (step?.height ?? 0));
    }
  });
});

test.each([
  ['示例一市', 100, 0, '示例一市'],
  ['示例一市 参保地应付', 80, 0, '示例一市 参…'],
  ['示例一市 参保地应付', 80, 2, '示例一市…应付'],
  ['示例一市 就医地应收', 80, 2, '示例一市…应收'],
  ['示例一市 就医地应收', 1, 2, '示…应收'],
])('%s in %d points keeps %d letters of its end: %s', (text, points, tail, shown) => {
  expect(fitText(text, points, 12, tail)).toBe(shown);
});

describe('lines of a clearing, as a city sees them', () => {
  const line = { payingCity: '990100', receivingCity: '990200', insutype: '390', fund: 'residentPool', fundName: '居民统筹', kind: 'current', kindName: '本月', count: 3, fen: 300 } as const;
  const lines = [
    { ...line, kind: 'contra', kindName: '冲减', count: 1, fen: -120 } as const,
    line,
    { ...line, receivingCity: '990300', count: 1, fen: 50 },
    { ...line, payingCity: '990200', receivingCity: '990100', count: 2, fen: 7 },
  ];

  test('what a city owes is summed over the others, with a part for each kind in their order', () => {
    const [first, second] = groupLines(lines, 'payable', false);
    expect(first).toMatchObject({ city: '990100', other: null, count: 5, fen: 230 });
    expect(first?.kinds).toEqual([{ kind: 'current', count: 4, fen: 350 }, { kind: 'contra', count: 1, fen: -120 }]);
    expect(second).toMatchObject({ city: '990200', fen: 7 });
  });

  test('the other side sees the same money under the cities that it is owed to', () => {
    const receivable = groupLines(lines, 'receivable', false);
    expect(receivable.map(({ city, fen }) => [city, fen])).toEqual([['990100', 7], ['990200', 180], ['990300', 50]]);
  });

  test('apart, each other city has its own sum', () => {
    const own = groupLines(lines, 'payable', true).filter(({ city }) => city === '990100');
    expect(own.map(({ other, fen }) => [other, fen])).toEqual([['990200', 180], ['990300', 50]]);
  });
});

describe('sums of a batch beside the last one', () => {
  const of = (sums: Record<string, number>) => Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, fen(sum)]));

  test('parts first, then the total, then counts; a change of more than a tenth is marked', () => {
    const rows = sumRows(of({ total: 300, 'count/added': 4, '310/2': 111, '310/1': 100 }), of({ total: 300, '310/1': 100, '310/2': 100, '390/2': 7 }));
    expect(rows.map(({ name, now, before, isBig, isCount }) => [name, now, before, isBig, isCount])).toEqual([
      ['310/1', 100, 100, false, false], ['310/2', 111, 100, true, false], ['390/2', 0, 7, true, false], ['total', 300, 300, false, false], ['count/added', 4, 0, false, true],
    ]);
    expect(rows.map(({ jump }) => jump)).toEqual([0, 0.11, -1, 0, null]);
  });

  test('without a last one nothing is compared', () => {
    expect(sumRows(of({ total: 1 }), null)).toEqual([{ name: 'total', isCount: false, now: 1, before: null, jump: null, isBig: false }]);
  });

  test('numbers are taken however they were pasted, each once', () => expect(numbersIn(' D1,D2\nD1；D3、D4\t')).toEqual(['D1', 'D2', 'D3', 'D4']));
});
