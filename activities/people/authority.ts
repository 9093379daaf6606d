import { In, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { chainBetween, MOST_LINKS } from '../../domain/people/delegations';
import type { Post } from '../../domain/people/divisions';
import type { RoleKey } from '../../domain/people/role-keys';
import { refusal } from '../../domain/refusal';
import type { Decision } from '../../runtime/decisions';
import { Delegation, OfficeUser, RoleAssignment, SignedDecision } from '../../store/entities';
import { insertOnce } from '../../store/rows';

/** Who acts, for whom, and every human between them. Four eyes hold over all keys of `chain`. */
export interface Authority {
  readonly userId: string;
  readonly forUserId: string;
  readonly personKey: string;
  readonly forPersonKey: string;
  /** Keys of all persons on the way, the holder of the post first, the one who acts last. */
  readonly chain: readonly string[];
  readonly role: RoleKey;
  readonly division: string;
}

export interface AuthorityQuestion {
  readonly userId: string;
  readonly forUserId: string;
  readonly role: RoleKey;
  readonly division: string;
  /** Epoch ms. */
  readonly at: number;
}

/**
 * Whether a user may act in a role of a division at a moment: he holds the post himself, or somebody who holds it let
 * him by at most three delegations. Everybody on the way must be active. Read at the moment of the act and in its
 * transaction, so that a role that was taken meanwhile does not count.
 */
export async function authorityOf(manager: EntityManager, question: AuthorityQuestion): Promise<Authority | Refusal> {
  const { userId, forUserId, role, division, at } = question;
  const actor = await manager.findOneBy(OfficeUser, { id: userId });
  if (!actor) return refusal('USER_NOT_FOUND');
  if (actor.status !== 'active') return refusal('USER_NOT_ACTIVE');
  const posts = await postsOf(manager, [forUserId], at);
  if (!posts.some((post) => post.role === role && post.division === division)) return refusal('POST_MISSING');
  const way = await wayBetween(manager, question);
  if (!way) return refusal('POST_MISSING', '没有有效的委托，不能代为办理。');
  const users = await manager.findBy(OfficeUser, { id: In([...way]) });
  const people = way.map((id) => users.find((user) => user.id === id));
  if (people.some((user) => user?.status !== 'active')) return refusal('USER_NOT_ACTIVE', '委托链上有停用的账号，不能代为办理。');
  const chain = people.map((user) => user?.personKey ?? '');
  return { userId, forUserId, role, division, personKey: actor.personKey, forPersonKey: chain[0] ?? '', chain };
}

async function wayBetween(manager: EntityManager, { userId, forUserId, role, at }: AuthorityQuestion): Promise<readonly string[] | null> {
  if (userId === forUserId) return [userId];
  return chainBetween(await delegationsTowards(manager, userId, at), forUserId, userId, role);
}

/** The delegations that led to a user at a moment, up to the longest chain. */
export async function delegationsTowards(manager: EntityManager, userId: string, at: number): Promise<readonly Delegation[]> {
  const found = new Map<number, Delegation>();
  let ends = [userId];
  for (let length = 0; length < MOST_LINKS && ends.length > 0; length += 1) {
    const rows = await manager.findBy(Delegation, { toUser: In(ends), validFrom: LessThanOrEqual(at), validTo: MoreThan(at) });
    const fresh = rows.filter((row) => (row.revokedAt === null || row.revokedAt > at) && !found.has(row.id));
    for (const row of fresh) found.set(row.id, row);
    ends = [...new Set(fresh.map((row) => row.fromUser))];
  }
  return [...found.values()];
}

export interface HeldPost extends Post {
  readonly userId: string;
}

/** The posts that users hold at a moment, whatever the state of their accounts. */
export async function postsOf(manager: EntityManager, userIds: readonly string[], at: number): Promise<readonly HeldPost[]> {
  if (userIds.length === 0) return [];
  const rows = await manager.findBy(RoleAssignment, { userId: In([...userIds]), validFrom: LessThanOrEqual(at) });
  return rows
    .filter((row) => row.validTo === null || row.validTo > at)
    .map(({ userId, role, division }) => ({ userId, role, division }));
}

/** A post that a user may act in: his own (`forUserId` is he himself) or one delegated to him. */
export interface ActingPost extends Post {
  readonly forUserId: string;
  /** Users from the holder to the one who acts. */
  readonly way: readonly string[];
}

/** All posts that a user may act in at a moment, own ones first: what an inbox shows. `authorityOf` decides at the act. */
export async function actingPosts(manager: EntityManager, userId: string, at: number): Promise<readonly ActingPost[]> {
  const links = await delegationsTowards(manager, userId, at);
  const holders = [...new Set([userId, ...links.map((link) => link.fromUser)])];
  const active = await manager.findBy(OfficeUser, { id: In(holders), status: 'active' });
  const activeIds = new Set(active.map(({ id }) => id));
  const posts = await postsOf(manager, holders.filter((id) => activeIds.has(id)), at);
  return posts
    .flatMap(({ userId: forUserId, role, division }) => {
      const way = chainBetween(links, forUserId, userId, role);
      return way && way.every((id) => activeIds.has(id)) ? [{ forUserId, role, division, way }] : [];
    })
    .sort((a, b) => a.way.length - b.way.length);
}

/** Takes the nonce of a decision; the caller has verified its signature. Refused when it stands: a decision counts once. */
export async function useDecision(manager: EntityManager, decision: Decision, at: number): Promise<Refusal | null> {
  const { nonce, userId, forUserId, caseId, step, round, act, issuedAt, origin } = decision;
  const row = { nonce, userId, forUserId, caseId, step, round, act, issuedAt, usedAt: at, origin };
  return (await insertOnce(manager, SignedDecision, row)) ? null : refusal('DECISION_USED');
}
