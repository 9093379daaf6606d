import { documentPage } from '../../api/documents/page';
import { documentPdf } from '../../api/documents/pdf';
import { qrPath, qrSquares } from '../../domain/qr';
import { buildDocument } from '../../domain/documents/build';
import type { FrozenDocument } from '../../domain/documents/data';
import { DOCUMENT_KIND_KEYS, type DocumentKind } from '../../domain/documents/kinds';
import type { DocumentModel } from '../../domain/documents/model';
import { formatYuanGrouped } from '../../domain/money';
import { readPdf } from '../sheet/pdf-text';
import { ALL, AT, clearingPayable, HASH, ISSUED, NUMBER } from './fixture';

const LARGEST = 200_000;

function modelOf(kind: DocumentKind, no: number | null = 1): DocumentModel {
  return buildDocument({ kind, data: ALL[kind] } as unknown as FrozenDocument, ISSUED, { at: AT, by: '示例打印', no });
}

/** Everything that a document must show. */
function shownBy(model: DocumentModel): string[] {
  return [
    model.office, model.title, NUMBER, HASH, ...model.heads.flatMap(({ label, value }) => [label, value]),
    ...model.sections.flatMap(({ columns, rows }) => [...columns.map(({ zh }) => zh), ...rows.flatMap(({ cells }) => cells)]),
    ...(model.total ? [model.total.words, formatYuanGrouped(model.total.amount)] : []),
    ...model.notes, ...model.signatures.flatMap(({ label, name, at }) => [label, name ?? '', at ?? '']), ...model.seals, ...model.copies,
    model.foot.printedAt, model.foot.printedBy, model.foot.print,
  ];
}

/** Long cells are drawn in several runs, so blanks between them do not count. */
const squeeze = (text: string): string => text.replaceAll(/\s/g, '');

test.each(DOCUMENT_KIND_KEYS)('%s: PDF and page show all that the model says', async (kind) => {
  const model = modelOf(kind);
  const pdf = await documentPdf(model);
  const { runs, fonts, pages } = readPdf(pdf);
  const drawn = squeeze(runs.join(''));
  const page = squeeze(documentPage(model));
  for (const text of shownBy(model)) {
    expect(drawn).toContain(squeeze(text));
    expect(page).toContain(squeeze(text));
  }
  expect(fonts.length).toBeGreaterThan(0);
  expect(fonts.every(({ embedded, name }) => embedded && name.includes('NotoSansSC'))).toBe(true);
  expect(pages).toBe(Math.max(model.copies.length, 1));
  expect(drawn.match(/第1页共1页/g)).toHaveLength(pages);
  expect(pdf.length).toBeLessThan(LARGEST);
});

test('a long table has its header on each page, and the pages are numbered', async () => {
  const [row] = clearingPayable.rows;
  const rows = Array.from({ length: 120 }, (_, index) => ({ ...row!, peer: { code: String(990_200 + index), name: `示例${index}市` } }));
  const model = buildDocument({ kind: 'clearingPayable', data: { ...clearingPayable, rows } }, ISSUED, { at: AT, by: '示例打印', no: 1 });
  const { runs, pages } = readPdf(await documentPdf(model));
  const drawn = squeeze(runs.join(''));
  expect(pages).toBeGreaterThan(3);
  expect(drawn.split('人次（全部基金）').length - 1).toBeGreaterThanOrEqual(pages - 1);
  for (let page = 1; page <= pages; page += 1) expect(drawn).toContain(`第${page}页共${pages}页`);
});

test.each([
  [2, '补打'],
  [null, '预览'],
] as const)('print %s has %s across every page', async (no, stamp) => {
  const model = modelOf('prepayVoucher', no);
  const { runs, pages } = readPdf(await documentPdf(model));
  expect(runs.filter((run) => run === stamp)).toHaveLength(pages);
  expect(documentPage(model)).toContain(`<p class="stamp" aria-hidden="true">${stamp}</p>`);
});

test('text of others does not become HTML', () => {
  const data = { ...ALL.approvalSheet, title: '<script>alert(1)</script> x' };
  const page = documentPage(buildDocument({ kind: 'approvalSheet', data }, ISSUED, { at: AT, by: '<b>', no: 1 }));
  expect(page).not.toContain('<script>');
  expect(page).not.toContain('<b></span>');
});

test('the QR code has its three finders, and another text is another code', () => {
  const squares = qrSquares(ISSUED.qr);
  const size = squares.length;
  const finder = (top: number, left: number): string => Array.from({ length: 7 }, (_, y) => squares[top + y]?.slice(left, left + 7).map((dark) => (dark ? '#' : '.')).join('')).join('/');
  const expected = '#######/#.....#/#.###.#/#.###.#/#.###.#/#.....#/#######';
  expect([finder(0, 0), finder(0, size - 7), finder(size - 7, 0)]).toEqual([expected, expected, expected]);
  expect(qrPath(qrSquares(`${ISSUED.qr}0`))).not.toBe(qrPath(squares));
});
