import { operations } from '../../activities/people';
import { AuditEvent, Division, OfficeUser, RoleAssignment } from '../../store/entities';
import { onBothDatabases } from '../support/databases';
import { makeIdNumber } from '../support/identity';
import { CITY, contextOf, COUNTY, openPeopleRig, OTHER_CITY, type PeopleRig, PROVINCE } from './rig';

const NEW = { change: 'createUser', loginName: 'shi01-xin-1', name: '示例新人', certno: makeIdNumber('1990-01-01', 901), division: CITY };

const BAD_FORMS: readonly [what: string, form: Record<string, unknown>][] = [
  ['no kind', {}],
  ['an unknown kind', { change: 'makeKing' }],
  ['no person', { change: 'disableUser' }],
  ['../ in an id', { change: 'disableUser', userId: '../sheng-guanli-1' }],
  ['an empty name', { ...NEW, name: '' }],
  ['only spaces', { ...NEW, name: '   ' }],
  ['41 characters', { ...NEW, name: '甲'.repeat(41) }],
  ['marks that turn the text', { ...NEW, name: '示例\u202e甲' }],
  ['a formula', { ...NEW, name: '=cmd|calc' }],
  ['a line end', { ...NEW, name: '示例\n甲' }],
  ['a BOM at the start', { ...NEW, name: '\ufeff示例' }],
  ['a lone surrogate', { ...NEW, name: '示例\ud800' }],
  ['an upper-case login', { ...NEW, loginName: 'Admin' }],
  ['a wrong check digit', { ...NEW, certno: '990101199001019019' }],
  ['no ID number', { ...NEW, certno: '' }],
  ['an unknown role', { change: 'assignRole', userId: 'x', role: 'root', division: CITY }],
  ['an end before the start', { change: 'assignRole', userId: 'x', role: 'maker', division: CITY, validFrom: '2026-12-02', validTo: '2026-12-01' }],
  ['a day that is not', { change: 'assignRole', userId: 'x', role: 'maker', division: CITY, validFrom: '2026-02-30' }],
];

onBothDatabases('changes of people', (database) => {
  let rig: PeopleRig;

  beforeEach(async () => {
    rig = await openPeopleRig(database());
  });
  afterEach(async () => {
    await rig?.close();
  });

  const idOf = async (loginName: string): Promise<string> => (await rig.store.read((manager) => manager.findOneByOrFail(OfficeUser, { loginName }))).id;
  const openPosts = (userId: string) =>
    rig.store.read(async (manager) => (await manager.find(RoleAssignment, { where: { userId }, order: { id: 'ASC' } })).filter(({ validTo }) => validTo === null).map(({ role, division }) => `${role} ${division}`));

  test('an account is opened, gets a post, logs in the first time, and loses the post', async () => {
    expect(await rig.change({ ...NEW, role: 'maker' })).toMatchObject({ result: { loginName: 'shi01-xin-1' } });
    const userId = await idOf('shi01-xin-1');
    expect(await openPosts(userId)).toEqual([`maker ${CITY}`]);
    expect(await rig.change({ change: 'assignRole', userId, role: 'cityConfirmer', division: CITY })).toHaveProperty('result');
    expect(await openPosts(userId)).toEqual([`maker ${CITY}`, `cityConfirmer ${CITY}`]);
    expect(await rig.change({ change: 'assignRole', userId, role: 'cityConfirmer', division: CITY })).toMatchObject({ code: 'POST_EXISTS' });

    const administrator = await rig.enter('shi01-guanli-1');
    const issue = () => rig.ask(`POST /v1/people/users/${userId}/activation`, { token: administrator.token });
    const issued = await issue();
    expect([issued.status, (await issue()).body.code]).toEqual([200, 'ACTIVATION_NOT_ALLOWED']);
    const entered = await rig.ask('POST /v1/session', { body: { login: 'shi01-xin-1', password: issued.body.code } });
    expect(entered.body).toMatchObject({ state: 'ready', setUp: ['password', 'totp'] });
    const early = await rig.ask('GET /v1/people/roles', { token: entered.body.token });
    expect([early.status, early.body.code]).toEqual([403, 'SET_UP_INCOMPLETE']);
    const changed = await rig.ask('POST /v1/session/password', { token: entered.body.token, body: { oldPassword: issued.body.code, newPassword: 'First-Passw0rd-2026' } });
    expect(changed.body).toMatchObject({ state: 'ready', setUp: ['totp'] });
    const { body } = await rig.ask('POST /v1/session/totp', { token: changed.body.token });
    const { totpCode } = await import('../../activities/people/totp');
    const done = await rig.ask('POST /v1/session/totp/confirm', { token: changed.body.token, body: { code: totpCode(body.secret, rig.now()) } });
    expect(done.body).toMatchObject({ state: 'ready', setUp: [] });
    expect((await rig.ask('GET /v1/people/roles', { token: done.body.token })).status).toBe(200);

    expect(await rig.change({ change: 'revokeRole', userId, role: 'maker', division: CITY })).toHaveProperty('result');
    expect(await rig.change({ change: 'revokeRole', userId, role: 'maker', division: CITY })).toMatchObject({ code: 'POST_NOT_HELD' });
    expect(await openPosts(userId)).toEqual([`cityConfirmer ${CITY}`]);
  });

  test('an activation code is no longer taken after a day, and nobody draws his own', async () => {
    await rig.change({ change: 'resetLogin', userId: 'shi01-shenhe-1' });
    const { token } = await rig.enter('shi01-guanli-1');
    const { body } = await rig.ask('POST /v1/people/users/shi01-shenhe-1/activation', { token });
    rig.pass(24 * 3_600_000);
    expect((await rig.ask('POST /v1/session', { body: { login: 'shi01-shenhe-1', password: body.code } })).body.code).toBe('LOGIN_FAILED');
    const again = await rig.enter('shi01-guanli-1');
    for (const [userId, code] of [['shi01-guanli-1', 'SELF_BENEFIT'], ['shi02-jingban-1', 'DIVISION_OUT_OF_SCOPE'], ['nobody', 'USER_NOT_FOUND']]) {
      expect((await rig.ask(`POST /v1/people/users/${userId}/activation`, { token: again.token })).body.code).toBe(code);
    }
    const clerk = await rig.enter('shi01-jingban-1');
    expect((await rig.ask('POST /v1/people/users/shi01-shenhe-1/activation', { token: clerk.token })).body.code).toBe('RIGHT_MISSING');
  });

  test('nobody changes his own rights: as maker, as checker, by another account, or by whom he lets act for him', async () => {
    const grant = (userId: string) => ({ change: 'assignRole', userId, role: 'statistician', division: CITY });
    const both = ['shi01-guanli-1', 'shi01-anquan-1'];
    for (const userId of both) expect(await rig.change(grant(userId), both, CITY)).toMatchObject({ code: 'SELF_BENEFIT' });
    for (const kind of ['disableUser', 'resetLogin', 'enableUser', 'unlinkAccounts']) expect(await rig.change({ change: kind, userId: both[0] }, both, CITY)).toMatchObject({ code: 'SELF_BENEFIT' });
    expect(await rig.change({ change: 'revokeRole', userId: both[1], role: 'securityOfficer', division: CITY }, both, CITY)).toMatchObject({ code: 'SELF_BENEFIT' });

    // A second account of the administrator, tied by a case of others.
    await rig.change(NEW);
    const second = await idOf('shi01-xin-1');
    expect(await rig.change({ change: 'linkAccounts', userId: 'shi01-guanli-1', otherUserId: second })).toHaveProperty('result');
    expect(await rig.change(grant(second), both, CITY)).toMatchObject({ code: 'SELF_BENEFIT' });
    expect(await rig.change({ change: 'unlinkAccounts', userId: second }, both, CITY)).toMatchObject({ code: 'SELF_BENEFIT' });
    expect(await rig.change({ change: 'linkAccounts', userId: second, otherUserId: 'shi01-shenhe-1' }, both, CITY)).toMatchObject({ code: 'SELF_BENEFIT' });

    // The same human by his ID number: an account opened for oneself.
    await rig.change({ ...NEW, loginName: 'shi01-third', certno: makeIdNumber('1991-02-02', 902), role: 'administrator' });
    const third = await idOf('shi01-third');
    const own = { ...NEW, loginName: 'shi01-fourth', certno: makeIdNumber('1991-02-02', 902) };
    expect(await rig.change(own, [third, 'shi01-anquan-1'], CITY)).toMatchObject({ code: 'SELF_BENEFIT' });

    // Whoever the person lets act for him signs in his place.
    const days = { validFrom: '2026-11-23', validTo: '2026-11-30' };
    const officer = await rig.enter('shi01-anquan-1');
    expect((await rig.ask('POST /v1/delegations', { token: officer.token, body: { toUser: third, ...days } })).body.code).toBe('POSTS_INCOMPATIBLE');
    const { token } = await rig.enter('shi01-jingban-1');
    expect((await rig.ask('POST /v1/delegations', { token, body: { toUser: 'shi01-xietong-1', ...days } })).status).toBe(201);
    const byDelegate = ['sheng-guanli-1', 'shi01-xietong-1'];
    expect(await rig.change({ ...grant('shi01-jingban-1') }, byDelegate, CITY)).toMatchObject({ code: 'SELF_BENEFIT' });
    expect((await rig.audited()).filter((event) => event === 'people.changed')).toHaveLength(3);
  });

  test('posts that exclude each other are not held by one human, by whatever way', async () => {
    const assign = (userId: string, role: string, division = CITY) => rig.change({ change: 'assignRole', userId, role, division });
    expect(await assign('shi01-kuaiji-1', 'cashier')).toMatchObject({ code: 'POSTS_INCOMPATIBLE', message: '出纳与已任的会计不相容，不得由同一人担任。' });
    expect(await assign('shi01-jingban-1', 'approver', COUNTY)).toMatchObject({ code: 'POSTS_INCOMPATIBLE' });
    expect(await rig.change({ change: 'linkAccounts', userId: 'shi01-kuaiji-1', otherUserId: 'shi01-chuna-1' })).toMatchObject({ code: 'POSTS_INCOMPATIBLE' });
    await rig.change({ ...NEW, role: 'accountant' });
    expect(await rig.change({ ...NEW, loginName: 'shi01-zweit', role: 'cashier' })).toMatchObject({ code: 'POSTS_INCOMPATIBLE' });
    // Two changes of one human at once, each right by itself.
    await rig.change({ ...NEW, loginName: 'shi01-neu', certno: makeIdNumber('1992-03-03', 903) });
    const userId = await idOf('shi01-neu');
    const outcomes = await Promise.all([assign(userId, 'accountant'), assign(userId, 'cashier')]);
    expect(outcomes.filter((outcome) => 'result' in outcome)).toHaveLength(1);
    expect(outcomes.filter((outcome) => 'code' in outcome && outcome.code === 'POSTS_INCOMPATIBLE')).toHaveLength(1);
  });

  test('a case changes people of its division and below only', async () => {
    const assign = (userId: string, division: string) => rig.change({ change: 'assignRole', userId, role: 'statistician', division }, ['shi01-guanli-1', 'shi01-anquan-1'], CITY);
    expect(await assign('shi01-jingban-1', PROVINCE)).toMatchObject({ code: 'DIVISION_OUT_OF_SCOPE' });
    expect(await assign('shi01-jingban-1', OTHER_CITY)).toMatchObject({ code: 'DIVISION_OUT_OF_SCOPE' });
    expect(await assign('shi01-jingban-1', '990199')).toMatchObject({ code: 'DIVISION_NOT_FOUND' });
    expect(await assign('xian01-jingban-1', COUNTY)).toHaveProperty('result');
    for (const userId of ['sheng-jingban-1', 'shi02-jingban-1']) {
      expect(await rig.change({ change: 'disableUser', userId }, ['shi01-guanli-1', 'shi01-anquan-1'], CITY)).toMatchObject({ code: 'DIVISION_OUT_OF_SCOPE' });
    }
  });

  test('disabling ends the sessions at once; enabling opens the account again', async () => {
    const { token } = await rig.enter('shi01-jingban-1');
    await rig.change({ change: 'disableUser', userId: 'shi01-jingban-1' });
    expect((await rig.ask('GET /v1/session', { token })).body.code).toBe('SESSION_INVALID');
    expect(await rig.change({ change: 'disableUser', userId: 'shi01-jingban-1' })).toMatchObject({ code: 'USER_NOT_ACTIVE' });
    await rig.change({ change: 'enableUser', userId: 'shi01-jingban-1' });
    expect((await rig.enter('shi01-jingban-1')).token).toMatch(/^as_/);
    expect(await rig.audited()).toContain('session.ended');
  });

  test('a division changes from a day on and keeps its past', async () => {
    const rename = { change: 'changeDivision', division: COUNTY, divisionName: '示例新县', divisionLevel: 'county', divisionParent: CITY, validFrom: '2026-12-01' };
    expect(await rig.change(rename)).toMatchObject({ result: { division: COUNTY } });
    const rows = await rig.store.read((manager) => manager.find(Division, { where: { code: COUNTY }, order: { validFrom: 'ASC' } }));
    expect(rows.map(({ name, validFrom, validTo }) => [name, validFrom, validTo])).toEqual([['示例一县', '2020-01-01', '2026-12-01'], ['示例新县', '2026-12-01', null]]);
    const { token } = await rig.enter('sheng-jingban-1');
    const nameNow = async () => (await rig.ask('GET /v1/people/divisions', { token })).body.items.find(({ code }: { code: string }) => code === COUNTY).name;
    expect(await nameNow()).toBe('示例一县');
    for (const wrong of [
      { validFrom: '2026-11-22' }, { divisionLevel: 'city' }, { divisionParent: '990199' }, { divisionParent: COUNTY }, { divisionLevel: 'province', divisionParent: CITY },
    ]) {
      expect(await rig.change({ ...rename, division: '990102', ...wrong })).toMatchObject({ code: expect.stringMatching(/^DIVISION_/) });
    }
    expect(await rig.change({ ...rename, validFrom: '2026-12-05' })).toMatchObject({ code: 'DIVISION_CHANGE_INVALID' });
  });

  test.each([
    ['a grant', { change: 'assignRole', userId: 'shi01-shenhe-1', role: 'statistician', division: CITY }],
    ['a revocation', { change: 'revokeRole', userId: 'shi01-shenhe-1', role: 'reviewer', division: CITY }],
    ['a disabling', { change: 'disableUser', userId: 'shi01-shenhe-1' }],
    ['a link', { change: 'linkAccounts', userId: 'shi01-shenhe-1', otherUserId: 'shi01-xietong-1' }],
    ['a division', { change: 'changeDivision', division: COUNTY, divisionName: '示例新县', divisionLevel: 'county', divisionParent: CITY, validFrom: '2026-11-23' }],
  ])('%s is taken back when its case does not come to its end, once', async (_what, form) => {
    const operation = operations['people.change'];
    const context = contextOf(form, ['sheng-guanli-1', 'sheng-anquan-1'], PROVINCE, rig.now());
    const state = () => rig.store.read(async (manager) => ({
      users: (await manager.find(OfficeUser, { order: { id: 'ASC' } })).map(({ id, personKey, status }) => [id, personKey, status]),
      posts: (await manager.find(RoleAssignment)).filter(({ validTo }) => validTo === null).map(({ userId, role, division }) => `${userId} ${role} ${division}`).sort(),
      divisions: await manager.find(Division, { order: { code: 'ASC', validFrom: 'ASC' } }),
    }));
    const before = await state();
    await rig.store.write((manager) => operation?.compensate?.(manager, context) ?? Promise.resolve());
    expect(await state()).toEqual(before);
    expect(await rig.store.write(async (manager) => operation?.apply?.(manager, context))).toHaveProperty('result');
    expect(await state()).not.toEqual(before);
    for (let time = 0; time < 2; time += 1) await rig.store.write((manager) => operation?.compensate?.(manager, context) ?? Promise.resolve());
    expect(await state()).toEqual(before);
    expect((await rig.audited()).slice(-2)).toEqual(['people.changed', 'people.undone']);
  });

  test('forms that are no change are refused in words', async () => {
    for (const [what, form] of BAD_FORMS) {
      const context = contextOf(form, ['sheng-guanli-1', 'sheng-anquan-1'], PROVINCE, rig.now());
      const problem = await rig.store.read((manager) => operations['people.change']?.check?.(manager, context) ?? Promise.resolve(null));
      expect([what, problem]).toEqual([what, { code: 'PEOPLE_CHANGE_INVALID', message: expect.stringMatching(/。$/) }]);
    }
  });

  test('a rare character of four bytes is a name like any other', async () => {
    expect(await rig.change({ ...NEW, name: '示例𠮷' })).toHaveProperty('result');
    expect((await rig.store.read((manager) => manager.findOneByOrFail(OfficeUser, { loginName: NEW.loginName }))).name).toBe('示例𠮷');
  });

  test('what a case did to people stands in the audit trail with who did it', async () => {
    await rig.change({ change: 'disableUser', userId: 'shi01-shenhe-1' });
    const [line] = await rig.store.read((manager) => manager.find(AuditEvent, { where: { event: 'people.changed' }, order: { id: 'DESC' } }));
    expect(line?.detail).toMatchObject({ change: 'disableUser', userId: 'shi01-shenhe-1', by: [{ userId: 'sheng-guanli-1', act: 'submit' }, { userId: 'sheng-anquan-1', act: 'approve' }] });
  });
});
