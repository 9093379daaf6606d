import { Client, Connection } from '@temporalio/client';
import { setUpPeople } from '../../activities/people/set-up';
import { EVERY_ANSWER, RESPONSE_HEADERS } from '../../api/headers';
import { OfficeUser } from '../../store/entities';
import { insertSettledA, STAY } from '../sheet/rows';
import { expectDeclared } from './declared';
import { ask, type Ask, type Ground, type Instance, openGround, startInstance } from './harness';

let ground: Ground;
let connection: Connection;
let api: Instance;

// What is asked here needs no Temporal; `ask` itself holds every answer against the OpenAPI document.
beforeAll(async () => {
  ground = await openGround();
  await insertSettledA(ground.store);
  await setUpPeople(ground.store, { divisions: [], users: [{ login: NEWCOMER.login, name: '示例', posts: [] }] }, [{ ...NEWCOMER, totpSecret: '' }], Date.now());
  await ground.store.write((manager) => manager.update(OfficeUser, { id: NEWCOMER.login }, { totpSecret: null, totpConfirmedAt: null }));
  connection = Connection.lazy({ address: '127.0.0.1:1', interceptors: [] });
  api = await startInstance(ground, new Client({ connection }), { sweep: false });
});

afterAll(async () => {
  await api?.stop();
  await connection?.close();
  await ground?.close();
});

const NEWCOMER = { login: 'newcomer', password: 'Newcomer-Passw0rd' };
const PRINT = `POST /v1/admissions/${STAY}/sheet/prints`;
const SHEET = `GET /v1/admissions/${STAY}/sheet`;
const command: Ask = { key: 'header-1', prefer: 'wait=0', body: { amountFen: 1, method: 'cash', receiptNo: 'R' } };
const DEPOSIT = `POST /v1/admissions/${STAY}/deposits`;

const SEEN: readonly [name: string, path: string, options: Ask, status: number, value: string | RegExp][] = [
  ['Location', DEPOSIT, command, 202, /^\/v1\/commands\/[0-9a-f-]{36}$/],
  ['Retry-After', DEPOSIT, command, 202, '2'],
  ['Preference-Applied', DEPOSIT, command, 202, 'wait=0'],
  ['Idempotency-Replayed', DEPOSIT, command, 202, 'true'],
  ['Idempotency-Replayed', PRINT, { key: 'header-2' }, 201, 'true'],
  ['WWW-Authenticate', SHEET, { token: null }, 401, 'Bearer realm="anjie"'],
  ['Allow', `PATCH /v1/admissions/${STAY}/fees`, {}, 405, 'POST, GET, HEAD, DELETE'],
  ['Vary', SHEET, {}, 200, 'Accept'],
  ['Content-Disposition', `${SHEET}?format=pdf`, {}, 200, /^inline; filename="sheet-[A-Za-z0-9_-]+\.pdf"$/],
  ['Set-Cookie', 'POST /v1/session', { token: null, body: NEWCOMER }, 200, /^anjie_session=as_[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/],
  ['Content-Language', 'GET /nothing', {}, 404, 'zh-CN'],
  ['Content-Language', 'GET /nothing', { headers: { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.5' } }, 404, 'en'],
  ['Vary', 'GET /nothing', {}, 404, 'Accept-Language'],
  ['Cache-Control', 'GET /nothing', {}, 404, 'no-store'],
  ['Content-Security-Policy', 'GET /nothing', {}, 404, "default-src 'none'; frame-ancestors 'none'"],
  ['Referrer-Policy', 'GET /docs', { token: null }, 200, 'no-referrer'],
  ['X-Content-Type-Options', 'GET /openapi.json', { token: null }, 200, 'nosniff'],
];

test.each(SEEN)('%s is sent by %s', async (name, path, options, status, value) => {
  // The second time, so that a repeat is one.
  await ask(api, path, { token: ground.clerk, ...options });
  const answer = await ask(api, path, { token: ground.clerk, ...options });
  expect([answer.status, answer.headers.get(name)]).toEqual([status, typeof value === 'string' ? value : expect.stringMatching(value)]);
});

test('the document names no header that is never sent', () => {
  expect([...new Set(SEEN.map(([name]) => name))].sort()).toEqual(Object.keys(RESPONSE_HEADERS).sort());
});

describe('what every answer of these tests is held against', () => {
  const answer = (status: number, more: Record<string, string> = {}) => ({ status, headers: new Headers({ ...EVERY_ANSWER, ...more }) });

  test('a header or a status that the document does not have is found', () => {
    expect(() => expectDeclared('GET', '/v1/admissions', answer(200))).not.toThrow();
    expect(() => expectDeclared('GET', '/v1/admissions', answer(200, { 'X-New': '1' }))).toThrow('x-new');
    expect(() => expectDeclared('GET', '/v1/admissions', answer(200, { Location: '/x' }))).toThrow('location');
    expect(() => expectDeclared('GET', '/v1/admissions', answer(418))).toThrow('418');
    expect(() => expectDeclared('GET', '/v1/admissions', { status: 200, headers: new Headers() })).toThrow('cache-control');
  });
});
