import { type Authority, actingPosts, authorityOf, useDecision } from '../../activities/people';
import type { Refusal } from '../../domain/commands';
import type { RoleKey } from '../../domain/people/role-keys';
import type { Decision } from '../../runtime/decisions';
import { Delegation, OfficeUser } from '../../store/entities';
import { onBothDatabases } from '../support/databases';
import { CITY, openPeopleRig, type PeopleRig, PROVINCE } from './rig';

const DAY = 24 * 3_600_000;

onBothDatabases('authority', (database) => {
  let rig: PeopleRig;
  let added = 0;

  beforeEach(async () => {
    rig = await openPeopleRig(database());
  });
  afterEach(async () => {
    await rig?.close();
  });

  const ask = (userId: string, forUserId: string, role: RoleKey, division = PROVINCE, at = rig.now()): Promise<Authority | Refusal> =>
    rig.store.read((manager) => authorityOf(manager, { userId, forUserId, role, division, at }));
  /** A user without posts. */
  const person = async (id: string): Promise<string> => {
    added += 1;
    await rig.store.write((manager) =>
      manager.insert(OfficeUser, {
        id, loginName: `${id}-${added}`, name: '示例', personKey: `person ${id}`, ownPersonKey: `person ${id}`, status: 'active', passwordHash: null,
        passwordExpiresAt: null, totpSecret: null, totpPending: null, totpConfirmedAt: null, totpLastStep: null, subject: null, activationCase: null,
        createdAt: rig.now(), updatedAt: rig.now(),
      }),
    );
    return id;
  };
  /** A row as it stands, whoever wrote it: what may be made is another matter. */
  const link = (fromUser: string, toUser: string, given: Partial<Delegation> = {}): Promise<unknown> =>
    rig.store.write((manager) =>
      manager.insert(Delegation, { fromUser, toUser, role: null, reason: '', validFrom: rig.now(), validTo: rig.now() + DAY, revokedAt: null, createdAt: rig.now(), ...given }),
    );

  test('a post counts in its division, and in no other, above or below', async () => {
    expect(await ask('shi01-shenpi-1', 'shi01-shenpi-1', 'approver', CITY)).toMatchObject({ userId: 'shi01-shenpi-1', forUserId: 'shi01-shenpi-1', role: 'approver', division: CITY });
    for (const division of [PROVINCE, '990101', '990200']) expect(await ask('shi01-shenpi-1', 'shi01-shenpi-1', 'approver', division)).toMatchObject({ code: 'POST_MISSING' });
    expect(await ask('shi01-shenpi-1', 'shi01-shenpi-1', 'maker', CITY)).toMatchObject({ code: 'POST_MISSING' });
    expect(await ask('nobody', 'nobody', 'maker')).toMatchObject({ code: 'USER_NOT_FOUND' });
  });

  test('a role that is taken between two calls does not count in the second', async () => {
    expect(await ask('sheng-shenpi-1', 'sheng-shenpi-1', 'approver')).toHaveProperty('personKey');
    rig.pass(1);
    expect(await rig.change({ change: 'revokeRole', userId: 'sheng-shenpi-1', role: 'approver', division: PROVINCE })).toHaveProperty('result');
    expect(await ask('sheng-shenpi-1', 'sheng-shenpi-1', 'approver')).toMatchObject({ code: 'POST_MISSING' });
    expect(await ask('sheng-shenpi-1', 'sheng-shenpi-1', 'approver', PROVINCE, rig.now() - 1)).toHaveProperty('personKey');
  });

  test('the rights of a session are those of the moment', async () => {
    const { token } = await rig.enter('sheng-guanli-1');
    expect((await rig.ask('GET /v1/people/audit', { token })).status).toBe(200);
    await rig.change({ change: 'revokeRole', userId: 'sheng-guanli-1', role: 'administrator', division: PROVINCE }, ['shi01-guanli-1', 'shi01-anquan-1']);
    const after = await rig.ask('GET /v1/people/audit', { token });
    expect([after.status, after.body.code]).toEqual([403, 'RIGHT_MISSING']);
    expect(await rig.audited()).toContain('right.refused');
  });

  test('by delegation for its time, in its role, while everybody is active; every person on the way is told', async () => {
    await link('sheng-shenpi-1', 'sheng-xietong-1', { role: 'approver' });
    const found = (await ask('sheng-xietong-1', 'sheng-shenpi-1', 'approver')) as Authority;
    const keys = await rig.store.read(async (manager) => (await manager.find(OfficeUser)).map(({ id, personKey }) => [id, personKey] as const));
    const keyOf = new Map(keys);
    expect(found).toMatchObject({ personKey: keyOf.get('sheng-xietong-1'), forPersonKey: keyOf.get('sheng-shenpi-1') });
    expect(found.chain).toEqual([keyOf.get('sheng-shenpi-1'), keyOf.get('sheng-xietong-1')]);
    expect(await ask('sheng-xietong-1', 'sheng-xietong-1', 'approver')).toMatchObject({ code: 'POST_MISSING' });
    expect(await ask('sheng-xietong-1', 'sheng-shenpi-2', 'approver')).toMatchObject({ code: 'POST_MISSING' });
    expect(await ask('sheng-xietong-1', 'sheng-shenpi-1', 'approver', PROVINCE, rig.now() + DAY)).toMatchObject({ code: 'POST_MISSING' });
    await rig.change({ change: 'disableUser', userId: 'sheng-shenpi-1' });
    expect(await ask('sheng-xietong-1', 'sheng-shenpi-1', 'approver')).toMatchObject({ code: 'USER_NOT_ACTIVE' });
  });

  test('at most three links, no circle, and nobody disabled between', async () => {
    const [a, b, c, d] = await Promise.all(['a', 'b', 'c', 'd'].map(person)) as [string, string, string, string];
    await link('sheng-shenpi-1', a);
    await link(a, b);
    await link(b, c);
    await link(c, d);
    // Closes a circle; whoever wrote it, it leads nowhere.
    await link(c, a);
    expect((await ask(c, 'sheng-shenpi-1', 'approver')) as Authority).toMatchObject({ chain: [expect.any(String), 'person a', 'person b', 'person c'] });
    expect(await ask(d, 'sheng-shenpi-1', 'approver')).toMatchObject({ code: 'POST_MISSING' });
    expect((await rig.store.read((manager) => actingPosts(manager, c, rig.now()))).map(({ forUserId, way }) => [forUserId, way.length])).toEqual([['sheng-shenpi-1', 4]]);
    await rig.change({ change: 'disableUser', userId: b });
    expect(await ask(c, 'sheng-shenpi-1', 'approver')).toMatchObject({ code: 'USER_NOT_ACTIVE' });
    expect(await rig.store.read((manager) => actingPosts(manager, c, rig.now()))).toEqual([]);
  });

  test('a revoked delegation ends at once and stays readable for the time before', async () => {
    await link('sheng-shenpi-1', 'sheng-xietong-1');
    rig.pass(1000);
    await rig.store.write((manager) => manager.update(Delegation, { fromUser: 'sheng-shenpi-1' }, { revokedAt: rig.now() }));
    expect(await ask('sheng-xietong-1', 'sheng-shenpi-1', 'approver')).toMatchObject({ code: 'POST_MISSING' });
    expect(await ask('sheng-xietong-1', 'sheng-shenpi-1', 'approver', PROVINCE, rig.now() - 1)).toHaveProperty('chain');
  });

  test('a decision is used once, whoever comes first', async () => {
    const decision: Decision = {
      nonce: 'n-1', userId: 'sheng-shenpi-1', forUserId: 'sheng-shenpi-1', caseId: 'c', step: 's', slot: null, round: 1, act: 'approve', opinionHash: '', seenHash: '',
      issuedAt: rig.now(), expiresAt: rig.now() + 1, origin: 'test',
    };
    const uses = await Promise.all([0, 1, 2, 3].map(() => rig.store.write((manager) => useDecision(manager, decision, rig.now()))));
    expect(uses.filter((problem) => problem === null)).toHaveLength(1);
    expect(uses.filter((problem) => problem?.code === 'DECISION_USED')).toHaveLength(3);
  });
});
