import type { Client } from '@temporalio/client';
import iconv from 'iconv-lite';
import { EXAMPLE_FEE_CSV, EXAMPLE_FEE_LINE } from '../../api/examples';
import { FeeLine, FeeUpload } from '../../store/entities';
import { ask, type Ask, clientOf, describeOnSqlite, type Ground, insertAdmission, type Instance, openGround, startInstance, startTemporal, type TemporalForTests, INSTITUTION } from './harness';

let ground: Ground;
let temporal: TemporalForTests;
let client: Client;
let api: Instance;

beforeAll(async () => {
  ground = await openGround();
  temporal = await startTemporal(ground);
  client = clientOf(ground, temporal);
  api = await startInstance(ground, client);
}, 120_000);

afterAll(async () => {
  await api?.stop();
  await temporal?.stop();
  await ground?.close();
}, 60_000);

/** A stay with a running process. */
async function open(iptNo: string): Promise<void> {
  const opened = { institution: INSTITUTION, iptNo, round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00' };
  await insertAdmission(ground.store, opened);
  await client.workflow.start('admission', { workflowId: `admission/${INSTITUTION}/${iptNo}`, taskQueue: 'admission', args: [{ opened }] });
}

let keys = 0;
const upload = (iptNo: string, options: Ask) => {
  keys += 1;
  return ask(api, `POST /v1/admissions/${iptNo}/fees`, { token: ground.clerk, key: `fee-${keys}`, ...options });
};

const linesOf = (iptNo: string): Promise<FeeLine[]> =>
  ground.store.read((manager) => manager.find(FeeLine, { where: { admissionId: `${INSTITUTION}/${iptNo}/1` }, order: { id: 'ASC' } }));

const HEADER = EXAMPLE_FEE_CSV.split('\n')[0] ?? '';
const row = (serial: string, cnt: string, price: string, amount: string, name = '一级护理') =>
  `${serial},2026-11-02 16:05:00,001201000029901,XM00004,${name},${cnt},${price},${amount},0304,血管外科,D990100000011,示例医师甲`;
const csv = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

describeOnSqlite('CSV', () => {
  test.each([
    ['UTF-8', (text: string) => Buffer.from(text, 'utf8'), 'text/csv'],
    ['UTF-8 with BOM and CRLF', (text: string) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf8'), 'text/csv; charset=utf-8'],
    ['GB18030 with a four-byte character', (text: string) => iconv.encode(text, 'gb18030'), 'text/csv; charset=gb18030'],
    ['GBK', (text: string) => iconv.encode(text.replace('𠮷', '吉'), 'gbk'), 'text/csv; charset=GBK'],
  ])('%s is read the same', async (name, encode, type) => {
    const iptNo = `CSV${name.replace(/\W/g, '').slice(0, 12)}`;
    await open(iptNo);
    const answer = await upload(iptNo, { raw: encode(csv(row('A02', '10', '32.00', '320.00', '𠮷护理'), row('A06', '42', '38.765', '1628.13'))), type });
    expect([answer.status, answer.body.result?.['payload']]).toEqual([200, { uploadId: expect.any(String), lineCount: 2 }]);
    const lines = await linesOf(iptNo);
    expect(lines.map((line) => [line.feedetl_sn, line.seq, line.det_item_fee_sumamt, line.cnt, line.pric])).toEqual([
      ['A02', 0, 32_000, '10', '32.00'],
      ['A06', 1, 162_813, '42', '38.765'],
    ]);
    expect(lines[0]?.medins_list_name).toBe(name === 'GBK' ? '吉护理' : '𠮷护理');
    expect(lines[0]?.detail).toEqual({ bilg_dept_codg: '0304', bilg_dept_name: '血管外科', bilg_dr_codg: 'D990100000011', bilg_dr_name: '示例医师甲' });
  });

  test('columns in any order, quoted cells', async () => {
    await open('CSVORDER');
    const columns = HEADER.split(',').reverse();
    const cells = row('A02', '10', '32.00', '320.00', '"护理, ""一级"""').match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '')).slice(0, 12) ?? [];
    const answer = await upload('CSVORDER', { raw: `${columns.join(',')}\n${cells.reverse().join(',')}\n`, type: 'text/csv' });
    expect([answer.status, answer.body.rows]).toEqual([200, undefined]);
    expect((await linesOf('CSVORDER'))[0]?.medins_list_name).toBe('护理, "一级"');
  });

  test('each bad row by its line number and code; nothing is stored', async () => {
    await open('CSVBAD');
    const answer = await upload('CSVBAD', {
      raw: csv(
        row('B01', '10', '32.00', '320.00'),
        row('B02', '10', '32.00', '320.01'),
        row('B03', 'x', '32.00', '320.00'),
        row('B04', '10', '32.00', '320.005'),
        `${row('B05', '10', '32.00', '320.00')},zu viel`,
        row('B06', '10', '32.00', '1E2'),
        row('', '10', '32.00', '320.00'),
        row('B08', '-1', '32.00', '-32.00'),
        row('B09', '1', '32.00', '¥32.00'),
      ),
      type: 'text/csv',
    });
    expect([answer.status, answer.body.code, answer.body['rowsInError']]).toEqual([400, 'FEE_ROWS_INVALID', 8]);
    const seen = answer.body.rows?.map((fault) => [fault.row, fault.field, fault.code]);
    expect(seen).toEqual(
      expect.arrayContaining([
        [3, 'det_item_fee_sumamt', 'ROW_AMOUNT_MISMATCH'],
        [4, 'cnt', 'ROW_FIELD_INVALID'],
        [5, 'det_item_fee_sumamt', 'ROW_FIELD_INVALID'],
        [6, '列数不符', 'ROW_FIELD_INVALID'],
        [7, 'det_item_fee_sumamt', 'ROW_FIELD_INVALID'],
        [8, 'feedetl_sn', 'ROW_FIELD_INVALID'],
        [9, 'init_feedetl_sn', 'ROW_RETURN_WITHOUT_ORIGINAL'],
        [10, 'det_item_fee_sumamt', 'ROW_FIELD_INVALID'],
      ]),
    );
    expect(await linesOf('CSVBAD')).toEqual([]);
  });

  test.each<[string, string | Buffer, string, string]>([
    ['header of another file', 'a,b,c\n1,2,3\n', 'text/csv', 'CSV_HEADER_INVALID'],
    ['no header', `${row('C01', '1', '1', '1.00')}\n`, 'text/csv', 'CSV_HEADER_INVALID'],
    ['missing column', csv(row('C01', '1', '1', '1.00')).replace('cnt,', ''), 'text/csv', 'CSV_HEADER_INVALID'],
    ['column twice', `${HEADER},cnt\n`, 'text/csv', 'CSV_HEADER_INVALID'],
    ['semicolons', csv(row('C01', '1', '1', '1.00')).replaceAll(',', ';'), 'text/csv', 'CSV_HEADER_INVALID'],
    ['empty file', '', 'text/csv', 'CSV_HEADER_INVALID'],
    ['header only', `${HEADER}\n`, 'text/csv', 'FEE_ROWS_EMPTY'],
    ['open quote', csv(row('C01', '1', '1', '1.00', '"护理')), 'text/csv', 'CSV_MALFORMED'],
    ['GB18030 sent as UTF-8', iconv.encode(csv(row('C01', '1', '1', '1.00')), 'gb18030'), 'text/csv', 'TEXT_NOT_UTF8'],
    ['half a GB character', Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0x81])]), 'text/csv; charset=gb18030', 'TEXT_NOT_UTF8'],
    ['UTF-16LE', Buffer.from(csv(row('C01', '1', '1', '1.00')), 'utf16le'), 'text/csv', 'TEXT_NOT_UTF8'],
    ['other charset', csv(row('C01', '1', '1', '1.00')), 'text/csv; charset=big5', 'CONTENT_TYPE_UNSUPPORTED'],
    ['20 MB and more', `${HEADER}\n${'x'.repeat(20_000_001)}`, 'text/csv', 'BODY_TOO_LARGE'],
    ['one endless cell', `${HEADER}\n"${'x'.repeat(200_000)}`, 'text/csv', 'CSV_MALFORMED'],
  ])('%s: %#', async (_name, raw, type, code) => {
    await insertAdmission(ground.store, { institution: INSTITUTION, iptNo: 'CSVFILE', round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00' });
    const answer = await upload('CSVFILE', { raw, type });
    expect([answer.status < 500, answer.body.code]).toEqual([true, code]);
    expect(await linesOf('CSVFILE')).toEqual([]);
  });
});

describe('many rows', () => {
  test('20,000 rows go in, 20,001 do not', async () => {
    await open('CSVMANY');
    const many = (count: number) => csv(...Array.from({ length: count }, (_item, index) => row(`N${index}`, '1', '1.50', '1.50')));
    const tooMany = await upload('CSVMANY', { raw: many(20_001), type: 'text/csv' });
    expect([tooMany.status, tooMany.body.code]).toEqual([413, 'FEE_ROWS_TOO_MANY']);
    const fits = await upload('CSVMANY', { raw: many(20_000), type: 'text/csv' });
    expect(fits.status).toBe(200);
    expect(await ground.store.read((manager) => manager.countBy(FeeLine, { admissionId: `${INSTITUTION}/CSVMANY/1` }))).toBe(20_000);
  }, 60_000);
});

describe('JSON', () => {
  const line = (feedetl_sn: string, more: object = {}) => ({ ...EXAMPLE_FEE_LINE, feedetl_sn, ...more });

  test('5,001 rows are too many', async () => {
    await open('JSONMANY');
    const lines = Array.from({ length: 5_001 }, (_item, index) => line(`J${index}`));
    const answer = await upload('JSONMANY', { body: { lines } });
    expect([answer.status, answer.body.code]).toEqual([413, 'FEE_ROWS_TOO_MANY']);
  });

  test('a serial number that is kept is refused; one that was refused or withdrawn may come again, corrected', async () => {
    await open('JSONDUP');
    expect((await upload('JSONDUP', { body: { lines: [line('J1'), line('J2')] } })).status).toBe(200);
    const again = await upload('JSONDUP', { body: { lines: [line('J3'), line('J1')] } });
    expect(again.body.rows?.map((fault) => [fault.row, fault.code])).toEqual([[2, 'ROW_SERIAL_DUPLICATE']]);
    await ground.store.write((manager) => manager.update(FeeLine, { feedetl_sn: 'J1', admissionId: `${INSTITUTION}/JSONDUP/1` }, { state: 'refused', refusalCode: 'X' }));
    expect((await upload('JSONDUP', { body: { lines: [line('J1', { cnt: '5', det_item_fee_sumamt: 29_000 })] } })).status).toBe(200);
    const lines = await linesOf('JSONDUP');
    expect(lines.map((one) => [one.feedetl_sn, one.cnt, one.state]).sort()).toEqual([['J1', '5', 'pending'], ['J2', '10', 'pending']]);
  });

  test('a return counts against what is kept', async () => {
    await open('JSONRET');
    await upload('JSONRET', { body: { lines: [line('J1')] } });
    const back = (serial: string, cnt: string, amount: number) => line(serial, { cnt, det_item_fee_sumamt: amount, init_feedetl_sn: 'J1' });
    expect((await upload('JSONRET', { body: { lines: [back('R1', '-8', -46_400)] } })).status).toBe(200);
    const tooMuch = await upload('JSONRET', { body: { lines: [back('R2', '-3', -17_400)] } });
    expect(tooMuch.body.rows?.map((fault) => fault.code)).toEqual(['ROW_RETURN_EXCEEDS']);
    expect((await upload('JSONRET', { body: { lines: [back('R3', '-2', -11_600)] } })).status).toBe(200);
  });

  test('the same upload again is answered as the first time, though its lines are kept now', async () => {
    await open('JSONREP');
    const send = () => ask(api, 'POST /v1/admissions/JSONREP/fees', { token: ground.clerk, key: 'fee-rep', body: { lines: [line('J1')] } });
    const first = await send();
    const second = await send();
    expect([first.status, second.status, second.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
    expect(second.body).toEqual(first.body);
    expect(await linesOf('JSONREP')).toHaveLength(1);
  });

  test('lines of an upload that the process refuses do not stay in the way', async () => {
    await insertAdmission(ground.store, { institution: INSTITUTION, iptNo: 'JSONEND', round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00' });
    const answer = await upload('JSONEND', { body: { lines: [line('J1')] } });
    expect([answer.status, answer.body.code]).toEqual([409, 'ADMISSION_ENDED']);
    expect(await linesOf('JSONEND')).toEqual([]);
    expect(await ground.store.read((manager) => manager.countBy(FeeUpload, { admissionId: `${INSTITUTION}/JSONEND/1` }))).toBe(0);
  });

  test('the list pages through all lines, and by state', async () => {
    await open('JSONLIST');
    await upload('JSONLIST', { body: { lines: Array.from({ length: 25 }, (_item, index) => line(`L${index}`)) } });
    const seen: unknown[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await ask(api, `GET /v1/admissions/JSONLIST/fees?limit=10${cursor ? `&cursor=${cursor}` : ''}`, { token: ground.clerk });
      seen.push(...(page.body.items ?? []).map((item) => item['feedetl_sn']));
      cursor = page.body.nextCursor;
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 25 }, (_item, index) => `L${index}`));
    expect((await ask(api, 'GET /v1/admissions/JSONLIST/fees?state=refused', { token: ground.clerk })).body.items).toEqual([]);
  });

  test('withdrawing by numbers and all at once', async () => {
    await open('JSONWD');
    const some = await ask(api, 'DELETE /v1/admissions/JSONWD/fees', { token: ground.clerk, key: 'wd-1', body: { feedetl_sns: ['A01'] } });
    expect(some.body.result?.['payload']).toEqual({ feedetlSns: ['A01'] });
    const all = await ask(api, 'DELETE /v1/admissions/JSONWD/fees?all=true', { token: ground.clerk, key: 'wd-2' });
    expect(all.body.result?.['payload']).toEqual({ feedetlSns: 'all' });
    const neither = await ask(api, 'DELETE /v1/admissions/JSONWD/fees', { token: ground.clerk, key: 'wd-3' });
    expect([neither.status, neither.body.code]).toEqual([415, 'CONTENT_TYPE_UNSUPPORTED']);
  });
});
