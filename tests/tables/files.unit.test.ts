import { Writable } from 'node:stream';
import { csvReply } from '../../api/tables/csv';
import type { Reply } from '../../api/route';
import type { Table, TableCell } from '../../api/tables/table';
import { xlsxReply } from '../../api/tables/xlsx';
import { readXlsx, timeOfSerial } from '../support/xlsx';

/** Tables as files, read back as a spreadsheet program reads them. */
const HEAD = {
  title: '异地就医结算情况统计：[测试]', period: '2026-10', division: '示例省', at: Date.UTC(2026, 10, 23, 2, 30), by: '=cmd|示例', nameOf: (code: string) => (code === '990100' ? '示例一市' : code),
};
const COLUMNS: Table['columns'] = [
  { name: 'day', zh: '日期', type: 'date' }, { name: 'city', zh: '市（州）', type: 'division' }, { name: 'insutype', zh: '险种', type: 'insutype' }, { name: 'text', zh: '说明', type: 'text' },
  { name: 'n', zh: '人次', type: 'count' }, { name: 'fen', zh: '金额', type: 'fen' },
];
const ROWS: TableCell[][] = [
  ['2026-10-31', '990100', '310', '=1+1', 1_204, 123_456_789],
  ['2024-02-29', '990999', '390', '+86', 0, -1],
  ['2026-01-01', '990100', '310', '-2', 1, 10],
  ['2026-01-01', '990100', '310', '@SUM(A1)', 1, 1_000_000_000_000_01],
  ['2026-01-01', '990100', '310', '<a href="x">&</a>\u0000\u202e', 1, 0],
  ['2026-01-01', '990100', '310', '', null, null],
];

async function bytesOf(reply: Reply): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = new Writable({ write: (chunk: Buffer, _encoding, done) => (chunks.push(Buffer.from(chunk)), done()) });
  await reply.stream?.write(sink as never);
  return Buffer.concat(chunks);
}

test('a workbook says what it is of; amounts are numbers of yuan, days dates, and nothing is a formula', async () => {
  const reply = await xlsxReply('x', HEAD, { columns: COLUMNS, rows: ROWS });
  expect([reply.headers, reply.stream?.mediaType]).toEqual([{ 'Content-Disposition': 'attachment; filename="x.xlsx"' }, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']);
  const { name, frozen, rows } = readXlsx(await bytesOf(reply));
  expect([name, frozen]).toEqual(['异地就医结算情况统计 测试', 4]);
  expect(rows).toHaveLength(4 + ROWS.length);
  const values = (row: number) => Object.values(rows[row] ?? {}).map(({ value }) => value);
  expect([values(0), values(1)]).toEqual([[HEAD.title], ['统计期', '2026-10', '辖区', '示例省']]);
  expect([rows[2]?.['A']?.value, timeOfSerial(Number(rows[2]?.['B']?.value)), rows[2]?.['B']?.format, rows[2]?.['D']?.value]).toEqual(['制表时间', '2026-11-23 10:30', 'yyyy-mm-dd hh:mm', '=cmd|示例']);
  expect(values(3)).toEqual(['日期', '市（州）', '险种', '说明', '人次', '金额（元）']);
  const first = rows[4];
  expect([timeOfSerial(Number(first?.['A']?.value)), first?.['A']?.format]).toEqual(['2026-10-31 00:00', 'yyyy-mm-dd']);
  expect([first?.['B']?.value, String(first?.['C']?.value), first?.['D']?.value]).toEqual(['示例一市（990100）', expect.stringContaining('职工'), '=1+1']);
  expect([first?.['E'], first?.['F']]).toEqual([{ value: 1_204, format: '#,##0', formula: false }, { value: 1_234_567.89, format: '#,##0.00', formula: false }]);
  expect(rows.slice(4).map((row) => row['F']?.value)).toEqual([1_234_567.89, -0.01, 0.1, 1_000_000_000_000.01, 0, undefined]);
  expect(rows.slice(4).map((row) => row['D']?.value)).toEqual(['=1+1', '+86', '-2', '@SUM(A1)', '<a href="x">&</a>□□', undefined]);
  expect(rows[5]?.['B']?.value).toBe('990999');
  expect(rows.flatMap((row) => Object.values(row)).filter(({ formula }) => formula)).toEqual([]);
});

test('a workbook of more than it takes is refused before it is made', async () => {
  let read = 0;
  function* endless(): Generator<TableCell[]> {
    for (;;) {
      read += 1;
      yield ROWS[0] ?? [];
    }
  }
  await expect(xlsxReply('x', HEAD, { columns: COLUMNS, rows: endless() })).rejects.toMatchObject({ code: 'EXPORT_TOO_LARGE' });
  expect(read).toBe(20_001);
});

test('CSV: amounts in yuan, codes as they are, text that a program would run is quoted', async () => {
  const text = (await bytesOf(csvReply('x', { columns: COLUMNS, rows: ROWS }))).toString('utf8');
  expect(text.split('\r\n').slice(0, 4)).toEqual([
    '\ufeff日期,市（州）,险种,说明,人次,金额（元）', "2026-10-31,990100,310,'=1+1,1204,1234567.89", "2024-02-29,990999,390,'+86,0,-0.01", "2026-01-01,990100,310,'-2,1,0.10",
  ]);
  expect(text).toContain(`"<a href=""x"">&</a>`);
});
