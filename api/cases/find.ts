import type { EntityManager } from 'typeorm';
import { type LockedCase, pinnedDefinition } from '../../activities/office-case/context';
import type { CaseState } from '../../domain/office-case/types';
import { caseNo as caseNoShape } from '../../schemas/api/office-cases';
import { OfficeCase } from '../../store/entities';
import { Problem } from '../problem';
import type { Reader } from './reader';

/** A case as it is read: with its definition and state, without its lock. */
export type FoundCase = LockedCase;

/** The case of a number that the reader may read. Throws Problem CASE_NOT_FOUND, also for one that he may not. */
export async function requireCase(manager: EntityManager, caseNo: string, reader: Reader): Promise<FoundCase> {
  const found = await findCase(manager, caseNo);
  if (!found || !mayRead(found, reader)) throw new Problem('CASE_NOT_FOUND');
  return found;
}

export async function findCase(manager: EntityManager, caseNo: string): Promise<FoundCase | null> {
  if (!caseNoShape.safeParse(caseNo).success) return null;
  const row = await manager.findOneBy(OfficeCase, { caseNo });
  return row && { row, definition: await pinnedDefinition(manager, row), state: row.state as CaseState };
}

/**
 * Whether a person may read a case: it lies in the divisions that his right reaches, or he has or had to do with it: as its
 * maker, as somebody who signed or was sent a copy, or in a post, his own or delegated, that one of its slots names.
 */
export function mayRead({ row, state }: FoundCase, { user, posts, scope }: Reader): boolean {
  const { userId } = user;
  if (scope.has(row.division) || row.makerId === userId || posts.some((post) => post.forUserId === row.makerId)) return true;
  if (state.copies.some((copy) => copy.userId === userId) || state.signatures.some(({ by }) => by.userId === userId)) return true;
  return Object.values(state.slots).flat().some((slot) => posts.some((post) => post.role === slot.role && post.division === slot.division));
}
