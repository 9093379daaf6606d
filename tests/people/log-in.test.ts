import { hashPassword } from '../../activities/people/passwords';
import { totpCode } from '../../activities/people/totp';
import { OfficeUser, UserSession } from '../../store/entities';
import { onBothDatabases } from '../support/databases';
import { openPeopleRig, type PeopleAsk, type PeopleRig } from './rig';

const MINUTE = 60_000;
const LOGIN = 'sheng-jingban-1';
const BAD_BODIES: readonly [what: string, options: PeopleAsk, status: number][] = [
  ['no body', { raw: '' }, 400],
  ['cut off', { raw: '{"login":"a"' }, 400],
  ['a duplicate key', { raw: '{"login":"a","login":"b","password":"x"}' }, 400],
  ['an unknown field', { body: { login: 'a', password: 'x', admin: true } }, 400],
  ['a field missing', { body: { login: 'a' } }, 400],
  ['an object for a text', { body: { login: { $ne: null }, password: { $ne: null } } }, 400],
  ['a name of 10,000 characters', { body: { login: 'a'.repeat(10_000), password: 'x' } }, 400],
  ['a password of 1 MB', { body: { login: 'a', password: 'a'.repeat(1_000_000) } }, 413],
  ['a form', { raw: 'login=a&password=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
  ['marks that hide text', { body: { login: '\u202eadmin', password: 'x' } }, 401],
];
const WRONG = { login: LOGIN, password: 'not the password 1A' };

onBothDatabases('log-in', (database) => {
  let rig: PeopleRig;

  beforeEach(async () => {
    rig = await openPeopleRig(database());
  });
  afterEach(async () => {
    await rig?.close();
  });

  test('password and code open a session; cookie and bearer token are one session', async () => {
    const { password, totpSecret } = rig.logInOf(LOGIN);
    const first = await rig.ask('POST /v1/session', { body: { login: LOGIN.toUpperCase(), password } });
    expect([first.status, first.body.state, first.headers.get('set-cookie')]).toEqual([200, 'secondFactor', null]);
    const second = await rig.ask('POST /v1/session/second-factor', { body: { challenge: first.body.challenge, code: totpCode(totpSecret, rig.now()) } });
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ state: 'ready', setUp: [], user: { userId: LOGIN, name: '示例省经办一', assignments: [{ role: 'maker', division: '990000' }], totp: true } });
    expect(second.body.user.personKey).toBeUndefined();
    expect(second.headers.get('set-cookie')).toBe(`anjie_session=${second.body.token}; Path=/; HttpOnly; SameSite=Strict`);
    const byCookie = await rig.ask('GET /v1/session', { cookie: `anjie_session=${second.body.token}` });
    const byToken = await rig.ask('GET /v1/session', { token: second.body.token });
    expect([byCookie.status, byToken.status, byCookie.body]).toEqual([200, 200, byToken.body]);
    expect(byCookie.body.csrf).toBe(second.body.csrf);
    const stored = JSON.stringify(await rig.store.read((manager) => manager.find(UserSession, { order: { createdAt: 'ASC' } })));
    expect([stored.includes(second.body.token), stored.includes(first.body.challenge)]).toEqual([false, false]);
  });

  test('unknown name, wrong password and disabled account are answered and counted alike', async () => {
    await rig.change({ change: 'disableUser', userId: 'shi01-shenhe-1' });
    const disabled = rig.logInOf('shi01-shenhe-1');
    const answers = await Promise.all([
      rig.ask('POST /v1/session', { body: WRONG }),
      rig.ask('POST /v1/session', { body: { login: 'nobody-at-all', password: WRONG.password } }),
      rig.ask('POST /v1/session', { body: { login: disabled.login, password: disabled.password } }),
    ]);
    for (const { status, body } of answers) expect([status, body]).toEqual([401, answers[0]?.body]);
    expect(answers[0]?.body.code).toBe('LOGIN_FAILED');
    for (let attempt = 0; attempt < 4; attempt += 1) await rig.ask('POST /v1/session', { body: { login: 'nobody-at-all', password: 'x' } });
    const locked = await rig.ask('POST /v1/session', { body: { login: 'nobody-at-all', password: 'x' } });
    expect([locked.status, locked.body.code]).toEqual([429, 'LOGIN_LOCKED']);
  });

  test('an unknown name takes the same work as a wrong password', async () => {
    await rig.store.write(async (manager) => manager.update(OfficeUser, { id: 'sheng-jingban-2' }, { passwordHash: await hashPassword('A full-cost Passw0rd') }));
    // Whether the hash is one of the first start (cheaper), one of a person, or none at all. Work is counted in time of the
    // processor, which other programs on the machine do not change as they change the time of the clock.
    const work = new Map([LOGIN, 'sheng-jingban-2', 'nobody-at-all'].map((login) => [login, 0]));
    for (let round = 0; round < 12; round += 1) {
      for (const [login, before] of work) {
        const began = process.cpuUsage();
        await rig.ask('POST /v1/session', { body: { login, password: 'not the password 1A' } });
        const { user, system } = process.cpuUsage(began);
        // The first rounds warm the program up.
        work.set(login, before + (round < 2 ? 0 : user + system));
        await rig.store.write((manager) => manager.query('DELETE FROM login_guard'));
      }
    }
    const sums = [...work.values()];
    expect(Math.max(...sums) / Math.min(...sums)).toBeLessThan(1.6);
  });

  test.each([[15], [30], [60]].map(([minutes], locks) => [minutes ?? 0, locks]))('a lock lasts %i minutes after %i earlier ones', async (minutes, locks) => {
    for (let lock = 0; lock <= locks; lock += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1) expect((await rig.ask('POST /v1/session', { body: WRONG })).status).toBe(401);
      const fifth = await rig.ask('POST /v1/session', { body: WRONG });
      expect([fifth.status, fifth.headers.get('retry-after')]).toEqual([429, String(15 * 2 ** lock * 60)]);
      if (lock < locks) rig.pass(15 * 2 ** lock * MINUTE);
    }
    rig.pass(minutes * MINUTE - 1);
    const { password } = rig.logInOf(LOGIN);
    expect((await rig.ask('POST /v1/session', { body: { login: LOGIN, password } })).body.code).toBe('LOGIN_LOCKED');
    rig.pass(1);
    expect((await rig.ask('POST /v1/session', { body: { login: LOGIN, password } })).body.state).toBe('secondFactor');
  });

  test('guesses that come at once are each counted, and the right one after the lock does not count', async () => {
    const guesses = Array.from({ length: 12 }, () => rig.ask('POST /v1/session', { body: WRONG }));
    const codes = (await Promise.all(guesses)).map(({ body }) => body.code).sort();
    expect(codes.filter((code) => code === 'LOGIN_FAILED')).toHaveLength(4);
    expect(codes.filter((code) => code === 'LOGIN_LOCKED')).toHaveLength(8);
    const { password } = rig.logInOf(LOGIN);
    expect((await rig.ask('POST /v1/session', { body: { login: LOGIN, password } })).body.code).toBe('LOGIN_LOCKED');
    expect((await rig.audited()).filter((event) => event === 'session.locked')).toHaveLength(1);
  });

  test('the right password does not forget the failures before the code; wrong codes lock as well', async () => {
    const { password } = rig.logInOf(LOGIN);
    const first = await rig.ask('POST /v1/session', { body: { login: LOGIN, password } });
    const wrong = { challenge: first.body.challenge, code: '000000' };
    for (let attempt = 0; attempt < 4; attempt += 1) expect((await rig.ask('POST /v1/session/second-factor', { body: wrong })).body.code).toBe('LOGIN_FAILED');
    const again = await rig.ask('POST /v1/session', { body: { login: LOGIN, password } });
    expect(again.body.state).toBe('secondFactor');
    expect((await rig.ask('POST /v1/session/second-factor', { body: { ...wrong, challenge: again.body.challenge } })).status).toBe(429);
  });

  test('a code counts once, a challenge counts once and for five minutes', async () => {
    const { password, totpSecret } = rig.logInOf(LOGIN);
    const challenge = async (): Promise<string> => (await rig.ask('POST /v1/session', { body: { login: LOGIN, password } })).body.challenge;
    const give = (given: string, code: string) => rig.ask('POST /v1/session/second-factor', { body: { challenge: given, code } });
    const first = await challenge();
    const code = totpCode(totpSecret, rig.now());
    expect((await give(first, code)).status).toBe(200);
    expect((await give(first, totpCode(totpSecret, rig.now() + 30_000))).body.code).toBe('CHALLENGE_INVALID');
    expect((await give(await challenge(), code)).body.code).toBe('LOGIN_FAILED');
    const late = await challenge();
    rig.pass(5 * MINUTE);
    expect((await give(late, totpCode(totpSecret, rig.now()))).body.code).toBe('CHALLENGE_INVALID');
    const twice = await challenge();
    const answers = await Promise.all([0, 1, 2].map(() => give(twice, totpCode(totpSecret, rig.now()))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('a token known before the log-in is worth nothing after it', async () => {
    const planted = `as_${'A'.repeat(43)}`;
    const { password, totpSecret } = rig.logInOf(LOGIN);
    const first = await rig.ask('POST /v1/session', { cookie: `anjie_session=${planted}`, body: { login: LOGIN, password } });
    const second = await rig.ask('POST /v1/session/second-factor', {
      cookie: `anjie_session=${planted}`,
      body: { challenge: first.body.challenge, code: totpCode(totpSecret, rig.now()) },
    });
    expect([second.body.token === planted, second.body.token === first.body.challenge]).toEqual([false, false]);
    for (const token of [planted, first.body.challenge]) expect((await rig.ask('GET /v1/session', { token })).body.code).toBe('SESSION_INVALID');
    const both = `anjie_session=${planted}; anjie_session=${second.body.token}`;
    expect((await rig.ask('GET /v1/session', { cookie: both })).body.code).toBe('SESSION_MISSING');
  });

  test('an unfinished log-in opens nothing', async () => {
    const { password } = rig.logInOf(LOGIN);
    const { body } = await rig.ask('POST /v1/session', { body: { login: LOGIN, password } });
    expect((await rig.ask('GET /v1/people/roles', { token: body.challenge })).body.code).toBe('SESSION_INVALID');
  });

  test('a session ends after 30 minutes without use, and after 12 hours of use', async () => {
    const idle = await rig.enter(LOGIN);
    rig.pass(30 * MINUTE);
    expect((await rig.ask('GET /v1/session', { token: idle.token })).body.code).toBe('SESSION_EXPIRED');
    const used = await rig.enter(LOGIN);
    for (let passed = 0; passed < 12 * 60 - 20; passed += 20) {
      rig.pass(20 * MINUTE);
      expect((await rig.ask('GET /v1/session', { token: used.token })).status).toBe(200);
    }
    rig.pass(20 * MINUTE);
    expect((await rig.ask('GET /v1/session', { token: used.token })).body.code).toBe('SESSION_EXPIRED');
  });

  test('log-out ends the session and empties the cookie', async () => {
    const { cookie, csrf } = await rig.enter(LOGIN);
    const out = await rig.ask('DELETE /v1/session', { cookie, csrf });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([200, expect.stringMatching(/^anjie_session=; .*Max-Age=0/)]);
    expect((await rig.ask('GET /v1/session', { cookie })).body.code).toBe('SESSION_INVALID');
  });

  test('a write by cookie needs its mark; a read and a bearer token do not', async () => {
    const mine = await rig.enter(LOGIN);
    const other = await rig.enter('sheng-jingban-2');
    const write = { toUser: 'sheng-jingban-2', validFrom: '2026-11-24', validTo: '2026-11-25' };
    for (const csrf of [undefined, '', 'x', other.csrf]) {
      const answer = await rig.ask('POST /v1/delegations', { cookie: mine.cookie, ...(csrf === undefined ? {} : { csrf }), body: write });
      expect([answer.status, answer.body.code]).toEqual([403, 'CSRF_INVALID']);
    }
    expect((await rig.ask('GET /v1/people/roles', { cookie: mine.cookie })).status).toBe(200);
    expect((await rig.ask('POST /v1/delegations', { cookie: mine.cookie, csrf: mine.csrf, body: write })).status).toBe(201);
    expect((await rig.ask('POST /v1/delegations', { token: mine.token, body: { ...write, toUser: LOGIN } })).body.code).toBe('DELEGATION_TO_SELF');
    const foreign = await rig.ask('POST /v1/session', { headers: { origin: 'https://elsewhere.example' }, body: WRONG });
    expect(foreign.body.code).toBe('ORIGIN_REFUSED');
  });

  test('a new password ends all sessions, opens a new one, and must be strong', async () => {
    const here = await rig.enter(LOGIN);
    const there = await rig.enter(LOGIN);
    const { password } = rig.logInOf(LOGIN);
    const weak = ['short1A#', 'alllowercaseletters', `X1#${LOGIN}abc`, password, 'Aa1'.repeat(60)];
    for (const newPassword of weak) {
      expect((await rig.ask('POST /v1/session/password', { token: here.token, body: { oldPassword: password, newPassword } })).body.code).toBe('PASSWORD_WEAK');
    }
    expect((await rig.ask('POST /v1/session/password', { token: here.token, body: { oldPassword: 'wrong', newPassword: 'Another-Passw0rd' } })).body.code).toBe('LOGIN_FAILED');
    const changed = await rig.ask('POST /v1/session/password', { token: here.token, body: { oldPassword: password, newPassword: 'Another-Passw0rd' } });
    expect([changed.status, changed.body.state]).toEqual([200, 'ready']);
    for (const { token } of [here, there]) expect((await rig.ask('GET /v1/session', { token })).body.code).toBe('SESSION_INVALID');
    expect((await rig.ask('GET /v1/session', { token: changed.body.token })).status).toBe(200);
    expect((await rig.ask('POST /v1/session', { body: { login: LOGIN, password } })).body.code).toBe('LOGIN_FAILED');
  });

  test('a new authenticator counts once it is proved, and needs a code of the former one', async () => {
    const { token } = await rig.enter(LOGIN);
    expect((await rig.ask('POST /v1/session/totp/confirm', { token, body: { code: '123456' } })).body.code).toBe('TOTP_NOT_BEGUN');
    const { body } = await rig.ask('POST /v1/session/totp', { token });
    expect(body.uri).toMatch(/^otpauth:\/\/totp\//);
    rig.pass(30_000);
    const code = totpCode(body.secret, rig.now());
    expect((await rig.ask('POST /v1/session/totp/confirm', { token, body: { code } })).body.code).toBe('LOGIN_FAILED');
    const presentCode = totpCode(rig.logInOf(LOGIN).totpSecret, rig.now());
    const confirmed = await rig.ask('POST /v1/session/totp/confirm', { token, body: { code, presentCode } });
    expect([confirmed.status, confirmed.body.state]).toEqual([200, 'ready']);
    expect((await rig.ask('GET /v1/session', { token })).body.code).toBe('SESSION_INVALID');
    const { password } = rig.logInOf(LOGIN);
    rig.pass(60_000);
    const first = await rig.ask('POST /v1/session', { body: { login: LOGIN, password } });
    const former = await rig.ask('POST /v1/session/second-factor', { body: { challenge: first.body.challenge, code: totpCode(rig.logInOf(LOGIN).totpSecret, rig.now()) } });
    expect(former.body.code).toBe('LOGIN_FAILED');
    const fresh = await rig.ask('POST /v1/session/second-factor', { body: { challenge: first.body.challenge, code: totpCode(body.secret, rig.now()) } });
    expect(fresh.status).toBe(200);
  });

  test('bodies that are no log-in are refused clearly', async () => {
    for (const [what, options, status] of BAD_BODIES) {
      const answer = await rig.ask('POST /v1/session', options);
      expect([what, answer.status, answer.headers.get('content-type')]).toEqual([what, status, expect.stringContaining('application/problem+json')]);
    }
  });

  test('what is no token of a session opens nothing', async () => {
    for (const authorization of ['Bearer x', 'Bearer as_short', `Bearer as_${'A'.repeat(43)}`, 'Basic YTpi', 'Bearer eyJhbGciOiJub25lIn0.e30.']) {
      const answer = await rig.ask('GET /v1/session', { headers: { authorization } });
      expect([authorization, answer.status, answer.body.code]).toEqual([authorization, 401, 'SESSION_INVALID']);
    }
  });

  test('no password, secret or token stands in the database in the clear', async () => {
    await rig.enter(LOGIN);
    const user = await rig.store.read((manager) => manager.findOneByOrFail(OfficeUser, { id: LOGIN }));
    expect(user.passwordHash).toMatch(/^\$argon2id\$/);
    const bytes = await database().bytesOnDisk();
    if (bytes === null) return;
    const { password, totpSecret } = rig.logInOf(LOGIN);
    for (const secret of [password, totpSecret, '示例省经办一']) expect(bytes.includes(Buffer.from(secret))).toBe(false);
  });
}, { ownServer: true });
