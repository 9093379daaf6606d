import type { Client } from '@temporalio/client';
import { gzipSync } from 'node:zlib';
import { routes } from '../../api/routes';
import { isOutcomeCode, outcomeOf } from '../../domain/outcomes';
import { Admission, Command, Deposit, FeeLine, FeeUpload } from '../../store/entities';
import table from './bad-inputs.json';
import { ask, clientOf, type Ground, insertAdmission, type Instance, openGround, startInstance, startTemporal, type TemporalForTests, INSTITUTION } from './harness';

let ground: Ground;
let temporal: TemporalForTests;
let client: Client;
let api: Instance;
const STAY = 'BAD1';

beforeAll(async () => {
  ground = await openGround();
  temporal = await startTemporal(ground);
  client = clientOf(ground, temporal);
  api = await startInstance(ground, client);
  await insertAdmission(ground.store, {
    institution: INSTITUTION, iptNo: STAY, round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00',
  });
}, 120_000);

afterAll(async () => {
  await api?.stop();
  await temporal?.stop();
  await ground?.close();
}, 60_000);

interface BadRow {
  readonly name: string;
  readonly base: string;
  readonly set?: Record<string, unknown>;
  readonly remove?: readonly string[];
  readonly append?: Record<string, { copy: string; set: Record<string, unknown> }>;
  readonly whole?: unknown;
  readonly code?: string;
  readonly issue?: string;
  readonly row?: string;
}

/** Operations by the short names of the table. */
const BASES: Record<string, string> = {
  admit: 'admit', search: 'searchAdmissions', cancel: 'cancelAdmission', deposit: 'recordDeposit', fees: 'uploadFees',
  withdrawFees: 'withdrawFees', preSettle: 'preSettle', settle: 'settle', discharge: 'discharge', cancelSettlement: 'cancelSettlement',
  acceptAmounts: 'acceptAmounts', resolveUnknown: 'resolveUnknown',
};

type Members = Record<string, unknown>;

function place(body: unknown, path: string): { holder: Members; name: string } {
  const parts = path.split('.');
  const name = parts.pop() ?? '';
  const holder = parts.reduce<Members>((node, part) => node[part] as Members, body as Members);
  return { holder, name };
}

/** A raw JSON literal survives JSON.stringify as text between marks, taken off again afterwards. */
const MARK = '\u0001raw:';

function valueOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { repeat, times, json } = value as { repeat?: string; times?: number; json?: string };
  if (json !== undefined) return `${MARK}${json}`;
  return repeat === undefined ? value : repeat.repeat(times ?? 1);
}

function bodyOf(row: BadRow, example: unknown): string {
  if ('whole' in row) return JSON.stringify(row.whole);
  const body = structuredClone(example) as Members;
  for (const path of row.remove ?? []) {
    const { holder, name } = place(body, path);
    delete holder[name];
  }
  for (const [path, value] of Object.entries(row.set ?? {})) {
    const { holder, name } = place(body, path);
    holder[name] = valueOf(value);
  }
  for (const [path, { copy, set }] of Object.entries(row.append ?? {})) {
    const from = place(body, copy);
    (place(body, path).holder[path] as unknown[]).push({ ...(from.holder[from.name] as object), ...set });
  }
  return JSON.stringify(body).replace(/"\\u0001raw:([^"]*)"/g, '$1');
}

async function stored(): Promise<number[]> {
  return ground.store.read(async (manager) => [
    await manager.count(Command), await manager.count(Admission), await manager.count(Deposit), await manager.count(FeeLine), await manager.count(FeeUpload),
  ]);
}

async function openWorkflows(): Promise<number> {
  const { count } = await client.workflow.count();
  return Number(count);
}

function expectProblem(answer: Awaited<ReturnType<typeof ask>>): void {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  const code = answer.body.code ?? '';
  expect([code, isOutcomeCode(code)]).toEqual([code, true]);
  if (isOutcomeCode(code)) expect(answer.status).toBe(outcomeOf(code).status);
}

const NOTHING = [0, 1, 0, 0, 0];
const groups = Object.entries(table).filter(([name]) => name !== 'note') as unknown as [string, BadRow[]][];

describe.each(groups)('%s', (group, rows) => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const route = routes.find((one) => one.operationId === BASES[row.base]);
    if (!route) throw new Error(`the table names no operation: ${row.base}`);
    const path = route.path.replace('{id}', STAY);
    const answer = await ask(api, `${route.method.toUpperCase()} ${path}`, {
      token: ground.clerk, key: `bad-${row.base}-1`, raw: bodyOf(row, route.example?.body), prefer: 'wait=5',
    });
    expectProblem(answer);
    if (row.code) expect(answer.body.code).toBe(row.code);
    if (row.issue) expect(answer.body.errors?.map((error) => error.code)).toContain(row.issue);
    if (row.row) expect(answer.body.rows?.map((fault) => fault.code)).toContain(row.row);
    expect(await stored()).toEqual(NOTHING);
    expect([group, await openWorkflows()]).toEqual([group, 0]);
  });
});

describe('JSON and bodies', () => {
  const good = '{"amountFen":100,"method":"cash","receiptNo":"R1"}';
  const POST = `POST /v1/admissions/${STAY}/deposits`;
  const big = (bytes: number) => `{"amountFen":100,"method":"cash","receiptNo":"${'R'.repeat(bytes)}"}`;

  test.each<[string, string | Buffer, { type?: string; headers?: Record<string, string> }, string]>([
    ['truncated', good.slice(0, 20), {}, 'JSON_INVALID'],
    ['empty', '', {}, 'JSON_INVALID'],
    ['duplicate keys', '{"amountFen":100,"amountFen":200,"method":"cash","receiptNo":"R1"}', {}, 'JSON_DUPLICATE_KEY'],
    ['1 MB string', big(1_000_000), {}, 'BODY_TOO_LARGE'],
    ['20 MB body', big(20_000_000), {}, 'BODY_TOO_LARGE'],
    ['numbers with leading zeros', good.replace('100', '0100'), {}, 'JSON_INVALID'],
    ['BOM', `\ufeff${good}`, {}, 'JSON_INVALID'],
    ['lone surrogate', good.replace('R1', '\\ud800'), {}, 'JSON_INVALID'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), {}, 'TEXT_NOT_UTF8'],
    ['UTF-16LE', Buffer.from(good, 'utf16le'), {}, 'JSON_INVALID'],
    ['NDJSON in JSON', `${good}\n${good}`, {}, 'JSON_INVALID'],
    ['comment in JSON', `/* */${good}`, {}, 'JSON_INVALID'],
    ['form-encoded', 'amountFen=100', { type: 'application/x-www-form-urlencoded' }, 'CONTENT_TYPE_UNSUPPORTED'],
    ['CSV where JSON is wanted', 'a,b', { type: 'text/csv' }, 'CONTENT_TYPE_UNSUPPORTED'],
    ['other charset', good, { type: 'application/json; charset=gbk' }, 'CONTENT_TYPE_UNSUPPORTED'],
    ['gzip bomb', gzipSync(Buffer.alloc(50_000_000, 0x20)), { headers: { 'content-encoding': 'gzip' } }, 'CONTENT_ENCODING_UNSUPPORTED'],
  ])('%s', async (_name, raw, options, code) => {
    const answer = await ask(api, POST, { token: ground.clerk, key: 'body-1', raw, ...options });
    expectProblem(answer);
    expect(answer.body.code).toBe(code);
    expect(await stored()).toEqual(NOTHING);
  });

  test('a body where none is taken', async () => {
    const answer = await ask(api, `DELETE /v1/admissions/${STAY}/pre-settlement`, { token: ground.clerk, key: 'body-2', raw: '{"a":1}' });
    expect([answer.status, answer.body.code]).toEqual([400, 'BODY_UNEXPECTED']);
  });
});

describe('ids, keys and headers', () => {
  const body = { amountFen: 100, method: 'cash', receiptNo: 'R1' };

  test.each<[string, string | undefined, string]>([
    ['no key', undefined, 'IDEMPOTENCY_KEY_MISSING'],
    ['empty key', '', 'IDEMPOTENCY_KEY_MISSING'],
    ['256-char key', 'k'.repeat(256), 'IDEMPOTENCY_KEY_INVALID'],
    ['key with a space', 'a b', 'IDEMPOTENCY_KEY_INVALID'],
    ['key with a quote', 'a"b', 'IDEMPOTENCY_KEY_INVALID'],
  ])('%s', async (_name, key, code) => {
    const answer = await ask(api, `POST /v1/admissions/${STAY}/deposits`, { token: ground.clerk, body, ...(key === undefined ? {} : { key }) });
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect(await stored()).toEqual(NOTHING);
  });

  test.each([
    ['..%2f in id', 'GET /v1/admissions/..%2fH99000000003', 404],
    ['%2e%2e in id', 'GET /v1/admissions/%2e%2e%2fx', 404],
    ['null byte in id', 'GET /v1/admissions/a%00b', 404],
    ['broken escape in id', 'GET /v1/admissions/%E0%A4%A', 404],
    ['id of 31', `GET /v1/admissions/${'A'.repeat(31)}`, 404],
    ['id that is not', 'GET /v1/admissions/NONE', 404],
    ['command that is none', 'GET /v1/commands/1', 404],
    ['command of nobody', 'GET /v1/commands/11111111-1111-4111-8111-111111111111', 404],
    ['unknown path', 'GET /v1/nothing', 404],
    ['unknown path below', `GET /v1/admissions/${STAY}/secrets`, 404],
    ['trailing slash', 'GET /v1/admissions/', 404],
  ])('%s', async (_name, path, status) => {
    const answer = await ask(api, path, { token: ground.clerk });
    expectProblem(answer);
    expect(answer.status).toBe(status);
  });

  test.each([['wait=61'], ['wait=-1'], ['respond-async'], ['wait=1, wait=2']])('Prefer: %s', async (prefer) => {
    const answer = await ask(api, `POST /v1/admissions/${STAY}/deposits`, { token: ground.clerk, key: 'prefer-1', body, prefer });
    expect([answer.status, answer.body.code]).toEqual([400, 'PREFER_INVALID']);
  });
});

describe('queries', () => {
  const hundred = Array.from({ length: 100 }, (_item, index) => `p${index}=1`).join('&');
  test.each([
    ['ID number in query string', 'certno=990101195803120019', 'ID_NUMBER_IN_QUERY'],
    ['ID number as the number of a stay', 'iptNo=990101195803120019', 'ID_NUMBER_IN_QUERY'],
    ['?sort=unknown', 'sort=unknown', 'SORT_UNKNOWN'],
    ['?sort with SQL', 'sort=updatedAt;DROP%20TABLE%20command', 'SORT_UNKNOWN'],
    ['sort by masked column', 'sort=patientName', 'SORT_UNKNOWN'],
    ['array query a[]=', 'stage[]=admitted', 'QUERY_INVALID'],
    ['twice the same', 'limit=1&limit=2', 'QUERY_INVALID'],
    ['100 query params', hundred, 'QUERY_INVALID'],
    ['limit 0', 'limit=0', 'QUERY_INVALID'],
    ['limit 101', 'limit=101', 'QUERY_INVALID'],
    ['limit 1e2', 'limit=1e2', 'QUERY_INVALID'],
    ['date range 1900–9999', 'admittedFrom=1900-01-01&admittedTo=9999-12-31', 'QUERY_INVALID'],
    ['dates out of order', 'admittedFrom=2026-11-02&admittedTo=2026-11-01', 'QUERY_INVALID'],
    ['a month', 'admittedFrom=202613', 'QUERY_INVALID'],
    ['broken cursor', 'cursor=AAAA', 'CURSOR_INVALID'],
    ['cursor of another list', `cursor=${Buffer.from('[1]').toString('base64url')}`, 'CURSOR_INVALID'],
    ['1,000-char filter', `iptNo=${'A'.repeat(1000)}`, 'QUERY_INVALID'],
  ])('%s', async (_name, query, code) => {
    const answer = await ask(api, `GET /v1/admissions?${query}`, { token: ground.clerk });
    expectProblem(answer);
    expect(answer.body.code).toBe(code);
  });

  test('a page beyond the end is an empty page', async () => {
    const cursor = Buffer.from(JSON.stringify([0, ''])).toString('base64url');
    const answer = await ask(api, `GET /v1/admissions?cursor=${cursor}`, { token: ground.clerk });
    expect([answer.status, answer.body.items, answer.body.nextCursor]).toEqual([200, [], null]);
  });
});
