import type { RoleKey } from './role-keys';

/** A delegation (委托) that is in force. */
export interface DelegationLink {
  readonly fromUser: string;
  readonly toUser: string;
  /** The one role meant; null for all. */
  readonly role: RoleKey | null;
}

/** Most delegations between the holder of a post and the one who acts. */
export const MOST_LINKS = 3;

/**
 * The users from the holder of a post to the one who acts for him, both ends included, by the fewest delegations, each of
 * which covers the role; null where there is no such way. Nobody stands on it twice, so a cycle leads nowhere.
 */
export function chainBetween(links: readonly DelegationLink[], holder: string, actor: string, role: RoleKey): readonly string[] | null {
  if (holder === actor) return [holder];
  const usable = links.filter((link) => link.role === null || link.role === role);
  let ways: string[][] = [[holder]];
  const reached = new Set([holder]);
  for (let length = 1; length <= MOST_LINKS; length += 1) {
    const longer: string[][] = [];
    for (const way of ways) {
      for (const { fromUser, toUser } of usable) {
        if (fromUser !== way.at(-1) || reached.has(toUser)) continue;
        if (toUser === actor) return [...way, toUser];
        reached.add(toUser);
        longer.push([...way, toUser]);
      }
    }
    ways = longer;
  }
  return null;
}

/** Why a further delegation may not stand: it closes a circle, or makes a chain of more than three. */
export function chainProblem(links: readonly DelegationLink[], added: DelegationLink): 'cycle' | 'tooLong' | null {
  const overlapping = links.filter((link) => link.role === null || added.role === null || link.role === added.role);
  if (leadsTo(overlapping, added.toUser, added.fromUser)) return 'cycle';
  return longestTo(overlapping, added.fromUser) + 1 + longestFrom(overlapping, added.toUser) > MOST_LINKS ? 'tooLong' : null;
}

function leadsTo(links: readonly DelegationLink[], from: string, to: string): boolean {
  const reached = new Set([from]);
  for (const user of reached) {
    if (user === to) return true;
    for (const link of links) if (link.fromUser === user) reached.add(link.toUser);
  }
  return false;
}

function longestFrom(links: readonly DelegationLink[], user: string, steps = 0): number {
  if (steps > MOST_LINKS) return steps;
  return Math.max(steps, ...links.filter((link) => link.fromUser === user).map((link) => longestFrom(links, link.toUser, steps + 1)));
}

function longestTo(links: readonly DelegationLink[], user: string, steps = 0): number {
  if (steps > MOST_LINKS) return steps;
  return Math.max(steps, ...links.filter((link) => link.toUser === user).map((link) => longestTo(links, link.fromUser, steps + 1)));
}
