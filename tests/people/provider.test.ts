import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { PROVIDER_RETURN_PATH } from '../../runtime/identity-provider';
import { OfficeUser } from '../../store/entities';
import { onBothDatabases } from '../support/databases';
import { cookieIn, openPeopleRig, type PeopleAnswer, type PeopleRig } from './rig';

const PUBLIC = 'http://127.0.0.1:7300';
const SECRET = 'a secret: with + and /';
const SUBJECT = 'staff-0001';

let provider: ChildProcess;
let issuer: string;

beforeAll(async () => {
  provider = spawn(process.execPath, ['-r', resolve('tests/national-send/ts-hook.js'), resolve('tests/support/oidc-provider.ts')], {
    env: { ...process.env, OIDC_SUBJECT: SUBJECT, OIDC_SECRET: SECRET },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(provider.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  issuer = `http://127.0.0.1:${(JSON.parse(line.toString('utf8')) as { port: number }).port}`;
}, 30_000);

afterAll(async () => {
  const ended = once(provider, 'exit');
  provider.kill('SIGTERM');
  await ended;
});

const next = (state: object): Promise<unknown> => fetch(`${issuer}/_next`, { method: 'PUT', body: JSON.stringify(state) });

onBothDatabases('log-in by the identity provider', (database) => {
  let rig: PeopleRig;

  beforeEach(async () => {
    await next({ fault: null, subject: SUBJECT });
    rig = await openPeopleRig(database(), { people: { publicUrl: PUBLIC, provider: { issuer, clientId: 'anjie', clientSecret: SECRET } } });
    await rig.store.write((manager) => manager.update(OfficeUser, { id: 'sheng-jingban-1' }, { subject: SUBJECT }));
  });
  afterEach(async () => {
    await rig?.close();
  });

  /** The browser: there with the journey's cookie, and the address to which it is sent back. */
  const travel = async (): Promise<{ cookie: string; back: string }> => {
    const there = await rig.ask('GET /v1/session/provider');
    expect(there.status).toBe(303);
    expect(there.headers.get('set-cookie')).toMatch(/^anjie_journey=[\w-]+; Path=\/v1\/session\/provider; Max-Age=600; HttpOnly; SameSite=Lax$/);
    const answer = await fetch(there.headers.get('location') ?? '', { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(`${back.origin}${back.pathname}`).toBe(`${PUBLIC}${PROVIDER_RETURN_PATH}`);
    return { cookie: cookieIn(there), back: `${back.pathname}${back.search}` };
  };
  const comeBack = ({ cookie, back }: { cookie: string; back: string }): Promise<PeopleAnswer> => rig.ask(`GET ${back}`, { cookie });

  test('code, PKCE and subject open a session; the code and the journey count once', async () => {
    const journey = await travel();
    const entered = await comeBack(journey);
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/']);
    const session = await rig.ask('GET /v1/session', { cookie: cookieIn(entered) });
    expect(session.body.user).toMatchObject({ userId: 'sheng-jingban-1' });
    expect((await comeBack(journey)).body.code).toBe('PROVIDER_REFUSED');
    expect(await rig.audited()).toContain('session.opened');
  });

  test('log-in with a password is off, whatever the password', async () => {
    const { password } = rig.logInOf('sheng-jingban-1');
    expect((await rig.ask('POST /v1/session', { body: { login: 'sheng-jingban-1', password } })).body.code).toBe('LOGIN_BY_PROVIDER');
  });

  test('a way back that this browser did not begin is refused', async () => {
    const mine = await travel();
    const theirs = await travel();
    expect((await rig.ask(`GET ${mine.back}`)).body.code).toBe('CHALLENGE_INVALID');
    expect((await comeBack({ ...mine, cookie: 'anjie_journey=AAAA' })).body.code).toBe('CHALLENGE_INVALID');
    expect((await comeBack({ cookie: mine.cookie, back: theirs.back })).body.code).toBe('PROVIDER_REFUSED');
    expect((await comeBack({ ...mine, back: mine.back.replace(/state=[^&]+/, 'state=x') })).body.code).toBe('PROVIDER_REFUSED');
    rig.pass(600_000);
    expect((await comeBack(mine)).body.code).toBe('CHALLENGE_INVALID');
  });

  test('a person whom nobody knows here, or whose account is disabled, does not get in', async () => {
    await next({ subject: 'a stranger' });
    expect((await comeBack(await travel())).body).toMatchObject({ code: 'PROVIDER_REFUSED', detail: '本系统没有与该身份对应的在用账号' });
    await next({ subject: SUBJECT });
    await rig.change({ change: 'disableUser', userId: 'sheng-jingban-1' });
    expect((await comeBack(await travel())).body.code).toBe('PROVIDER_REFUSED');
    expect((await rig.audited()).filter((event) => event === 'session.failed')).toHaveLength(2);
  });

  test('a token that is not what was asked for is refused', async () => {
    for (const fault of ['otherNonce', 'otherAudience', 'otherIssuer', 'otherKey', 'expired', 'error']) {
      await next({ fault });
      expect([fault, (await comeBack(await travel())).body.code]).toEqual([fault, 'PROVIDER_REFUSED']);
    }
  });

  test('a provider that breaks is no refusal', async () => {
    await next({ fault: 'http500' });
    const answer = await comeBack(await travel());
    expect([answer.status, answer.body.code]).toEqual([503, 'PROVIDER_UNAVAILABLE']);
  });

  test('without a provider there is no way to it', async () => {
    const plain = await openPeopleRig(database());
    try {
      expect((await plain.ask('GET /v1/session/provider')).body.code).toBe('PROVIDER_NOT_CONFIGURED');
    } finally {
      await plain.close();
    }
  });

  test('a provider that cannot be reached is told as such', async () => {
    const lost = await openPeopleRig(database(), { people: { publicUrl: PUBLIC, provider: { issuer: 'http://127.0.0.1:1', clientId: 'anjie', clientSecret: null } } });
    try {
      expect((await lost.ask('GET /v1/session/provider')).body.code).toBe('PROVIDER_UNAVAILABLE');
    } finally {
      await lost.close();
    }
  });
});
