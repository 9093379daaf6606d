import { In, type EntityManager } from 'typeorm';
import { divisionTree } from '../activities/people/divisions';
import { type DivisionTree, scopeOf } from '../domain/people/divisions';
import type { Right } from '../domain/people/role-keys';
import { OfficeUser, RoleAssignment } from '../store/entities';
import type { CallUser } from './users';

/** Most people of one installation that lists look through: names are encrypted, so that they are searched here. */
const MOST_USERS = 20_000;

/** Whose people a caller sees: colleagues where his work reaches, and all below him for who keeps the people. */
export interface PeopleScope {
  readonly tree: DivisionTree;
  readonly divisions: ReadonlySet<string>;
  /** Nothing lies outside. */
  readonly isWhole: boolean;
  /** The caller keeps people: he also sees accounts that hold no post, and those that are disabled. */
  readonly keeps: boolean;
}

const KEEPERS: readonly Right[] = ['people.propose', 'people.approve'];

export async function peopleScope(manager: EntityManager, user: CallUser, now: number): Promise<PeopleScope> {
  const tree = await divisionTree(manager, now);
  const rights: readonly Right[] = [...KEEPERS, 'case.read'];
  const divisions = new Set([...user.assignments.map(({ division }) => division), ...rights.flatMap((right) => scopeOf(right, user.assignments, tree))]);
  return { tree, divisions, isWhole: tree.nodes.every(({ code }) => divisions.has(code)), keeps: KEEPERS.some((right) => user.rights.includes(right)) };
}

export interface SeenUser {
  readonly row: OfficeUser;
  readonly posts: readonly { readonly role: RoleAssignment['role']; readonly division: string }[];
}

/** The people within a scope with their present posts, by login name. */
export async function usersWithin(manager: EntityManager, scope: PeopleScope, now: number): Promise<readonly SeenUser[]> {
  const open = (await manager.find(RoleAssignment, { order: { id: 'ASC' } })).filter(({ validFrom, validTo }) => validFrom <= now && (validTo === null || validTo > now));
  const posts = new Map<string, RoleAssignment[]>();
  for (const row of open) posts.set(row.userId, [...(posts.get(row.userId) ?? []), row]);
  const rows = await manager.find(OfficeUser, { order: { loginName: 'ASC' }, take: MOST_USERS });
  return rows
    .map((row) => ({ row, posts: (posts.get(row.id) ?? []).map(({ role, division }) => ({ role, division })) }))
    .filter(({ row, posts: held }) => isSeen(row, held, scope));
}

function isSeen(row: OfficeUser, held: SeenUser['posts'], scope: PeopleScope): boolean {
  if (!scope.keeps && row.status !== 'active') return false;
  if (held.length === 0) return scope.keeps;
  return held.some(({ division }) => scope.divisions.has(division));
}

/** Names by id, for rows that name people. */
export async function namesOf(manager: EntityManager, userIds: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(userIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  return new Map((await manager.findBy(OfficeUser, { id: In(ids) })).map(({ id, name }) => [id, name]));
}
