import { compareSides } from '../../activities/matching/compare';
import { type Engine, engineInteger, openEngine } from '../../activities/matching/engine';
import { countReadable, loadFile } from '../../activities/matching/load';
import type { FileSource } from '../../activities/matching/sources';
import fc from 'fast-check';
import { join } from 'node:path';
import type { Declaration } from '../../domain/matching/declaration';
import { carriedStatement, findingsQuery, namedQuery, totalsQuery } from '../../domain/matching/sql/judge';
import { type NamedSum, statementOf } from '../../domain/matching/statement';
import { fen } from '../../domain/money';
import { checkDeclaration } from '../../schemas/matching/check-declaration';
import { loadDeclarations } from '../../schemas/matching/load-declarations';
import { plainFindings, type PlainFinding, type PlainRow, type PlainSides } from './plain';
import { DAY, filesOf, PLACE, receipt, shipped, temporaryFolder } from './rig';

/** The seed is printed with every failure; another one by ANJIE_SEED. */
const SEED = Number(process.env['ANJIE_SEED'] ?? Date.now() % 1_000_000_007);

const { folder, remove } = temporaryFolder();
/** One engine a declaration, for all its tests. */
const engines = new Map<string, Engine>();

async function engineOf({ key }: Declaration): Promise<Engine> {
  const engine = engines.get(key) ?? (await openEngine({ folder: join(folder, key), memoryMb: 100, threads: 1 }));
  engines.set(key, engine);
  return engine;
}

afterAll(() => {
  for (const engine of engines.values()) engine.close();
  remove();
});

async function compared(declaration: Declaration, sides: PlainSides, day = DAY): Promise<{ findings: PlainFinding[]; sums: NamedSum[]; differingGroups: number }> {
  const engine = await engineOf(declaration);
  const sources = filesOf(folder, declaration, sides);
  for (const [index, { key }] of declaration.sides.entries()) {
    await loadFile(engine, declaration, index, sources[key] as FileSource);
    await countReadable(engine, declaration, index);
    await engine.run(carriedStatement(declaration, index));
  }
  const { differingGroups } = await compareSides(engine, declaration, { place: PLACE, day }, () => undefined);
  const found = await engine.all(findingsQuery(declaration, ''));
  const findings = found.map(([, key, , code, , fields, amount]) => ({ key: String(key), code: String(code), fields: String(fields), fen: engineInteger(amount) }));
  const rows = [...(await engine.all(totalsQuery(declaration))), ...(await engine.all(namedQuery(declaration)))];
  const sums = rows.flatMap(([side, group, code, count, ...amounts]) =>
    declaration.amounts.map(({ column }, at) => ({
      group: String(group), side: declaration.sides[engineInteger(side)]?.key ?? '', amount: column, code: String(code), rows: engineInteger(count), fen: fen(engineInteger(amounts[at])),
    })),
  );
  return { findings: findings.sort((a, b) => (a.key < b.key ? -1 : 1)), sums, differingGroups };
}

const codesOf = ({ findings }: { findings: PlainFinding[] }): string[] => findings.map(({ code }) => code);

describe('each rule fires on a copy that was corrupted for it, and on nothing else', () => {
  const leg = shipped('tax-bureau-tax');
  const base = Array.from({ length: 30 }, () => receipt());
  const [one] = base as [PlainRow];
  const without = base.slice(1);
  const refund = receipt({ kind: '03', amt: -500, clct_date: '2026-10-05' });
  const cases: Record<string, PlainSides> = {
    RECEIPT_TWICE: { bureau: base, tax: [...base, one] },
    RECEIPT_TWICE_HERE: { bureau: [...base, one], tax: base },
    PAID_AFTER_CANCEL: { bureau: [...without, { ...one, levy_state: '52' }], tax: base },
    REFUND_UNDER_WAY: { bureau: [...base, refund], tax: base },
    REFUND_NOT_RETURNED: { bureau: [...base, { ...refund, clct_date: '2026-10-01' }], tax: base },
    LAST_DAY_ROW: { bureau: base, tax: [...base, receipt({ clct_date: '2026-10-11' })] },
    TAX_ONLY: { bureau: without, tax: base },
    BUREAU_ONLY: { bureau: base, tax: without },
    AMOUNT_DIFFERS: { bureau: base, tax: [{ ...one, inte: 1 }, ...without] },
    INSURANCE_DIFFERS: { bureau: base, tax: [{ ...one, insutype: '390' }, ...without] },
    ITEM_DIFFERS: { bureau: base, tax: [{ ...one, levy_subitem: '102102' }, ...without] },
    MONTH_DIFFERS: { bureau: base, tax: [{ ...one, accrym_end: '202611' }, ...without] },
    DATE_DIFFERS: { bureau: base, tax: [{ ...one, clct_date: '2026-10-08' }, ...without] },
  };

  test('all codes of the leg are among them', () => expect(Object.keys(cases).sort()).toEqual(leg.codes.map(({ code }) => code).sort()));
  test.each(Object.entries(cases))('%s', async (code, sides) => {
    const result = await compared(leg, sides);
    expect(codesOf(result)).toEqual([code]);
    expect(result.findings).toEqual(plainFindings(leg, sides, DAY));
  });
  test('equal sides differ in nothing, and no detail is looked at', async () => {
    expect(await compared(leg, { bureau: base, tax: [...base].reverse() })).toMatchObject({ findings: [], differingGroups: 0 });
  });
  test('a date that is a day off is tolerated; two errors that cancel in the sum are found', async () => {
    const [first, second, ...rest] = base as [PlainRow, PlainRow, ...PlainRow[]];
    expect(codesOf(await compared(leg, { bureau: base, tax: [{ ...first, clct_date: '2026-10-11' }, second, ...rest] }))).toEqual([]);
    const crossed = [{ ...first, amt: Number(first['amt']) + 7 }, { ...second, amt: Number(second['amt']) - 7 }, ...rest];
    expect(codesOf(await compared(leg, { bureau: base, tax: crossed }))).toEqual(['AMOUNT_DIFFERS', 'AMOUNT_DIFFERS']);
  });
  test('a receipt and its cancellation on the same side are a pair that never was; half of it is not', async () => {
    const paid = receipt();
    const undone = receipt({ kind: '02', orig_taxrpt_no: paid['taxrpt_no'] ?? '', orig_taxrpt_row: '1', amt: -Number(paid['amt']) });
    expect(codesOf(await compared(leg, { bureau: base, tax: [...base, paid, undone] }))).toEqual([]);
    expect(codesOf(await compared(leg, { bureau: [...base, paid], tax: [...base, paid, undone] }))).toEqual(['BUREAU_ONLY']);
    expect(codesOf(await compared(leg, { bureau: base, tax: [...base, paid, { ...undone, amt: Number(undone['amt']) + 1 }] }))).toHaveLength(2);
  });
  test('what both sides hold twice is no difference between them; with other content it is', async () => {
    const lonely = receipt();
    expect(codesOf(await compared(leg, { bureau: [...base, one, lonely], tax: [...base, one] }))).toEqual(['BUREAU_ONLY']);
    expect(codesOf(await compared(leg, { bureau: [...base, { ...one, amt: 1 }], tax: [...base, one] }))).toEqual(['RECEIPT_TWICE']);
  });
});

describe('tax and treasury: thousands of receipts are one line of a day', () => {
  const leg = shipped('tax-treasury');
  const row = (given: PlainRow): PlainRow => ({ entry_date: '2026-10-10', treasury: '9901010000', budget: '102030101', taxrpt_no: '', taxrpt_row: '1', orig_taxrpt_no: '', orig_taxrpt_row: '', kind: '01', direction: '收', paid: 0, ...given });
  const receipts = Array.from({ length: 3_000 }, (_, index) => row({ taxrpt_no: `R${index}`, paid: 100 + index }));
  const total = receipts.reduce((sum, { paid }) => sum + Number(paid), 0);
  const line = row({ paid: total, taxrpt_no: '' });

  const later = row({ entry_date: '2026-10-08', paid: 500, taxrpt_no: 'L' });
  const refund = row({ entry_date: '2026-10-05', direction: '退', paid: -500, taxrpt_no: 'B' });
  const cases: Record<string, PlainSides> = {
    ENTRY_TWICE: { tax: receipts, treasury: [line, line] },
    IN_TRANSIT: { tax: [...receipts, { ...later, entry_date: '2026-10-09' }], treasury: [line] },
    IN_TRANSIT_OVERDUE: { tax: [...receipts, later], treasury: [line] },
    REFUND_UNDER_WAY: { tax: [...receipts, refund], treasury: [line] },
    REFUND_NOT_RETURNED: { tax: [...receipts, { ...refund, entry_date: '2026-10-01' }], treasury: [line] },
    TREASURY_ONLY: { tax: receipts, treasury: [line, { ...later, taxrpt_no: '' }] },
    AMOUNT_DIFFERS: { tax: receipts.slice(1), treasury: [line] },
  };
  test('all codes of the leg are among them', () => expect(Object.keys(cases).sort()).toEqual(leg.codes.map(({ code }) => code).sort()));
  test.each(Object.entries(cases))('%s', async (code, sides) => {
    const result = await compared(leg, sides);
    expect(codesOf(result)).toEqual([code]);
    expect(result.findings).toEqual(plainFindings(leg, sides, DAY));
  });
  test('receipts of 31 December that enter in January meet the line of January', async () => {
    const december = [row({ taxrpt_no: 'D1', paid: 10, entry_date: '2027-01-04' }), row({ taxrpt_no: 'D2', paid: 20, entry_date: '2027-01-04' })];
    expect(codesOf(await compared(leg, { tax: december, treasury: [row({ paid: 30, entry_date: '2027-01-04' })] }, '2027-01-05'))).toEqual([]);
    expect(codesOf(await compared(leg, { tax: [row({ taxrpt_no: 'D1', paid: 10, entry_date: '2026-12-31' })], treasury: [] }, '2027-01-03'))).toEqual(['IN_TRANSIT']);
  });
});

describe('treasury and fiscal account: one transfer for ten days', () => {
  const leg = shipped('treasury-fiscal');
  const row = (given: PlainRow): PlainRow => ({ voucher_no: 'HB1', treasury: '9901010000', insutype: '310', part: '1', entry_date: '2026-10-10', amount: 0, ...given });
  const entries = Array.from({ length: 10 }, (_, index) => row({ amount: 1_000 + index }));
  const line = row({ amount: entries.reduce((sum, { amount }) => sum + Number(amount), 0) });
  const waiting = row({ voucher_no: '', amount: 70 });
  const cases: Record<string, PlainSides> = {
    ARRIVAL_TWICE: { treasury: entries, fiscal: [line, line] },
    NOT_MOVED_YET: { treasury: [...entries, waiting], fiscal: [line] },
    FISCAL_NOT_ARRIVED: { treasury: [...entries, { ...waiting, entry_date: '2026-09-01' }], fiscal: [line] },
    FISCAL_ONLY: { treasury: entries, fiscal: [line, row({ voucher_no: 'HB2', amount: 5 })] },
    AMOUNT_DIFFERS: { treasury: entries, fiscal: [{ ...line, amount: Number(line['amount']) - 1 }] },
  };
  test('all codes of the leg are among them', () => expect(Object.keys(cases).sort()).toEqual(leg.codes.map(({ code }) => code).sort()));
  test.each(Object.entries(cases))('%s', async (code, sides) => {
    const result = await compared(leg, sides);
    expect(codesOf(result)).toEqual([code]);
    expect(result.findings).toEqual(plainFindings(leg, sides, DAY));
  });
});

/** Three sides, so that what two sides cannot show is shown too: who stands alone, who is missing. */
const THREE = checkDeclaration({
  key: 'three-sides', version: 1, zh: '三方对账', scope: 'day',
  columns: { no: { type: 'text', zh: '号' }, undoes: { type: 'text', zh: '原号' }, kind: { type: 'text', zh: '类' }, state: { type: 'text', zh: '态' }, region: { type: 'text', zh: '区' }, on: { type: 'date', zh: '日' }, fund: { type: 'fen', zh: '基金' }, cash: { type: 'fen', zh: '现金' } },
  sides: [
    { key: 'care', zh: '就医地', rows: 'one', cancelling: { column: 'kind', in: ['R'], own: ['no'], original: ['undoes'] }, voided: { column: 'state', in: ['x'] } },
    { key: 'insured', zh: '参保地', rows: 'one', voided: { column: 'state', in: ['x'] } },
    { key: 'platform', zh: '平台', rows: 'many' },
  ],
  match: ['no'],
  amounts: [{ column: 'fund', tolerance: 1 }, { column: 'cash', tolerance: 0 }],
  attributes: [{ column: 'kind' }, { column: 'on', toleranceDays: 1 }],
  groups: ['no'],
  ages: [1, 3],
  codes: [
    { code: 'CARE_TWICE', zh: '重', kind: 'break', when: { duplicate: 'care' } },
    { code: 'INSURED_TWICE', zh: '重', kind: 'break', when: { duplicate: 'insured' } },
    { code: 'UNDONE_HERE', zh: '单方回退', kind: 'break', when: { absent: ['care'], voided: 'care' } },
    { code: 'CARE_ONLY_NEW', zh: '新', kind: 'expected', when: { present: ['care'], absent: ['insured', 'platform'], within: { column: 'on', days: 2 } } },
    { code: 'CARE_ONLY_MINUS', zh: '负', kind: 'break', when: { present: ['care'], absent: ['insured', 'platform'], sign: 'negative' } },
    { code: 'CARE_ONLY', zh: '仅就医地', kind: 'break', when: { present: ['care'], absent: ['insured', 'platform'] } },
    { code: 'INSURED_ONLY_S', zh: '仅参保地', kind: 'break', when: { present: ['insured'], absent: ['care', 'platform'], where: { column: 'kind', in: ['S'] } } },
    { code: 'INSURED_ONLY', zh: '仅参保地', kind: 'break', when: { present: ['insured'], absent: ['care', 'platform'] } },
    { code: 'PLATFORM_ONLY', zh: '仅平台', kind: 'break', when: { present: ['platform'], absent: ['care', 'insured'] } },
    { code: 'ONE_LACKS', zh: '一方缺', kind: 'break', when: { absent: ['care'] } },
    { code: 'INSURED_LACKS', zh: '参保地缺', kind: 'break', when: { absent: ['insured'] } },
    { code: 'PLATFORM_LACKS', zh: '平台缺', kind: 'break', when: { absent: ['platform'] } },
    { code: 'FUND_DIFFERS', zh: '基金', kind: 'break', when: { amounts: ['fund'] } },
    { code: 'CASH_DIFFERS', zh: '现金', kind: 'break', when: { amounts: ['cash'] } },
    { code: 'KIND_DIFFERS', zh: '类', kind: 'break', when: { attributes: ['kind'] } },
    { code: 'DATE_DIFFERS', zh: '日', kind: 'break', when: { attributes: ['on'] } },
  ],
});
/** The same with a group that is no part of the key and may differ between sides. */
const GROUPED = checkDeclaration({ ...THREE, key: 'grouped', groups: ['region', 'kind'], sides: THREE.sides.map((side) => ({ ...side, rows: 'one' })), codes: [{ code: 'PLATFORM_TWICE', zh: '重', kind: 'break', when: { duplicate: 'platform' } }, ...THREE.codes] });

describe('a second implementation agrees on random data', () => {
  const few = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
  const row: fc.Arbitrary<PlainRow> = fc.record({
    no: few('1', '2', '3', '4', '5', '6', '7', '8', '9', "o'k", '号"码'), undoes: few('', '', '1', '2', '3'), kind: few('S', 'S', 'S', 'R'), state: few('', '', '', 'x'), region: few('A', 'B'),
    on: few('2026-10-09', '2026-10-10', '2026-10-11', '2026-10-12'), fund: few(100, 101, 102, -100), cash: few(5, 5, 6, -5),
  });
  /** Most rows stand alike on all sides, each side has some of its own. */
  const sides = fc.tuple(fc.array(row, { maxLength: 12 }), fc.array(row, { maxLength: 5 }), fc.array(row, { maxLength: 5 }), fc.array(row, { maxLength: 5 })).map(
    ([common, care, insured, platform]): PlainSides => {
      const quoted = (rows: PlainRow[]): PlainRow[] => rows.map((each) => ({ ...each, no: String(each['no']).replaceAll('"', '') }));
      return { care: quoted([...common, ...care]), insured: quoted([...insured, ...common]), platform: quoted([...common, ...platform]) };
    },
  );
  test.each([['a sum of many on the third side', THREE], ['groups that sides see differently', GROUPED]])('%s', async (_, declaration) => {
    await fc.assert(
      fc.asyncProperty(sides, async (given) => {
        const { findings, sums } = await compared(declaration, given);
        expect(findings).toEqual(plainFindings(declaration, given, DAY));
        expect(statementOf(declaration, sums).filter(({ residual }) => residual !== 0)).toEqual([]);
      }),
      { numRuns: 25, seed: SEED },
    );
  }, 60_000);
});

test('the declarations that are shipped are checked when they are loaded', () => {
  expect([...loadDeclarations().keys()]).toEqual(['tax-bureau-tax', 'tax-treasury', 'treasury-fiscal']);
});
