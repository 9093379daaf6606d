import roleSource from '../../schemas/processes/roles.json';
import definition from '../../schemas/processes/cases/people-change.json';
import { PEOPLE_CHANGES } from '../../domain/people/changes';
import { chainBetween, chainProblem, type DelegationLink } from '../../domain/people/delegations';
import { DivisionTree, mayIn, scopeOf } from '../../domain/people/divisions';
import { ROLE_KEYS, type RoleKey } from '../../domain/people/role-keys';
import { checkRoleBook, incompatiblePosts, rightsOf, roleBook } from '../../domain/people/roles';
import { afterFailure, type GuardState, isStrongPassword, lockedFor, SESSION_SETTINGS, sessionProblem } from '../../domain/people/settings';
import { demoPeople } from '../../cli/demo-people';

const tree = new DivisionTree(demoPeople().divisions);

describe('roles.json', () => {
  test('every role and right once, incompatibility both ways, nobody excluded by himself', () => {
    expect(roleBook.roles.map(({ key }) => key).sort()).toEqual([...ROLE_KEYS].sort());
    for (const { key, incompatibleWith } of roleBook.roles) {
      expect(incompatibleWith).not.toContain(key);
      for (const other of incompatibleWith) expect(roleBook.roles.find((role) => role.key === other)?.incompatibleWith).toContain(key);
    }
  });

  test.each<[RoleKey, RoleKey]>([
    ['accountant', 'cashier'], ['maker', 'reviewer'], ['maker', 'approver'], ['reviewer', 'approver'], ['firstReviewer', 'rechecker'], ['administrator', 'securityOfficer'],
    ['administrator', 'maker'], ['securityOfficer', 'approver'], ['cashier', 'approver'], ['operations', 'securityOfficer'],
  ])('%s and %s are two people', (one, other) => {
    expect([incompatiblePosts(one, [other]), incompatiblePosts(other, [one])]).toEqual([[other], [one]]);
  });

  const [first] = roleSource.roles;
  test.each([
    ['a role missing', { ...roleSource, roles: roleSource.roles.slice(1) }, 'role maker must stand there once'],
    ['a role twice', { ...roleSource, roles: [...roleSource.roles, first] }, 'role maker must stand there once'],
    ['an unknown role', { ...roleSource, roles: [...roleSource.roles, { ...first, key: 'king' }] }, 'unknown role king'],
    ['an unknown right', { ...roleSource, roles: [{ ...first, rights: ['everything'] }, ...roleSource.roles.slice(1)] }, 'unknown right everything'],
    ['an unknown exclusion', { ...roleSource, roles: [{ ...first, incompatibleWith: ['king'] }, ...roleSource.roles.slice(1)] }, 'cannot exclude king'],
    ['no name', { ...roleSource, roles: [{ ...first, zh: '' }, ...roleSource.roles.slice(1)] }, 'maker lacks a name'],
    ['a right without reach', { ...roleSource, rights: [{ ...roleSource.rights[0], reach: 'far' }, ...roleSource.rights.slice(1)] }, 'has no reach'],
    ['no list', { ...roleSource, roles: {} }, 'must be a list'],
  ])('%s is found at load', (_what, book, message) => {
    expect(() => checkRoleBook(book)).toThrow(message);
  });

  test('only the two keepers of people may propose or approve changes, and nobody both', () => {
    expect(ROLE_KEYS.filter((role) => rightsOf([role]).includes('people.propose'))).toEqual(['administrator']);
    expect(ROLE_KEYS.filter((role) => rightsOf([role]).includes('people.approve'))).toEqual(['securityOfficer']);
  });

  test('the form of people-change offers the roles and kinds that the program knows', () => {
    const choicesOf = (name: string): string[] => (definition.form.find((field) => field.name === name)?.choices ?? []).map(({ value }) => value);
    expect(choicesOf('role')).toEqual([...ROLE_KEYS]);
    expect(choicesOf('change').sort()).toEqual(Object.keys(PEOPLE_CHANGES).sort());
  });

  test('no person of the demonstration holds posts that exclude each other, and no ID number stands twice', () => {
    const { users } = demoPeople();
    for (const { posts } of users) for (const { role } of posts) expect(incompatiblePosts(role, posts.map((post) => post.role))).toEqual([]);
    expect(new Set(users.map(({ certno }) => certno)).size).toBe(users.length);
    expect(tree.nodes.filter(({ level }) => level === 'city')).toHaveLength(21);
  });
});

describe('divisions', () => {
  test.each([
    ['990101', ['990101', '990100', '990000']],
    ['990200', ['990200', '990000']],
    ['990000', ['990000']],
    ['110000', []],
  ])('the line above %s', (code, line) => {
    expect(tree.lineOf(code)).toEqual(line);
  });

  test.each<[string, 'case.read' | 'case.act' | 'unmask', RoleKey, string, string, boolean]>([
    ['own division', 'case.read', 'maker', '990100', '990100', true],
    ['below', 'case.read', 'maker', '990100', '990101', true],
    ['parent for reading', 'case.read', 'maker', '990100', '990000', true],
    ['not the neighbour', 'case.read', 'maker', '990100', '990200', false],
    ['no act in the parent', 'case.act', 'maker', '990100', '990000', false],
    ['no act below', 'case.act', 'maker', '990100', '990101', false],
    ['unmask below', 'unmask', 'reviewer', '990000', '990101', true],
    ['no unmask above', 'unmask', 'reviewer', '990100', '990000', false],
    ['no right, no reach', 'unmask', 'cashier', '990000', '990000', false],
  ])('%s', (_what, right, role, home, division, may) => {
    expect(mayIn(right, [{ role, division: home }], division, tree)).toBe(may);
  });

  test('a tree that bites its tail ends', () => {
    const broken = new DivisionTree([{ code: '990001', name: '甲', level: 'city', parent: '990002' }, { code: '990002', name: '乙', level: 'city', parent: '990001' }]);
    expect(broken.lineOf('990001')).toEqual(['990001', '990002']);
    expect(scopeOf('case.read', [{ role: 'maker', division: '990001' }], broken)).toEqual(['990001', '990002']);
  });
});

describe('delegations', () => {
  const links = (...pairs: string[]): DelegationLink[] => pairs.map((pair) => ({ fromUser: pair[0] ?? '', toUser: pair[1] ?? '', role: pair.slice(2) === '' ? null : (pair.slice(2) as RoleKey) }));

  test.each<[string, DelegationLink[], string, string, string | null]>([
    ['himself', [], 'A', 'A', 'A'],
    ['nobody', [], 'A', 'B', null],
    ['one link', links('AB'), 'A', 'B', 'AB'],
    ['not backwards', links('AB'), 'B', 'A', null],
    ['three links', links('AB', 'BC', 'CD'), 'A', 'D', 'ABCD'],
    ['four are too many', links('AB', 'BC', 'CD', 'DE'), 'A', 'E', null],
    ['the shortest way', links('AB', 'BC', 'AC'), 'A', 'C', 'AC'],
    ['a circle leads nowhere', links('AB', 'BA', 'BC'), 'A', 'C', 'ABC'],
    ['the role meant', links('ABapprover'), 'A', 'B', 'AB'],
    ['another role', links('ABmaker'), 'A', 'B', null],
    ['a role on each link', links('AB', 'BCmaker'), 'A', 'C', null],
  ])('%s', (_what, standing, holder, actor, way) => {
    expect(chainBetween(standing, holder, actor, 'approver')?.join('') ?? null).toBe(way);
  });

  test.each<[string, DelegationLink[], string, string | null]>([
    ['a first one', [], 'AB', null],
    ['back', links('AB'), 'BA', 'cycle'],
    ['A→B→C→A', links('AB', 'BC'), 'CA', 'cycle'],
    ['back in another role', links('ABmaker'), 'BAapprover', null],
    ['a third link', links('AB', 'BC'), 'CD', null],
    ['a fourth at the end', links('AB', 'BC', 'CD'), 'DE', 'tooLong'],
    ['a fourth at the start', links('BC', 'CD', 'DE'), 'AB', 'tooLong'],
    ['a fourth between', links('AB', 'CD', 'DE'), 'BC', 'tooLong'],
  ])('%s', (_what, standing, added, problem) => {
    expect(chainProblem(standing, links(added)[0] as DelegationLink)).toBe(problem);
  });
});

describe('locks, sessions, passwords', () => {
  const MINUTE = 60_000;

  test('locks double up to a day and are forgotten after one', () => {
    let guard: GuardState | null = null;
    let now = 1e12;
    const minutes: number[] = [];
    for (let lock = 0; lock < 9; lock += 1) {
      for (let failure = 0; failure < 5; failure += 1) guard = afterFailure(guard, now, SESSION_SETTINGS);
      minutes.push(lockedFor(guard, now) / MINUTE);
      now += lockedFor(guard, now);
    }
    expect(minutes).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
    now += 25 * 60 * MINUTE;
    for (let failure = 0; failure < 5; failure += 1) guard = afterFailure(guard, now, SESSION_SETTINGS);
    expect(lockedFor(guard, now) / MINUTE).toBe(15);
  });

  test.each([
    ['in use', { lastSeenAt: 0, expiresAt: 1e9, endedAt: null }, 30 * MINUTE - 1, null],
    ['idle', { lastSeenAt: 0, expiresAt: 1e9, endedAt: null }, 30 * MINUTE, 'expired'],
    ['at its end', { lastSeenAt: 1e9, expiresAt: 1e9, endedAt: null }, 1e9, 'expired'],
    ['ended', { lastSeenAt: 0, expiresAt: 1e9, endedAt: 5 }, 6, 'ended'],
  ])('a session %s', (_what, session, now, problem) => {
    expect(sessionProblem(session, now, SESSION_SETTINGS)).toBe(problem);
  });

  test.each([
    ['Correct-Horse-9', true], ['correct horse battery 9', true], ['Short-1a', false], ['onlylowercaseletters', false], ['Sheng-Jingban-1#A', false],
    ['Aa1Aa1Aa1Aa1', false], [`Aa1#${'x'.repeat(125)}`, false], ['中文密码也可以的呀Aa1', true],
  ])('%s', (password, strong) => {
    expect(isStrongPassword(password, 'sheng-jingban-1')).toBe(strong);
  });
});
