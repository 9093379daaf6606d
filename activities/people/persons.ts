import { In, type EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import type { RoleKey } from '../../domain/people/role-keys';
import { incompatiblePosts, roleOf } from '../../domain/people/roles';
import { refusal } from '../../domain/refusal';
import { currentKeyRing } from '../../runtime/keys';
import { OfficeUser, RoleAssignment } from '../../store/entities';
import { actingPosts } from './authority';

/** Key of a human by the ID number: accounts with the same number belong to one. */
export function personKeyOfCertno(certno: string): string {
  return currentKeyRing().keyedHash(`person ${certno}`);
}

/** Key of a human of whom no ID number is known: the account stands for him until it is linked. */
export function personKeyOfUser(userId: string): string {
  return currentKeyRing().keyedHash(`person of account ${userId}`);
}

/** All accounts of a human. */
export function accountsOf(manager: EntityManager, personKey: string): Promise<OfficeUser[]> {
  return manager.findBy(OfficeUser, { personKey });
}

/** The roles that a human has now or will have, by any account, of his own or delegated to him. */
export async function rolesOfPerson(manager: EntityManager, personKeys: readonly string[], now: number): Promise<readonly RoleKey[]> {
  const accounts = await manager.findBy(OfficeUser, { personKey: In([...personKeys]) });
  if (accounts.length === 0) return [];
  const rows = await manager.findBy(RoleAssignment, { userId: In(accounts.map(({ id }) => id)) });
  const own = rows.filter(({ validTo }) => validTo === null || validTo > now).map(({ role }) => role);
  const acting = await Promise.all(accounts.map(({ id }) => actingPosts(manager, id, now)));
  return [...new Set([...own, ...acting.flat().map(({ role }) => role)])];
}

/** Refuses a role beside roles that the same human may not hold with it. */
export function refuseIncompatible(role: RoleKey, held: readonly RoleKey[]): Refusal | null {
  const excluded = incompatiblePosts(role, held);
  if (excluded.length === 0) return null;
  const names = excluded.map((key) => roleOf(key).zh).join('、');
  return refusal('POSTS_INCOMPATIBLE', `${roleOf(role).zh}与已任的${names}不相容，不得由同一人担任。`);
}
