import { createHash } from 'node:crypto';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readRows, resumeByte } from '../../domain/files/read-rows';
import { scanFile } from '../../domain/files/scan-file';
import { shippedFormat } from '../../schemas/files/load-formats';
import type { FileFormat } from '../../schemas/files/format';
import type { AnyRow, PaymentRow, TotalRow } from '../../schemas/tax/fields';
import { planFile } from '../../domain/files/plan-file';
import { headerOf, writeFile } from '../../domain/files/write-file';
import { fileNameOf } from '../../domain/files/file-name';
import { HEAD, inPieces, levyRow, makeFile, paymentRow } from './support';

const fixed = shippedFormat('gbk-fixed-1');
const SEED = Number(process.env['FAST_CHECK_SEED'] ?? Date.now() % 2 ** 31);
const STEP = 602;

const findings = async (bytes: Buffer, name: string, format: FileFormat = fixed): Promise<string[]> =>
  (await scanFile(inPieces(bytes), name, format)).findings.map(({ code }) => code);

describe('a fixed file', () => {
  test('stands byte by byte as agreed', async () => {
    const { bytes, name } = await makeFile(fixed, 'ZJ', [levyRow({ psn_name: '㐂𠮷·甲' }), levyRow({ levy_no: 'ZJ0002', amt: 2 })]);
    expect(name).toBe('ZJ_ZG_990100_19901000000_202611_20261122_000001.txt');
    expect(bytes.length).toBe(4 * STEP);
    const at = (record: number, from: number, to: number): string => iconv.decode(bytes.subarray(record * STEP + from - 1, record * STEP + to), 'gb18030');
    //                record from to   text
    for (const [record, from, to, text] of [
      [0, 1, 7, 'H1.00ZJ'], [0, 33, 38, '202611'], [0, 59, 64, '000001'], [0, 125, 138, '20261122083000'], [0, 139, 148, '0000000002'],
      [0, 149, 166, '+00000000000040002'], [0, 167, 178, '0600GB18030 '], [1, 1, 12, 'D0000000001A'], [1, 438, 452, '+00000000040000'],
      [1, 424, 430, '0800000'], [1, 484, 491, '20261125'], [2, 2, 11, '0000000002'], [3, 1, 11, 'T0000000002'], [3, 30, 39, '0000000002'],
      [3, 58, 67, '0000000000'], [3, 68, 85, '+00000000000000000'],
    ] as const) {
      expect([record, from, at(record, from, to)]).toEqual([record, from, text]);
    }
    // 㐂 and 𠮷 take four bytes each, · and 甲 two.
    expect(bytes.subarray(STEP + 304, STEP + 304 + 13).toString('hex')).toBe('8139ef319534b235a1a4bcd720');
    expect(at(3, 86, 149)).toBe(createHash('sm3').update(bytes.subarray(0, 3 * STEP)).digest('hex'));
    for (let record = 0; record < 4; record += 1) expect(bytes.subarray(record * STEP + 600, (record + 1) * STEP).toString()).toBe('\r\n');
    expect(await findings(bytes, name)).toEqual([]);
    expect(await findings(Buffer.concat([bytes, Buffer.from([0x1a])]), name)).toEqual([]);
  });

  test('gives the same bytes for the same content', async () => {
    const rows = () => [levyRow(), levyRow({ levy_no: 'ZJ0002' })];
    expect((await makeFile(fixed, 'ZJ', rows())).bytes.equals((await makeFile(fixed, 'ZJ', rows())).bytes)).toBe(true);
  });

  test('reads back what was written, in pieces of any size and from any row', async () => {
    const text = (bytes: number) =>
      fc.string({ unit: fc.constantFrom('a', '1', '测', '·', '　', '㐂', '𠮷', '"', ','), maxLength: Math.floor(bytes / 4) }).map((value) => value.trimEnd());
    const fen = fc.integer({ min: -(10 ** 13), max: 10 ** 13 });
    const row = fc.record({ psn_name: text(50), emp_name: text(100), amt: fen, inte: fen, paid: fen, clct_time: fc.constantFrom('', '2024-02-29 23:59:59') });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 1500 }), async (changes, size) => {
        const rows = changes.map((change, index) => paymentRow({ ...change, row_no: index + 1 }));
        const { bytes, name } = await makeFile(fixed, 'HP', structuredClone(rows));
        expect((await scanFile(inPieces(bytes, size), name, fixed)).findings).toEqual([]);
        const first = 1 + (size % rows.length);
        const read: PaymentRow[] = [];
        for await (const batch of readRows(inPieces(bytes.subarray(resumeByte(fixed, 'HP', first)), size), fixed, 'HP', first)) {
          for (const one of batch) if ('row' in one) read.push(one.row);
        }
        expect(read).toEqual(rows.slice(first - 1));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  test('a row that does not fit stays out with its unit; nothing is cut', async () => {
    const unit = levyRow({ payer_kind: '1', row_level: '1', amt: 300, emp_name: '安结试验厂' });
    const person = (amt: number, psn_name: string) => levyRow({ payer_kind: '1', row_level: '2', amt, psn_name });
    const rows = [
      unit, person(100, '测试甲'), person(200, '测试乙'),
      { ...unit, clct_bill_id: 'TZ2' }, { ...person(300, '很'.repeat(26)), clct_bill_id: 'TZ2' },
      { ...unit, clct_bill_id: 'TZ3' }, { ...person(299, '测试丙'), clct_bill_id: 'TZ3' },
      levyRow({ psn_name: '半个\ud842' }), levyRow({ psn_name: '换\n行' }), levyRow({ due_date: '2026-02-30' }), levyRow({ amt: 2 ** 53 }), levyRow({ amt: 7 }),
    ];
    const { plan, bytes, name } = await makeFile(fixed, 'ZJ', rows);
    expect(plan.rejects.map(({ index, code, field }) => [index, code, field])).toEqual([
      [4, 'ROW_TEXT_TOO_LONG', 'psn_name'], [6, 'FILE_SPLIT_DIFFERS', 'amt'], [7, 'ROW_FIELD_INVALID', 'psn_name'],
      [8, 'ROW_FIELD_INVALID', 'psn_name'], [9, 'ROW_FIELD_INVALID', 'due_date'], [10, 'ROW_FIELD_INVALID', 'amt'],
    ]);
    // The unit counts once: 300 of the unit and 7, not the persons.
    expect(plan.totals).toMatchObject({ rows: 4, amt_sum: 307, pos_rows: 2, pos_sum: 307 });
    expect(await findings(bytes, name)).toEqual([]);
  });

  test('a rare character is written, refused or replaced as agreed', async () => {
    const rows = [levyRow({ psn_name: '张㐂' })] as unknown as AnyRow[];
    const rejects = async (format: FileFormat) => (await planFile(format, 'ZJ', rows)).rejects.map(({ code }) => code);
    expect(await rejects(fixed)).toEqual([]);
    expect(await rejects({ ...fixed, rareCharacters: 'reject' })).toEqual(['ROW_RARE_CHARACTER']);
    expect(await rejects({ ...fixed, rareCharacters: 'substitute' })).toEqual(['ROW_RARE_CHARACTER']);
    const agreed: FileFormat = { ...fixed, rareCharacters: 'substitute', substitutes: { 㐂: 'XI' } };
    const { bytes } = await makeFile(agreed, 'ZJ', rows);
    expect(bytes.subarray(STEP + 304, STEP + 309).toString('hex')).toBe('d5c5584920');
  });
});

describe('a file that is refused as a whole', () => {
  let good: Buffer;
  let name: string;
  beforeAll(async () => {
    ({ bytes: good, name } = await makeFile(fixed, 'HP', [1, 2, 3].map((row) => paymentRow({ taxrpt_row: String(row), psn_name: '测试甲' }))));
  });
  const put = (record: number, from: number, text: string | Buffer) => (bytes: Buffer) => {
    Buffer.from(text as string, 'latin1').copy(bytes, record * STEP + from - 1);
    return bytes;
  };
  const without = (record: number) => (bytes: Buffer) => Buffer.concat([bytes.subarray(0, record * STEP), bytes.subarray((record + 1) * STEP)]);
  const text = (change: (text: string) => string) => (bytes: Buffer) => Buffer.from(change(bytes.toString('latin1')), 'latin1');
  const lines = (change: (lines: string[]) => string[]) => text((all) => change(all.split('\r\n')).join('\r\n'));

  test.each<[string, (bytes: Buffer) => Buffer, string[]]>([
    ['nothing at all',                    () => Buffer.alloc(0),                                  ['FILE_HEADER_MISSING']],
    ['header only',                       (bytes) => bytes.subarray(0, STEP),                     ['FILE_TRAILER_MISSING']],
    ['no header',                         without(0),                                             ['FILE_HEADER_MISSING']],
    ['no trailer',                        without(4),                                             ['FILE_TRAILER_MISSING']],
    ['two trailers',                      (bytes) => Buffer.concat([bytes, bytes.subarray(4 * STEP)]), ['FILE_RECORDS_DISORDERED']],
    ['a row after the trailer',           (bytes) => Buffer.concat([bytes, bytes.subarray(STEP, 2 * STEP)]), ['FILE_RECORDS_DISORDERED']],
    ['count in trailer +1',               put(4, 11, '4'),                                        ['FILE_ROWS_DIFFER', 'FILE_ROWS_DIFFER']],
    ['count in trailer -1',               put(4, 11, '2'),                                        ['FILE_ROWS_DIFFER', 'FILE_ROWS_DIFFER']],
    ['sum in trailer +0.01',              put(4, 29, '1'),                                        ['FILE_SUMS_DIFFER', 'FILE_SUMS_DIFFER']],
    ['positive rows differ',              put(4, 39, '2'),                                        ['FILE_ROWS_DIFFER']],
    ['negative sum differs',              put(4, 85, '1'),                                        ['FILE_SUMS_DIFFER']],
    ['sum in header differs',             put(0, 166, '1'),                                       ['FILE_SUMS_DIFFER', 'FILE_DIGEST_DIFFERS']],
    ['header of another month',           put(0, 33, '202610'),                                   ['FILE_NAME_DIFFERS', 'FILE_DIGEST_DIFFERS']],
    ['another version',                   put(0, 2, '9.00'),                                      ['FILE_VERSION_UNKNOWN', 'FILE_DIGEST_DIFFERS']],
    ['a byte changed on the way',         put(2, 600, 'x'),                                       ['FILE_DIGEST_DIFFERS']],
    ['digest in upper case',              put(4, 86, 'A'.repeat(64)),                             ['FILE_DIGEST_DIFFERS']],
    ['sequence gap',                      put(2, 11, '3'),                                        ['FILE_ROW_NO_GAP', 'FILE_DIGEST_DIFFERS']],
    ['amount without its sign',           put(1, 478, '0'),                                       ['FILE_FIELD_INVALID', 'FILE_ROWS_DIFFER', 'FILE_DIGEST_DIFFERS']],
    ['sign flipped',                      put(1, 478, '-'),                                       ['FILE_ROWS_DIFFER', 'FILE_DIGEST_DIFFERS']],
    ['half a character at a field edge',  put(1, 384, Buffer.from([0xb2]).toString('latin1')),    ['FILE_TEXT_BROKEN', 'FILE_ROWS_DIFFER', 'FILE_DIGEST_DIFFERS']],
    ['the byte 0x80',                     put(1, 341, '\x80'),                                    ['FILE_TEXT_BROKEN', 'FILE_ROWS_DIFFER', 'FILE_DIGEST_DIFFERS']],
    ['padded with NUL',                   put(1, 194, '\0\0'),                                    ['FILE_TEXT_BROKEN', 'FILE_ROWS_DIFFER', 'FILE_DIGEST_DIFFERS']],
    ['a tab inside text',                 put(1, 194, '\t'),                                      ['FILE_TEXT_BROKEN', 'FILE_ROWS_DIFFER', 'FILE_DIGEST_DIFFERS']],
    ['unknown record',                    put(2, 1, 'X'),                                         ['FILE_RECORDS_DISORDERED']],
    ['second header',                     put(2, 1, 'H'),                                         ['FILE_RECORDS_DISORDERED']],
    ['LF instead of CRLF',                text((all) => all.replaceAll('\r\n', '\n')),            ['FILE_RECORD_LENGTH']],
    ['mixed line ends',                   text((all) => all.replace(/\r\n(?=T)/, '\n')),          ['FILE_RECORD_LENGTH']],
    ['no final line end',                 text((all) => all.slice(0, -2)),                        ['FILE_RECORD_LENGTH']],
    ['trailing spaces cut',               lines((all) => all.map((line) => line.trimEnd())),      ['FILE_RECORD_LENGTH']],
    ['a line too long',                   lines((all) => all.map((line, at) => (at === 2 ? `${line} ` : line))), ['FILE_RECORD_LENGTH']],
    ['fixed width counted in characters', (bytes) => iconv.encode(iconv.decode(bytes, 'gb18030').split('\r\n').map((line) => line.padEnd(600)).join('\r\n'), 'gb18030'), ['FILE_RECORD_LENGTH']],
    ['field shifted by one',              lines((all) => all.map((line, at) => (at === 1 ? `${line.slice(0, 11)} ${line.slice(11, 599)}` : line))), ['FILE_FIELD_INVALID', 'FILE_ROWS_DIFFER', 'FILE_DIGEST_DIFFERS']],
    ['tabs instead of fixed width',       lines((all) => all.map((line) => line.replace(/ +/g, '\t'))), ['FILE_RECORD_LENGTH']],
    ['UTF-8 with BOM',                    (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]), ['FILE_CHARSET_WRONG']],
    ['UTF-16LE',                          (bytes) => Buffer.from(`\ufeff${bytes.toString('latin1')}`, 'utf16le'), ['FILE_CHARSET_WRONG']],
    ['UTF-8 names',                       (bytes) => Buffer.from(iconv.decode(bytes, 'gb18030'), 'utf8'), ['FILE_RECORD_LENGTH']],
    ['a zip, with or without password',   () => Buffer.from('504b0304140001000800', 'hex'),       ['FILE_FORM_WRONG']],
    ['an old workbook',                   () => Buffer.from('d0cf11e0a1b11ae1', 'hex'),           ['FILE_FORM_WRONG']],
    ['csv with ; separator',              () => Buffer.from('H;1.00;HP\r\nD;1\r\nT;1\r\n'),       ['FILE_RECORD_LENGTH']],
  ])('%s', async (_, change, expected) => {
    expect(await findings(change(Buffer.from(good)), name)).toEqual(expected);
  });

  test('its name is not one of ours', async () => {
    expect(await findings(good, 'HP_ZG.txt')).toEqual(['FILE_NAME_INVALID']);
    expect(await findings(good, name.replace('000001.txt', '000002.txt'))).toEqual(['FILE_NAME_DIFFERS']);
  });

  test('its bytes have a digest all the same, equal for a renamed copy', async () => {
    const broken = good.subarray(0, 2000);
    const report = await scanFile(inPieces(broken, 77), name, fixed);
    expect(report.sm3).toBe(createHash('sm3').update(broken).digest('hex'));
    expect((await scanFile(inPieces(good), 'copy.txt', fixed)).sm3).toBe((await scanFile(inPieces(good, 13), name, fixed)).sm3);
  });
});

describe('a file of totals (对账)', () => {
  const total = (paid: number, row_no: number): TotalRow => ({
    rec: 'S', row_no, day: '2026-11-20', line: 'ZG', insutype: '310', taxdept_code: '19901000000', treasury: '9901000000', rows: 1, amt: paid, inte: 0, latefee: 0, paid,
  });
  const made = async (totals: TotalRow[], rows: PaymentRow[]) => {
    const plan = await planFile(fixed, 'DZ', rows as unknown as AnyRow[]);
    const header = headerOf(HEAD, plan, fixed, totals);
    const parts: Buffer[] = [];
    for await (const chunk of writeFile(fixed, header, plan, rows as unknown as AnyRow[], totals).chunks) parts.push(chunk);
    return scanFile(inPieces(Buffer.concat(parts)), fileNameOf(header, fixed), fixed);
  };
  test('stands alone, or before details that sum to the same', async () => {
    expect(await made([total(30, 1), total(12, 2)], [])).toMatchObject({ findings: [], totals: { rows: 0, amt_sum: 42 } });
    const details = [paymentRow({ amt: 30, paid: 30 }), paymentRow({ amt: 12, paid: 12, taxrpt_row: '2' })];
    expect(await made([total(42, 1)], details)).toMatchObject({ findings: [], totals: { rows: 2, amt_sum: 42 } });
    expect((await made([total(41, 1)], details)).findings.map(({ code }) => code)).toEqual(['FILE_SUMS_DIFFER']);
  });
});

test('rows that are no longer those of the plan stop the file', async () => {
  const rows = [levyRow(), levyRow({ amt: 2 })] as unknown as AnyRow[];
  const plan = await planFile(fixed, 'ZJ', rows);
  const written = writeFile(fixed, headerOf(HEAD, plan, fixed), plan, [rows[0] as AnyRow]);
  expect(() => written.trailer()).toThrow('not written yet');
  await expect((async () => { for await (const chunk of written.chunks) void chunk; })()).rejects.toMatchObject({ code: 'FILE_ROWS_DIFFER' });
});
