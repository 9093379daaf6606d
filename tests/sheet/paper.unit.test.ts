import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sheetPage } from '../../api/sheet/page';
import { sheetPdf } from '../../api/sheet/pdf';
import { formatYuanGrouped as yuan } from '../../domain/money';
import { buildSheet } from '../../domain/sheet/build';
import type { SheetInput } from '../../domain/sheet/input';
import type { SheetModel } from '../../domain/sheet/model';
import { linesOf, sheetInput } from './fixture';
import { readPdf } from './pdf-text';

const LARGEST_SHEET = 300_000;
const HAS_POPPLER = spawnSync('pdftotext', ['-v']).status === 0;

/** Everything that a sheet must show: amounts, words, names, steps. */
function shownBy(model: SheetModel): string[] {
  const money = [
    ...[...model.fees.rows, model.fees.total].flatMap((row) => [row.amount, row.fulamt, row.overlmt, row.preselfpay, row.inscp].filter((amount) => amount !== 0)),
    ...model.funds.rows.map(({ amount }) => amount),
    ...[...model.burden, ...model.payment].map(({ amount }) => amount),
  ];
  return [
    ...money.map(yuan),
    ...model.words.map(({ words }) => words),
    ...model.heads.map(({ value }) => value),
    ...model.funds.rows.flatMap(({ name }) => [name]),
    ...[...model.burden, ...model.payment].map(({ how }) => how),
    model.institution,
    model.foot.by,
  ];
}

/** Long cells are drawn in several runs, so blanks between them do not count. */
const squeeze = (text: string): string => text.replaceAll(/\s/g, '');

describe.each(['A', 'C', 'D'])('the PDF of patient %s', (id) => {
  const model = buildSheet(sheetInput(id));
  let pdf: Buffer;
  beforeAll(async () => {
    pdf = await sheetPdf(model);
  });

  test('shows every amount, all words and names', () => {
    const text = squeeze(readPdf(pdf).runs.join(''));
    for (const shown of shownBy(model)) expect(text).toContain(squeeze(shown));
  });

  test('is one page of less than 300 KB with both fonts embedded as subsets', () => {
    const { fonts, pages } = readPdf(pdf);
    expect(pages).toBe(1);
    expect(pdf.length).toBeLessThan(LARGEST_SHEET);
    expect(fonts.map(({ name }) => name.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual(['NotoSansSC-Bold', 'NotoSansSC-Regular']);
    expect(fonts.every(({ name, embedded }) => /^[A-Z]{6}\+/.test(name) && embedded)).toBe(true);
  });

  (HAS_POPPLER ? test : test.skip)('poppler reads the same text and fonts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sheet-'));
    try {
      const file = join(folder, 'sheet.pdf');
      writeFileSync(file, pdf);
      const text = squeeze(spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout);
      for (const { amount, words } of model.words) {
        expect(text).toContain(yuan(amount));
        expect(text).toContain(words);
      }
      const fonts = spawnSync('pdffonts', [file], { encoding: 'utf8' }).stdout.split('\n').slice(2).filter((line) => line !== '');
      expect(fonts).toHaveLength(2);
      for (const font of fonts) expect(font).toMatch(/NotoSansSC-\w+ .* yes yes yes /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('marks on paper', () => {
  const cancelled = (): SheetModel => {
    const input = sheetInput('A', { printed: { at: Date.now(), by: '收费员', no: 3 } });
    const settlement: SheetInput['settlement'] = { ...input.settlement, status: 'cancelled', cancelled: { at: Date.now(), setlId: 'R1' } };
    return buildSheet({ ...input, settlement, lines: linesOf('D') });
  };

  test('作废 stands on every page of the PDF and on the page, 补打 beside the title', async () => {
    const model = cancelled();
    const { runs, pages } = readPdf(await sheetPdf(model));
    expect(pages).toBeGreaterThan(3);
    expect(runs.filter((run) => run === '作废')).toHaveLength(pages);
    expect(squeeze(runs.join(''))).toContain('【补打（第3次打印）】');
    const page = sheetPage(model);
    expect(page).toContain('<p class="stamp" aria-hidden="true">作废</p>');
    expect(page).toContain('<span class="mark">补打（第 3 次打印）</span>');
  });

  test('a live settlement carries no stamp', async () => {
    const model = buildSheet(sheetInput('A'));
    expect(readPdf(await sheetPdf(model)).runs.join('')).not.toContain('作废');
    expect(sheetPage(model)).not.toContain('class="stamp');
  });

  test('the fee lines come behind the sheet, every one of them', async () => {
    const model = buildSheet(sheetInput('D', { lines: linesOf('D') }));
    const { runs, pages } = readPdf(await sheetPdf(model));
    expect(pages).toBeGreaterThan(3);
    expect(runs.join('')).toContain('共 415 行');
    expect(runs.filter((run) => run === '附：费用明细（元），共 415 行')).toHaveLength(1);
    expect(sheetPage(model).match(/<td class="date">/g)).toHaveLength(415);
  });
});

describe('text of others', () => {
  const input = sheetInput('A');
  const hostile = buildSheet({
    ...input,
    stay: { ...input.stay, patientName: '<script>alert(1)</script>\u202e𠮷=cmd|calc', department: '"><img src=x onerror=1>' },
    funds: input.funds.map((fund) => ({ ...fund, fund_pay_type_name: '基本统筹</td><b>' })),
    lines: linesOf('A').map((line) => ({ ...line, name: `'"&<i>${line.name}` })),
  });

  test('is escaped on the page and turns no writing direction', () => {
    const page = sheetPage(hostile);
    expect(page).not.toMatch(/<script|<img|<i>[^<]|<\/td><b>|\u202e/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;□𠮷=cmd|calc');
    expect(page).toContain('&#39;&quot;&amp;&lt;i&gt;普通床位费');
    expect(page).not.toMatch(/https?:\/\/|url\(|@import/);
  });

  test('a character that the font lacks is printed as its code', async () => {
    const text = squeeze(readPdf(await sheetPdf(hostile)).runs.join(''));
    expect(text).toContain('<script>alert(1)</script>□〔U+20BB7〕=cmd|calc');
    expect(text).not.toContain('\u0000');
  });
});
