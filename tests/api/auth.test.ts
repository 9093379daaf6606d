import type { Client } from '@temporalio/client';
import { routes } from '../../api/routes';
import { ask, clientOf, type Ground, insertAdmission, type Instance, openGround, startInstance, startTemporal, type TemporalForTests, INSTITUTION, OTHER_INSTITUTION } from './harness';
import { WRONG_TOKENS } from './wrong-tokens';

let ground: Ground;
let temporal: TemporalForTests;
let client: Client;
let api: Instance;

beforeAll(async () => {
  ground = await openGround();
  temporal = await startTemporal(ground);
  client = clientOf(ground, temporal);
  api = await startInstance(ground, client);
  const stay = { round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-02 15:20:00' };
  await insertAdmission(ground.store, { ...stay, institution: INSTITUTION, iptNo: 'MINE' });
  await insertAdmission(ground.store, { ...stay, institution: OTHER_INSTITUTION, iptNo: 'THEIRS' });
}, 120_000);

afterAll(async () => {
  await api?.stop();
  await temporal?.stop();
  await ground?.close();
}, 60_000);

describe('a wrong token', () => {
  test.each(WRONG_TOKENS)('$name: 401, on a read and on a command', async ({ make, code }) => {
    const token = await make(ground.tokens, ground.clerk);
    for (const path of ['GET /v1/admissions/MINE', 'POST /v1/admissions/MINE/deposits']) {
      const answer = await ask(api, path, { token, key: 'auth-1', ...(path.startsWith('POST') ? { body: { amountFen: 1, method: 'cash', receiptNo: 'R' } } : {}) });
      expect([answer.status, answer.body.code]).toEqual([401, code]);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  test.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', 'bearer'])('header %s: 401', async (header) => {
    const answer = await ask(api, 'GET /v1/admissions', { headers: { authorization: header } });
    expect([answer.status, answer.body.code]).toEqual([401, 'TOKEN_INVALID']);
  });
});

describe('a token sees its own institution only', () => {
  const operations = routes.filter((route) => route.access === 'institution' && route.path.includes('{id}'));

  test.each(operations.map((route) => [route.operationId, route] as const))('%s on a stay of another institution: 404', async (_name, route) => {
    const answer = await ask(api, `${route.method.toUpperCase()} ${route.path.replace('{id}', 'MINE')}`, {
      token: ground.otherClerk, key: `other-${route.operationId}`, ...(route.example?.body === undefined ? {} : { body: route.example.body }),
    });
    expect([answer.status, answer.body.code]).toEqual([404, 'ADMISSION_NOT_FOUND']);
  });

  test('lists and searches hold only one’s own', async () => {
    const list = await ask(api, 'GET /v1/admissions', { token: ground.otherClerk });
    expect(list.body.items?.map((item) => item['iptNo'])).toEqual(['THEIRS']);
    const search = await ask(api, 'POST /v1/admissions/search', { token: ground.otherClerk, body: { iptNo: 'MINE' } });
    expect(search.body.items).toEqual([]);
  });

  test('two institutions may use one key and one number each', async () => {
    const send = (token: string, iptNo: string) =>
      ask(api, `POST /v1/admissions/${iptNo}/deposits`, { token, key: 'shared-key', body: { amountFen: 1, method: 'cash', receiptNo: 'R' }, prefer: 'wait=0' });
    expect((await send(ground.clerk, 'MINE')).status).toBe(202);
    expect((await send(ground.otherClerk, 'THEIRS')).status).toBe(202);
  });

  test('every operation but the service ones, the log-in and the check of a printed document asks for a token or a session', () => {
    const anyone = ['/v1/documents/{number}/verify', '/v1/session', '/v1/session/provider', '/v1/session/provider/return', '/v1/session/second-factor'];
    expect(routes.filter((route) => route.access === 'open').map((route) => route.path).sort()).toEqual(['/docs', '/healthz', '/metrics', '/openapi.json', '/readyz', ...anyone]);
  });
});
