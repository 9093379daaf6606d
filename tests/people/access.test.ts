import { createHttpServer, listen } from '../../api/server';
import { createApp } from '../../api/app';
import type { ApiParts } from '../../api/parts';
import { openPeopleParts } from '../../api/people-parts';
import type { Route } from '../../api/route';
import { routes } from '../../api/routes';
import { createLogger } from '../../runtime/logger';
import { totpCode } from '../../activities/people/totp';
import { setUpPeople } from '../../activities/people/set-up';
import { openTokens } from '../../runtime/tokens';
import { type Ground, openGround } from '../api/harness';

/** Every operation for people, as they are served: what holds for one holds for all. */
const forPeople = routes.filter((route) => route.access === 'user');
const LOG_IN = { login: 'nobody-special', password: 'Some-Passw0rd', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' };

let ground: Ground;
let url: string;
let cookie: string;
let stop: () => Promise<unknown>;

beforeAll(async () => {
  ground = await openGround();
  await setUpPeople(ground.store, { divisions: [], users: [{ login: LOG_IN.login, name: '示例', posts: [] }] }, [LOG_IN], Date.now());
  const parts = {
    store: ground.store, keyRing: ground.keyRing, institutions: [], logger: createLogger('test', 'silent'), stopping: new AbortController().signal,
    people: await openPeopleParts({ dataDir: ground.dataDir, people: { publicUrl: null, provider: null } }),
  } as unknown as ApiParts;
  const server = createHttpServer(createApp(parts));
  url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  const post = async (path: string, body: object): Promise<Response> => fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const { challenge } = (await (await post('/v1/session', { login: LOG_IN.login, password: LOG_IN.password })).json()) as { challenge: string };
  const entered = await post('/v1/session/second-factor', { challenge, code: totpCode(LOG_IN.totpSecret, Date.now()) });
  cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}, 60_000);

afterAll(async () => {
  await stop?.();
  await ground?.close();
});

async function codeOf(route: Route, headers: Record<string, string>): Promise<string> {
  const path = route.path.replace(/\{\w+\}/g, '1');
  const answer = await fetch(`${url}${path}`, { method: route.method.toUpperCase(), headers });
  return ((await answer.json()) as { code: string }).code;
}

test.each(forPeople)('$operationId is closed without a session, to the token of an institution and to a made-up one', async (route) => {
  expect(await codeOf(route, {})).toBe('SESSION_MISSING');
  const tokens = await openTokens({ dataDir: ground.dataDir, tokens: { jwksUrl: null, issuer: 'anjie-dev', audience: 'anjie' } });
  const clerk = await tokens.issueDevToken({ sub: LOG_IN.login, name: '示例', institution: null, roles: ['ops'], expiresIn: '1h' });
  for (const token of [clerk, ground.clerk, `as_${'A'.repeat(43)}`]) expect(await codeOf(route, { authorization: `Bearer ${token}` })).toBe('SESSION_INVALID');
});

test.each(forPeople.filter(({ method }) => method !== 'get'))('$operationId takes no write by cookie without its mark', async (route) => {
  expect(await codeOf(route, { cookie })).toBe('CSRF_INVALID');
  expect(await codeOf(route, { cookie, 'x-anjie-csrf': 'guessed' })).toBe('CSRF_INVALID');
});

test.each(forPeople.filter(({ right }) => right !== undefined))('$operationId is closed to who has none of its rights', async (route) => {
  expect(await codeOf(route, { authorization: `Bearer ${cookie.split('=')[1]}` })).toBe('RIGHT_MISSING');
});
