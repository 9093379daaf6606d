import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DBFFile } from 'dbffile';
import iconv from 'iconv-lite';
import { trailerOf } from '../../domain/files/control';
import { parseReady, readyText, type ReadyFile } from '../../domain/files/ready-file';
import { readRows, resumeByte } from '../../domain/files/read-rows';
import { scanFile } from '../../domain/files/scan-file';
import type { FileFormat } from '../../schemas/files/format';
import { loadFormats, shippedFormat } from '../../schemas/files/load-formats';
import type { PaymentRow } from '../../schemas/tax/fields';
import { inPieces, makeFile, paymentRow, type MadeFile } from './support';

const csv = shippedFormat('csv-1');
const dbf = shippedFormat('dbf-1');
const site = loadFormats([
  {
    id: 'site', extends: 'csv-1', delimiter: '|', charset: 'UTF-8', lineEnd: 'LF', columnNames: false, control: 'beside', values: { payer_kind: { '1': 'DW', '2': 'LH', '3': 'JM' } },
    order: { payment: ['paid', 'amt', 'inte', 'latefee', 'row_no', 'kind', 'taxrpt_no', 'taxrpt_row', 'insutype', 'part', 'accrym_begn', 'accrym_end', 'payer_kind', 'psn_name'] },
  },
]).get('site') as FileFormat;

const ROWS = [
  paymentRow({ row_no: 1, psn_name: '测试㐂𠮷', emp_name: '有,"引号"的厂', amt: 12_345, latefee: 5, paid: 12_350, clct_time: '2026-11-10 23:59:59' }),
  paymentRow({ row_no: 2, kind: '03', taxrpt_row: '2', amt: -1, paid: -1, intsury_date: '2026-11-12' }),
  paymentRow({ row_no: 3, taxrpt_row: '3', amt: 9_999_999_999_999, paid: 9_999_999_999_999 }),
];

/** The `.ok` that a made file has. */
async function readyOf({ bytes, header, plan, name }: MadeFile, format: FileFormat): Promise<ReadyFile> {
  const { sm3 } = await scanFile(inPieces(bytes), name, format, null);
  const beside = format.control === 'beside' ? { header, trailer: trailerOf(plan.totals, sm3) } : {};
  return parseReady(readyText({ bytes: bytes.length, rows: plan.totals.rows, amount: plan.totals.amt_sum, sm3, ...beside }, format), format) as ReadyFile;
}

describe.each<[string, FileFormat]>([['csv', csv], ['dbf', dbf], ['a province of its own', site]])('%s', (_, format) => {
  let made: MadeFile;
  let ready: ReadyFile;
  beforeAll(async () => {
    made = await makeFile(format, 'HP', structuredClone(ROWS));
    ready = await readyOf(made, format);
  });
  const scan = async (bytes: Buffer, size = 65_536) => (await scanFile(inPieces(bytes, size), made.name, format, ready)).findings.map(({ code }) => code);

  test('is whole, and reads back in pieces of any size', async () => {
    expect(made.plan.rejects).toEqual([]);
    for (const size of [7, 100, 65_536]) {
      expect(await scan(made.bytes, size)).toEqual([]);
      const read: PaymentRow[] = [];
      for await (const batch of readRows(inPieces(made.bytes, size), format, 'HP')) for (const one of batch) if ('row' in one) read.push(one.row);
      const kept = format.order.payment;
      expect(read).toEqual(kept ? ROWS.map((row) => expect.objectContaining(Object.fromEntries(kept.map((name) => [name, row[name as keyof PaymentRow]])))) : ROWS);
    }
  });

  test('goes on at any row', async () => {
    const read: PaymentRow[] = [];
    for await (const batch of readRows(inPieces(made.bytes.subarray(resumeByte(format, 'HP', 3)), 50), format, 'HP', 3)) {
      for (const one of batch) if ('row' in one) read.push(one.row);
    }
    expect(read.map(({ row_no }) => row_no)).toEqual([3]);
  });

  test('is the same for the same content, and known when it was changed', async () => {
    expect((await makeFile(format, 'HP', structuredClone(ROWS))).bytes.equals(made.bytes)).toBe(true);
    const changed = Buffer.from(made.bytes);
    changed[changed.lastIndexOf('SP0001')] = 0x54;
    expect(await scan(changed)).toEqual(['FILE_DIGEST_DIFFERS']);
    expect((await scan(made.bytes.subarray(0, -9))).length).toBeGreaterThan(0);
  });
});

describe('csv', () => {
  let text: string;
  let name: string;
  beforeAll(async () => {
    const made = await makeFile(csv, 'HP', structuredClone(ROWS));
    text = iconv.decode(made.bytes, 'gb18030');
    ({ name } = made);
  });
  test('is what people read', () => {
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^H,1\.00,HP,ZG,990100,/);
    expect(lines[1]).toMatch(/^rec,row_no,kind,levy_no,/);
    expect(lines[2]).toContain('"有,""引号""的厂"');
    expect(lines[2]).toContain(',123.45,0.00,0.05,123.50,20261110235959,');
    expect(lines[5]).toMatch(/^T,3,100000000123\.48,2,100000000123\.49,1,-0\.01,/);
  });
  test.each<[string, (text: string) => string, string]>([
    ['missing column',      (all) => all.replace(',123.45', ''),              'FILE_RECORD_LENGTH'],
    ['a delimiter not quoted', (all) => all.replace('"有,""引号""的厂"', '有,厂'), 'FILE_RECORD_LENGTH'],
    ['an open quote',       (all) => all.replace('测试㐂𠮷', '"测试'),          'FILE_FORM_WRONG'],
    ['; as separator',      (all) => all.replaceAll(',', ';'),                'FILE_FORM_WRONG'],
    ['other column names',  (all) => all.replace('rec,row_no', 'rec,no'),     'FILE_FORM_WRONG'],
    ['three decimals',      (all) => all.replace('123.50', '123.500'),        'FILE_FIELD_INVALID'],
    ['no trailer',          (all) => all.slice(0, all.indexOf('\r\nT,') + 2), 'FILE_TRAILER_MISSING'],
  ])('%s', async (_, change, code) => {
    const { findings } = await scanFile(inPieces(iconv.encode(change(text), 'gb18030')), name, csv);
    expect(findings[0]?.code).toBe(code);
  });
  test('UTF-8 where GB18030 is agreed', async () => {
    const { findings } = await scanFile(inPieces(Buffer.from(text.replace('引号', '引号中'), 'utf8')), name, csv);
    expect(findings.length).toBeGreaterThan(0);
  });
});

describe('dbf', () => {
  test('is read by another program', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anjie-dbf-'));
    try {
      const made = await makeFile(dbf, 'HP', structuredClone(ROWS));
      await writeFile(join(folder, 'hp.dbf'), made.bytes);
      const table = await DBFFile.open(join(folder, 'hp.dbf'), { encoding: 'gb18030' });
      expect(table.recordCount).toBe(3);
      const [first] = await table.readRecords(1);
      expect(first).toMatchObject({ ROW_NO: 1, PSN_NAME: '测试㐂𠮷', AMT: 123.45, LATEFEE: 0.05, CLCT_TIME: '20261110235959', TAXDEPTCOD: '19901000000' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  test.each<[string, (bytes: Buffer) => void, string]>([
    ['wrong field length',   (bytes) => void (bytes[32 + 16] = 9),   'FILE_FORM_WRONG'],
    ['another column name',  (bytes) => void bytes.write('X', 32),   'FILE_FORM_WRONG'],
    ['another kind of file', (bytes) => void (bytes[0] = 0x30),      'FILE_FORM_WRONG'],
    ['one record more told', (bytes) => void bytes.writeUInt32LE(4, 4), 'FILE_ROWS_DIFFER'],
    ['a deleted record',     (bytes) => void (bytes[bytes.readUInt16LE(8)] = 0x2a), 'FILE_RECORDS_DISORDERED'],
  ])('%s', async (_, change, code) => {
    const made = await makeFile(dbf, 'HP', structuredClone(ROWS));
    const ready = await readyOf(made, dbf);
    change(made.bytes);
    expect((await scanFile(inPieces(made.bytes), made.name, dbf, ready)).findings[0]?.code).toBe(code);
  });
});
