import { In, type EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { deadlineOf, stepOf } from '../../domain/office-case/definition';
import { officeOf } from '../../domain/office-case/check';
import { humansOf } from '../../domain/office-case/four-eyes';
import type { ActPayload, Signature, Signer, Slot } from '../../domain/office-case/types';
import type { RoleKey } from '../../domain/people/role-keys';
import { isRefusal, refusal } from '../../domain/refusal';
import { OfficeUser } from '../../store/entities';
import { authorityOf, type Authority } from '../people/authority';
import type { LockedCase } from './context';

interface Who {
  readonly userId: string;
  readonly forUserId: string;
}

/** In whose right an act is done, at this moment; or why nobody's. */
export async function signerOf(manager: EntityManager, locked: LockedCase, payload: ActPayload, who: Who, at: number): Promise<Signer | Refusal> {
  const office = officeOf(locked.state, payload);
  if (office.kind === 'maker') return makerOf(manager, locked, who, at);
  const own = await holderOf(manager, office.slot, who, at);
  if (!isRefusal(own) || payload.act !== 'transfer') return own;
  return (await escalatedTo(manager, locked, office.slot, payload.step, who, at)) ?? own;
}

/** The one who opened the case, or somebody who stands in for this one by delegation. */
async function makerOf(manager: EntityManager, { definition, state }: LockedCase, who: Who, at: number): Promise<Signer | Refusal> {
  if (who.forUserId !== state.makerId) return refusal('POST_MISSING', '只有经办本人或其受托人可以这样办理。');
  let last: Refusal = refusal('POST_MISSING');
  for (const role of definition.startRoles) {
    const signer = await signerIn(manager, { ...who, role, division: state.division, at });
    if (!isRefusal(signer)) return signer;
    last = signer;
  }
  return last;
}

/** The holder of a slot's role in its division; of an assigned slot only the assignee. */
export async function holderOf(manager: EntityManager, slot: Slot, who: Who, at: number): Promise<Signer | Refusal> {
  if (slot.assigneeId !== null && slot.assigneeId !== who.forUserId && slot.assigneeId !== who.userId) return refusal('SLOT_ASSIGNED');
  return signerIn(manager, { ...who, role: slot.role, division: slot.division, at });
}

/** Of an overdue step the people whom it was escalated to may hand a slot on. */
async function escalatedTo(manager: EntityManager, { definition, state }: LockedCase, slot: Slot, step: string, who: Who, at: number): Promise<Signer | null> {
  const deadline = deadlineOf(definition, stepOf(definition, step));
  if (!deadline || state.escalatedAt === null) return null;
  const signer = await signerIn(manager, { ...who, role: deadline.escalateTo, division: slot.division, at });
  return isRefusal(signer) ? null : signer;
}

async function signerIn(manager: EntityManager, question: Who & { role: string; division: string; at: number }): Promise<Signer | Refusal> {
  const authority = await authorityOf(manager, { ...question, role: question.role as RoleKey });
  return isRefusal(authority) ? authority : named(manager, authority);
}

/** With names, and with the keys that linked accounts had before they were linked. */
async function named(manager: EntityManager, authority: Authority): Promise<Signer> {
  const { userId, forUserId, personKey, forPersonKey, role, division } = authority;
  const users = await manager.findBy(OfficeUser, { id: In([userId, forUserId]) });
  const name = (id: string): string => users.find((user) => user.id === id)?.name ?? id;
  const keys = [...new Set([...authority.chain, personKey, forPersonKey])];
  const linked = await manager.findBy(OfficeUser, { personKey: In(keys) });
  const chain = [...new Set([...keys, ...linked.map((user) => user.ownPersonKey)])];
  return { userId, name: name(userId), personKey, forUserId, forName: name(forUserId), forPersonKey, chain, role, division };
}

/** The keys of the humans to whom keys of earlier signatures belong at this moment: accounts may have been linked since. */
export async function keysToday(manager: EntityManager, signatures: readonly Signature[]): Promise<(key: string) => readonly string[]> {
  const keys = [...new Set(signatures.flatMap(({ by }) => [...humansOf(by)]))];
  const users = keys.length === 0 ? [] : await manager.findBy(OfficeUser, { ownPersonKey: In(keys) });
  return (key) => users.filter((user) => user.ownPersonKey === key).map((user) => user.personKey);
}
