import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Client } from '@temporalio/client';
import { routes } from '../../api/routes';
import { ask, clientOf, type Ground, insertAdmission, type Instance, openGround, startInstance, startTemporal, type TemporalForTests, INSTITUTION, OTHER_INSTITUTION } from './harness';

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

const claims = { name: '测试', institution: INSTITUTION, roles: ['clerk'] };

/** A token in every detail right but for its signature. */
function forged(algorithm: 'ES256' | 'HS256'): Promise<string> {
  const key = algorithm === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : createSecretKey(Buffer.alloc(32, 1));
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm }).setSubject('0101').setIssuer('anjie-dev').setAudience('anjie')
    .setIssuedAt().setExpirationTime('1h').sign(key);
}

function algNone(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ ...claims, sub: '0101', iss: 'anjie-dev', aud: 'anjie', exp: 4_000_000_000 })}.`;
}

const issue = (change: object): Promise<string> =>
  ground.tokens.issueDevToken({ sub: '0101', name: '测试', institution: INSTITUTION, roles: ['clerk'], expiresIn: '1h', ...change });

describe('a wrong token', () => {
  const kinds: Record<string, [() => Promise<string | null>, string]> = {
    'no token': [async () => null, 'TOKEN_MISSING'],
    'not a token': [async () => 'abc', 'TOKEN_INVALID'],
    'expired': [() => issue({ expiresIn: -60 }), 'TOKEN_EXPIRED'],
    'alg none': [async () => algNone(), 'TOKEN_INVALID'],
    'another key': [() => forged('ES256'), 'TOKEN_INVALID'],
    'a symmetric key': [() => forged('HS256'), 'TOKEN_INVALID'],
    'another audience': [() => issue({ audience: 'other' }), 'TOKEN_INVALID'],
    'no institution': [() => issue({ institution: null }), 'TOKEN_INVALID'],
    'an institution that is not served': [() => issue({ institution: 'H00000000000' }), 'TOKEN_INVALID'],
    'a changed signature': [async () => `${ground.clerk.slice(0, -6)}AAAAAA`, 'TOKEN_INVALID'],
  };

  test.each(Object.keys(kinds))('%s: 401, on a read and on a command', async (kind) => {
    const [make, code] = kinds[kind] ?? [async () => null, ''];
    const token = await make();
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

  test('every operation but the service ones asks for a token', () => {
    expect(routes.filter((route) => route.access === 'open').map((route) => route.path).sort()).toEqual(['/docs', '/healthz', '/metrics', '/openapi.json', '/readyz']);
  });
});
