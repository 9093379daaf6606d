import type { Client } from '@temporalio/client';
import { Settlement } from '../../store/entities';
import { ask, type Ground, type Instance, openGround, startInstance } from '../api/harness';
import { readPdf } from './pdf-text';
import { cancelS1, insertSettledA, insertSettlement, STAY } from './rows';

let ground: Ground;
let api: Instance;
let settlementId: number;
const SHEET = `/v1/admissions/${STAY}/sheet`;

beforeAll(async () => {
  ground = await openGround();
  settlementId = await insertSettledA(ground.store);
  // Sheets are made from the store alone: a route that asked Temporal would fail here.
  api = await startInstance(ground, {} as Client, { sweep: false });
});

afterAll(async () => {
  await api?.stop();
  await ground?.close();
});

const get = (query: string, headers: Record<string, string> = {}) => ask(api, `GET ${SHEET}${query}`, { token: ground.clerk, headers });

async function getPdf(query: string, headers: Record<string, string> = {}): Promise<{ type: string | null; text: string }> {
  const response = await fetch(`${api.url}${SHEET}${query}`, { headers: { authorization: `Bearer ${ground.clerk}`, ...headers } });
  return { type: response.headers.get('content-type'), text: readPdf(Buffer.from(await response.arrayBuffer())).runs.join('') };
}

describe('GET …/sheet', () => {
  test.each([
    ['', {}, 'text/html; charset=utf-8'],
    ['', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }, 'text/html; charset=utf-8'],
    ['', { accept: 'application/pdf' }, 'application/pdf'],
    ['', { accept: 'application/pdf, text/html;q=0.5' }, 'application/pdf'],
    ['?format=pdf', { accept: 'text/html' }, 'application/pdf'],
    ['?format=html', { accept: 'application/pdf' }, 'text/html; charset=utf-8'],
  ])('%s with %j answers %s', async (query, headers, type) => {
    const answer = await get(query, headers as Record<string, string>);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('vary')]).toEqual([200, type, 'Accept']);
  });

  test('page and PDF show the same amounts', async () => {
    const page = String((await get('')).body.text);
    const pdf = await getPdf('?format=pdf');
    for (const shown of ['21,187.43', '13,248.58', '6,438.85', '陆仟肆佰叁拾捌元捌角伍分', '示例甲', '990***********0019']) {
      expect(page).toContain(shown);
      expect(pdf.text).toContain(shown);
    }
    expect(page).not.toContain('990101195803120019');
  });

  test('detail adds the fee lines', async () => {
    expect(String((await get('')).body.text)).not.toContain('费用明细');
    expect(String((await get('?detail=true')).body.text).match(/<td class="date">/g)).toHaveLength(9);
  });

  test('a stay of another institution is not found, a parameter that is not known is refused', async () => {
    expect((await ask(api, `GET ${SHEET}`, { token: ground.otherClerk })).status).toBe(404);
    expect((await get('?format=docx')).status).toBe(400);
    expect((await get('?print=7')).body).toMatchObject({ code: 'QUERY_INVALID' });
    expect((await get('?setlId=NONE')).body).toMatchObject({ code: 'SHEET_NOT_READY' });
  });
});

describe('POST …/sheet/prints', () => {
  const print = (key?: string) => ask(api, `POST ${SHEET}/prints`, { token: ground.clerk, ...(key === undefined ? {} : { key }) });

  test('the second print is marked 补打, the first and a look are not', async () => {
    expect((await print()).body.code).toBe('IDEMPOTENCY_KEY_MISSING');
    const first = await print('window-1');
    const repeated = await print('window-1');
    const second = await print('window-2');
    expect([first, repeated, second].map(({ status, body }) => [status, body['printNo']])).toEqual([[201, 1], [201, 1], [201, 2]]);
    expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    const page = async (path: unknown): Promise<string> => String((await ask(api, `GET ${String(path)}`, { token: ground.clerk })).body.text);
    expect(await page(second.body['sheet'])).toContain('补打（第 2 次打印）');
    expect(await page(first.body['sheet'])).not.toContain('补打');
    expect(await page(SHEET)).not.toContain('补打');
    expect((await ask(api, `POST ${SHEET}/prints`, { token: ground.otherClerk, key: 'x' })).status).toBe(404);
  });
});

describe('a stay with several settlements', () => {
  test('setlId chooses; a cancelled one is 作废; without any live one there is nothing to print', async () => {
    await cancelS1(ground.store, settlementId);
    expect((await get('')).body.code).toBe('SHEET_NOT_READY');
    expect(String((await get('?setlId=S1')).body.text)).toContain('作废');
    expect((await getPdf('?setlId=S1&format=pdf')).text).toContain('作废');
    await ground.store.write((manager) => insertSettlement(manager, 'S2', 'M-S2', '2026-11-21 09:00:00', { kind: 'interim' }));
    await ground.store.write((manager) => insertSettlement(manager, 'S3', 'M-S3', '2026-11-22 09:00:00', { status: 'held' }));
    expect(String((await get('?setlId=S2')).body.text)).toContain('中途结算');
    expect(String((await get('')).body.text)).toContain('金额待确认');
    expect(await ground.store.read((manager) => manager.countBy(Settlement, { admissionId: `H99000000001/${STAY}/1` }))).toBe(3);
  });
});
