import { AuditEvent, OfficeUser } from '../../store/entities';
import { openStay } from '../../domain/admission/state';
import { onBothDatabases } from '../support/databases';
import { insertAdmission, INSTITUTION } from '../api/harness';
import { CITY, openPeopleRig, type PeopleRig } from './rig';

const DAYS = { validFrom: '2026-11-23', validTo: '2026-11-27' };

onBothDatabases('people over the API', (database) => {
  let rig: PeopleRig;

  beforeEach(async () => {
    rig = await openPeopleRig(database());
  });
  afterEach(async () => {
    await rig?.close();
  });

  const tokenOf = async (login: string): Promise<string> => (await rig.enter(login)).token;
  const delegate = (token: string, toUser: string, more: object = {}) => rig.ask('POST /v1/delegations', { token, body: { toUser, ...DAYS, ...more } });

  test('lists show whom the scope reaches, page by page', async () => {
    const clerk = await tokenOf('shi01-jingban-1');
    const logins = async (token: string, query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await rig.ask(`GET /v1/people/users?limit=7${query}${cursor && `&cursor=${cursor}`}`, { token });
        found.push(...body.items.map(({ loginName }: { loginName: string }) => loginName));
        cursor = body.nextCursor ?? '';
        if (cursor === '') return found;
      }
    };
    const seen = await logins(clerk, '');
    expect([seen.some((login) => login.startsWith('shi02')), seen.includes('sheng-shenpi-1'), seen.includes('xian01-jingban-1')]).toEqual([false, true, true]);
    expect(seen).toEqual([...seen].sort());
    expect(await logins(clerk, `&role=approver&division=${CITY}`)).toEqual(['shi01-shenpi-1', 'shi01-shenpi-2']);
    expect(await logins(clerk, `&q=${encodeURIComponent('一市审批')}`)).toEqual(['shi01-shenpi-1', 'shi01-shenpi-2']);
    await rig.change({ change: 'disableUser', userId: 'shi01-shenpi-2' });
    expect(await logins(clerk, '&q=shi01-shenpi')).toEqual(['shi01-shenpi-1']);
    expect(await logins(await tokenOf('shi01-guanli-1'), '&q=shi01-shenpi')).toEqual(['shi01-shenpi-1', 'shi01-shenpi-2']);
    const posts = await rig.ask('GET /v1/people/posts', { token: clerk });
    expect(posts.body.rows.find(({ division }: { division: string }) => division === CITY).names.approver).toEqual(['示例一市审批一']);
  });

  test('what the keepers of people do is theirs', async () => {
    const token = await tokenOf('sheng-shenpi-1');
    for (const path of ['GET /v1/people/assignments', 'GET /v1/people/audit', 'POST /v1/people/users/sheng-jingban-1/activation']) {
      expect([path, (await rig.ask(path, { token })).body.code, (await rig.ask(path)).body.code]).toEqual([path, 'RIGHT_MISSING', 'SESSION_MISSING']);
    }
  });

  test('queries that are none are refused', async () => {
    const token = await tokenOf('sheng-jingban-1');
    const queries = ['limit=0', 'limit=x', 'cursor=!', 'sort=unknown', `q=${'a'.repeat(5_000)}`, 'role=king', 'division=99', 'q=%27%20OR%201=1&q=b', 'q[]=a', 'q=990101195803120019'];
    for (const query of queries) expect([query, (await rig.ask(`GET /v1/people/users?${query}`, { token })).status]).toEqual([query, 400]);
  });

  test('a delegation is made, listed, and revoked by either of its people', async () => {
    const from = await tokenOf('shi01-jingban-1');
    const made = await delegate(from, 'shi01-jingban-2', { role: 'maker', reason: '出差' });
    expect(made.body).toMatchObject({ fromName: '示例一市经办一', toName: '示例一市经办二', role: 'maker', ...DAYS, revokedAt: null });
    expect((await rig.ask('GET /v1/people/delegations', { token: from })).body.items).toHaveLength(1);
    expect((await rig.ask('GET /v1/people/delegations', { token: await tokenOf('shi01-shenpi-1') })).body.items).toHaveLength(0);
    expect((await rig.ask('GET /v1/people/delegations', { token: await tokenOf('shi01-anquan-1') })).body.items).toHaveLength(1);
    const stranger = await tokenOf('shi01-shenpi-1');
    expect((await rig.ask(`DELETE /v1/delegations/${made.body.id}`, { token: stranger })).body.code).toBe('DELEGATION_NOT_FOUND');
    const to = await tokenOf('shi01-jingban-2');
    for (let time = 0; time < 2; time += 1) expect((await rig.ask(`DELETE /v1/delegations/${made.body.id}`, { token: to })).body.revokedAt).toEqual(expect.any(Number));
    for (const id of ['0', '..%2f1', '%2e%2e', '1e3', 'x'.repeat(300)]) expect((await rig.ask(`DELETE /v1/delegations/${id}`, { token: to })).body.code).toMatch(/^(PATH_INVALID|DELEGATION_NOT_FOUND|ROUTE_UNKNOWN)$/);
  });

  test('a delegation that may not be is refused with its own code', async () => {
    const maker = await tokenOf('shi01-jingban-1');
    const cases: readonly [what: string, toUser: string, more: object, code: string][] = [
      ['to oneself', 'shi01-jingban-1', {}, 'DELEGATION_TO_SELF'],
      ['to nobody', 'nobody', {}, 'USER_NOT_FOUND'],
      ['across divisions', 'shi02-jingban-1', {}, 'DELEGATION_ACROSS_DIVISIONS'],
      ['to the checker', 'shi01-shenpi-1', {}, 'POSTS_INCOMPATIBLE'],
      ['of a role not held', 'shi01-jingban-2', { role: 'approver' }, 'POST_MISSING'],
      ['that ends before it begins', 'shi01-jingban-2', { validTo: '2026-11-22' }, 'DELEGATION_DATES_INVALID'],
      ['of yesterday', 'shi01-jingban-2', { validFrom: '2026-11-20' }, 'DELEGATION_DATES_INVALID'],
      ['for ever', 'shi01-jingban-2', { validTo: '9999-12-30' }, 'DELEGATION_DATES_INVALID'],
      ['on no day', 'shi01-jingban-2', { validTo: '2026-02-30' }, 'FIELD_INVALID'],
      ['with a reason of 10,000 characters', 'shi01-jingban-2', { reason: '甲'.repeat(10_000) }, 'FIELD_INVALID'],
      ['with an unknown field', 'shi01-jingban-2', { fromUser: 'sheng-shenpi-1' }, 'FIELD_INVALID'],
    ];
    for (const [what, toUser, more, code] of cases) expect([what, (await delegate(maker, toUser, more)).body.code]).toEqual([what, code]);
    const other = await tokenOf('shi01-jingban-2');
    expect((await delegate(maker, 'shi01-jingban-2')).status).toBe(201);
    expect((await delegate(other, 'shi01-jingban-1')).body.code).toBe('DELEGATION_CYCLE');
    const race = await Promise.all([delegate(await tokenOf('shi01-shenpi-1'), 'shi01-shenpi-2'), delegate(await tokenOf('shi01-shenpi-2'), 'shi01-shenpi-1')]);
    expect(race.map(({ status }) => status).sort()).toEqual([201, 422]);
  });

  test('a linked account is oneself', async () => {
    await rig.change({ change: 'linkAccounts', userId: 'shi01-jingban-1', otherUserId: 'shi01-jingban-2' });
    expect((await delegate(await tokenOf('shi01-jingban-1'), 'shi01-jingban-2')).body.code).toBe('DELEGATION_TO_SELF');
  });

  test('what is masked is shown to who may see it, with a reason, and every look is recorded', async () => {
    const opened = {
      institution: INSTITUTION, iptNo: 'ZY1', round: 1, profile: 'default', insutype: '310', medType: '21', begntime: '2026-11-20 08:00:00',
    } as Parameters<typeof openStay>[0];
    await insertAdmission(rig.store, opened);
    const token = await tokenOf('shi01-jingban-1');
    const look = (given: object, by = token) => rig.ask('POST /v1/unmask', { token: by, body: { subject: `admission/${INSTITUTION}/ZY1/1`, field: 'patientName', reason: '核对患者身份', ...given } });
    expect((await look({})).body).toEqual({ value: '示例甲' });
    expect((await look({ field: 'certno' })).body).toEqual({ value: '990101195803120019' });
    for (const field of ['state', 'constructor', 'toString', '__proto__']) expect((await look({ field })).body.code).toMatch(/^(UNMASK_NOT_FOUND|FIELD_INVALID)$/);
    expect((await look({ subject: 'admission/x/y/1' })).body.code).toBe('UNMASK_NOT_FOUND');
    expect((await look({ subject: 'admission/../1' })).body.code).toMatch(/^(UNMASK_NOT_FOUND|FIELD_INVALID)$/);
    for (const reason of ['', '看看', '   ', 'a'.repeat(201)]) expect((await look({ reason })).body.code).toBe('FIELD_INVALID');
    expect((await look({}, await tokenOf('shi02-jingban-1'))).body.code).toBe('DIVISION_OUT_OF_SCOPE');
    expect((await look({}, await tokenOf('shi01-chuna-1'))).body.code).toBe('RIGHT_MISSING');
    const lines = await rig.store.read((manager) => manager.find(AuditEvent, { where: { event: 'unmasked' }, order: { id: 'ASC' } }));
    expect(lines.map(({ userId, subject, detail }) => [userId, subject, detail])).toEqual([
      ['shi01-jingban-1', `admission/${INSTITUTION}/ZY1/1`, { field: 'patientName', reason: '核对患者身份' }],
      ['shi01-jingban-1', `admission/${INSTITUTION}/ZY1/1`, { field: 'certno', reason: '核对患者身份' }],
    ]);
  });

  test('the audit is whole: each kind of event, in order, without secrets, and a changed line shows', async () => {
    const login = 'shi01-jingban-1';
    const { password } = rig.logInOf(login);
    await rig.ask('POST /v1/session', { body: { login, password: 'wrong' } });
    const { token } = await rig.enter(login);
    await delegate(token, 'shi01-jingban-2');
    await rig.ask('GET /v1/people/audit', { token });
    await rig.ask('POST /v1/session/totp', { token });
    const changed = await rig.ask('POST /v1/session/password', { token, body: { oldPassword: password, newPassword: 'Another-Passw0rd' } });
    await rig.ask('DELETE /v1/session', { token: changed.body.token });
    await rig.change({ change: 'resetLogin', userId: login });
    const keeper = await tokenOf('sheng-guanli-1');
    await rig.ask(`POST /v1/people/users/${login}/activation`, { token: keeper });
    expect(await rig.audited()).toEqual([
      'people.setUp', 'session.failed', 'session.opened', 'delegation.made', 'right.refused', 'totp.begun', 'password.changed', 'session.ended', 'session.opened',
      'session.closed', 'people.changed', 'session.opened', 'activation.issued',
    ]);
    const text = JSON.stringify(await rig.store.read((manager) => manager.find(AuditEvent)));
    for (const secret of [password, token, changed.body.token, 'Another-Passw0rd', '示例一市']) expect(text.includes(secret)).toBe(false);

    const page = async () => (await rig.ask('GET /v1/people/audit?limit=100', { token: keeper })).body.items as { id: number; intact: boolean; event: string; name: string | null }[];
    expect((await page()).every(({ intact }) => intact)).toBe(true);
    const [victim] = (await page()).filter(({ event }) => event === 'activation.issued');
    expect(victim?.name).toBe('示例省管理一');
    await rig.store.write((manager) => manager.query('UPDATE audit_event SET user_id = ? WHERE id = ?', ['sheng-anquan-1', victim?.id]));
    expect((await page()).filter(({ intact }) => !intact).map(({ id }) => id)).toEqual([victim?.id]);

    const city = await tokenOf('shi02-guanli-1');
    const seen = (await rig.ask('GET /v1/people/audit', { token: city })).body.items as { userId: string | null }[];
    expect(seen.filter(({ userId }) => !userId?.startsWith('shi02') && !userId?.startsWith('sheng'))).toEqual([]);
  });

  test('a name is encrypted at rest', async () => {
    const bytes = await database().bytesOnDisk();
    const { name } = await rig.store.read((manager) => manager.findOneByOrFail(OfficeUser, { id: 'shi01-jingban-1' }));
    expect(name).toBe('示例一市经办一');
    if (bytes !== null) expect(bytes.includes(Buffer.from(name))).toBe(false);
  });
}, { ownServer: true });
