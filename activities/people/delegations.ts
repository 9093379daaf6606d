import { type EntityManager, IsNull, LessThan, MoreThan } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { chainProblem, type DelegationLink } from '../../domain/people/delegations';
import type { RoleKey } from '../../domain/people/role-keys';
import { refusal } from '../../domain/refusal';
import { Delegation, OfficeUser } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { recordAudit } from './audit';
import { actingPosts, postsOf } from './authority';
import { refuseIncompatible, rolesOfPerson } from './persons';

const LONGEST_MS = 366 * 24 * 3_600_000;
/** A delegation may say "from now" with a clock that is a little slow, ms. */
const PAST_MS = 5 * 60_000;

export interface WantedDelegation {
  readonly fromUser: string;
  readonly toUser: string;
  /** The one role meant; null for all. */
  readonly role: RoleKey | null;
  readonly reason: string;
  /** Epoch ms. */
  readonly validFrom: number;
  readonly validTo: number;
}

export interface DelegatedBy {
  readonly sessionId: string;
  readonly origin: string;
  readonly now: number;
}

/**
 * Lets another person act in one's place (委托). Refused: to oneself or one's other account, to somebody without a post in
 * the division, to somebody who holds a post that excludes it, in a circle, and beyond three links.
 */
export async function delegate(manager: EntityManager, wanted: WantedDelegation, by: DelegatedBy): Promise<Delegation | Refusal> {
  const { fromUser, toUser } = wanted;
  for (const id of [...new Set([fromUser, toUser])].sort()) await lockRow(manager, OfficeUser, { id });
  const problem = (await refuseTo(manager, wanted, by.now)) ?? (await refuseLinks(manager, wanted));
  if (problem) return problem;
  const row = { ...wanted, validFrom: Math.max(wanted.validFrom, by.now), revokedAt: null, createdAt: by.now };
  const { identifiers } = await manager.insert(Delegation, row);
  const id = Number(identifiers[0]?.['id']);
  const detail = { role: wanted.role, validFrom: row.validFrom, validTo: row.validTo };
  await recordAudit(manager, { event: 'delegation.made', at: by.now, userId: fromUser, sessionId: by.sessionId, subject: `user/${toUser}`, origin: by.origin, detail: { id, ...detail } });
  return { id, ...row };
}

async function refuseTo(manager: EntityManager, wanted: WantedDelegation, now: number): Promise<Refusal | null> {
  const { fromUser, toUser, role, validFrom, validTo } = wanted;
  if (validFrom < now - PAST_MS || validTo <= Math.max(validFrom, now) || validTo - validFrom > LONGEST_MS) return refusal('DELEGATION_DATES_INVALID');
  const from = await manager.findOneBy(OfficeUser, { id: fromUser });
  const to = await manager.findOneBy(OfficeUser, { id: toUser });
  if (!from || !to) return refusal('USER_NOT_FOUND');
  if (from.personKey === to.personKey) return refusal('DELEGATION_TO_SELF');
  if (to.status !== 'active') return refusal('USER_NOT_ACTIVE');
  const posts = (await actingPosts(manager, fromUser, now)).filter((post) => role === null || post.role === role);
  if (posts.length === 0) return refusal('POST_MISSING', '您没有可委托的岗位。');
  const theirs = await postsOf(manager, [toUser], now);
  if (!posts.some((post) => theirs.some(({ division }) => division === post.division))) return refusal('DELEGATION_ACROSS_DIVISIONS');
  const held = await rolesOfPerson(manager, [to.personKey], now);
  return [...new Set(posts.map((post) => post.role))].map((each) => refuseIncompatible(each, held)).find((problem) => problem !== null) ?? null;
}

async function refuseLinks(manager: EntityManager, wanted: WantedDelegation): Promise<Refusal | null> {
  const standing = await manager.findBy(Delegation, { validFrom: LessThan(wanted.validTo), validTo: MoreThan(wanted.validFrom), revokedAt: IsNull() });
  const problem = chainProblem(await asPersons(manager, standing), await asPerson(manager, wanted));
  if (problem === null) return null;
  return refusal(problem === 'cycle' ? 'DELEGATION_CYCLE' : 'DELEGATION_TOO_LONG');
}

/** Circles are of humans, not of accounts. */
async function asPersons(manager: EntityManager, links: readonly DelegationLink[]): Promise<DelegationLink[]> {
  const persons: DelegationLink[] = [];
  for (const link of links) persons.push(await asPerson(manager, link));
  return persons;
}

async function asPerson(manager: EntityManager, { fromUser, toUser, role }: DelegationLink): Promise<DelegationLink> {
  const keyOf = async (id: string): Promise<string> => (await manager.findOneBy(OfficeUser, { id }))?.personKey ?? id;
  return { fromUser: await keyOf(fromUser), toUser: await keyOf(toUser), role };
}

/** Ends a delegation; both of its people may. What was done by it stays done. */
export async function revokeDelegation(manager: EntityManager, id: number, userId: string, by: DelegatedBy): Promise<Refusal | null> {
  const row = await lockRow(manager, Delegation, { id });
  if (!row || (row.fromUser !== userId && row.toUser !== userId)) return refusal('DELEGATION_NOT_FOUND');
  if (row.revokedAt !== null) return null;
  await manager.update(Delegation, { id }, { revokedAt: by.now });
  await recordAudit(manager, { event: 'delegation.revoked', at: by.now, userId, sessionId: by.sessionId, subject: `user/${row.toUser}`, origin: by.origin, detail: { id } });
  return null;
}
