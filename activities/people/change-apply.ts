import { randomBytes } from 'node:crypto';
import { type EntityManager, IsNull } from 'typeorm';
import { parseDate } from '../../domain/calendar';
import type { PeopleChange } from '../../domain/people/changes';
import type { RoleKey } from '../../domain/people/role-keys';
import { Division, OfficeUser, RoleAssignment } from '../../store/entities';
import { accountsOf, personKeyOfCertno, personKeyOfUser } from './persons';
import { endSessionsOf } from './sessions';

export interface ChangeBy {
  /** Case that makes the change; `setup` at the first start. */
  readonly caseId: string;
  readonly now: number;
}

const ORIGIN = 'office-case';

/** What a change made: what the case shows of it, and what was before, for an undo. */
export interface ChangeMade {
  readonly result: object;
  readonly before: ChangeBefore;
}

export interface ChangeBefore {
  readonly status?: OfficeUser['status'];
  /** Accounts whose human became another one, with the key before. */
  readonly personKeys?: readonly { readonly userId: string; readonly personKey: string }[];
  /** Posts that were ended. */
  readonly ended?: readonly { readonly id: number; readonly validTo: number | null }[];
}

/** Makes a change that was checked. */
export async function applyChange(manager: EntityManager, change: PeopleChange, by: ChangeBy): Promise<ChangeMade> {
  switch (change.kind) {
    case 'createUser': {
      const userId = await createUser(manager, change, by);
      return { result: { userId, loginName: change.loginName }, before: {} };
    }
    case 'assignRole':
      return grant(manager, change, by);
    case 'revokeRole':
      return revoke(manager, change, by);
    case 'disableUser':
      return setStatus(manager, change.userId, 'disabled', by.now);
    case 'enableUser':
      return setStatus(manager, change.userId, 'active', by.now);
    case 'resetLogin':
      return resetLogin(manager, change.userId, by);
    case 'linkAccounts':
      return link(manager, change, by.now);
    case 'unlinkAccounts':
      return unlink(manager, change.userId, by.now);
    case 'changeDivision':
      await changeDivision(manager, change);
      return { result: { division: change.code, validFrom: change.validFrom }, before: {} };
  }
}

type NewUser = Omit<Extract<PeopleChange, { kind: 'createUser' }>, 'kind' | 'certno'> & { readonly certno: string | null };

/** A new account; without a way to log in until an activation code was handed over or the provider vouches for it. */
export async function createUser(manager: EntityManager, change: NewUser, { caseId, now }: ChangeBy, id = `u-${randomBytes(12).toString('hex')}`): Promise<string> {
  const ownPersonKey = change.certno === null ? personKeyOfUser(id) : personKeyOfCertno(change.certno);
  // Further accounts of an ID number belong to whom the first was linked to.
  const known = await manager.findOneBy(OfficeUser, { ownPersonKey });
  await manager.insert(OfficeUser, {
    id,
    loginName: change.loginName,
    name: change.name,
    personKey: known?.personKey ?? ownPersonKey,
    ownPersonKey,
    status: 'active',
    ...NO_CREDENTIALS,
    subject: change.subject,
    activationCase: caseId,
    createdAt: now,
    updatedAt: now,
  });
  if (change.role !== null) await assign(manager, { userId: id, role: change.role, division: change.division, validFrom: now, validTo: null }, caseId);
  return id;
}

const NO_CREDENTIALS = { passwordHash: null, passwordExpiresAt: null, totpSecret: null, totpPending: null, totpConfirmedAt: null, totpLastStep: null };

interface PostForTime {
  readonly userId: string;
  readonly role: RoleKey;
  readonly division: string;
  readonly validFrom: number;
  readonly validTo: number | null;
}

export async function assign(manager: EntityManager, { userId, role, division, validFrom, validTo }: PostForTime, caseId: string): Promise<void> {
  await manager.insert(RoleAssignment, { userId, role, division, validFrom, validTo, grantedBy: caseId, revokedBy: null });
}

async function grant(manager: EntityManager, change: Extract<PeopleChange, { kind: 'assignRole' }>, { caseId, now }: ChangeBy): Promise<ChangeMade> {
  const { userId, role, division } = change;
  const validFrom = change.validFrom === null ? now : Math.max(now, parseDate(change.validFrom));
  const validTo = change.validTo === null ? null : parseDate(change.validTo);
  await assign(manager, { userId, role, division, validFrom, validTo }, caseId);
  return { result: { userId, role, division }, before: {} };
}

async function revoke(manager: EntityManager, change: Extract<PeopleChange, { kind: 'revokeRole' }>, { caseId, now }: ChangeBy): Promise<ChangeMade> {
  const { userId, role, division } = change;
  const rows = await manager.findBy(RoleAssignment, { userId, role, division });
  const open = rows.filter(({ validTo }) => validTo === null || validTo > now);
  for (const { id } of open) await manager.update(RoleAssignment, { id }, { validTo: now, revokedBy: caseId });
  return { result: { userId, role, division }, before: { ended: open.map(({ id, validTo }) => ({ id, validTo })) } };
}

async function setStatus(manager: EntityManager, userId: string, status: OfficeUser['status'], now: number): Promise<ChangeMade> {
  const user = await manager.findOneByOrFail(OfficeUser, { id: userId });
  await manager.update(OfficeUser, { id: userId }, { status, updatedAt: now });
  if (status === 'disabled') await endSessionsOf(manager, userId, 'disabled', { userId: null, origin: ORIGIN, now });
  return { result: { userId }, before: { status: user.status } };
}

async function resetLogin(manager: EntityManager, userId: string, { caseId, now }: ChangeBy): Promise<ChangeMade> {
  await manager.update(OfficeUser, { id: userId }, { ...NO_CREDENTIALS, activationCase: caseId, updatedAt: now });
  await endSessionsOf(manager, userId, 'reset', { userId: null, origin: ORIGIN, now });
  return { result: { userId }, before: {} };
}

/** All accounts of the other human become accounts of the one. */
async function link(manager: EntityManager, { userId, otherUserId }: { readonly userId: string; readonly otherUserId: string }, now: number): Promise<ChangeMade> {
  const one = await manager.findOneByOrFail(OfficeUser, { id: userId });
  const other = await manager.findOneByOrFail(OfficeUser, { id: otherUserId });
  const joined = await accountsOf(manager, other.personKey);
  for (const { id } of joined) await manager.update(OfficeUser, { id }, { personKey: one.personKey, updatedAt: now });
  return { result: { userId, otherUserId }, before: { personKeys: joined.map(({ id, personKey }) => ({ userId: id, personKey })) } };
}

async function unlink(manager: EntityManager, userId: string, now: number): Promise<ChangeMade> {
  const { personKey, ownPersonKey } = await manager.findOneByOrFail(OfficeUser, { id: userId });
  await manager.update(OfficeUser, { id: userId }, { personKey: ownPersonKey, updatedAt: now });
  return { result: { userId }, before: { personKeys: [{ userId, personKey }] } };
}

/** The former row ends on the day on which the new one begins. */
export async function changeDivision(manager: EntityManager, change: Omit<Extract<PeopleChange, { kind: 'changeDivision' }>, 'kind'>): Promise<void> {
  const { code, name, level, parent, validFrom } = change;
  await manager.update(Division, { code, validTo: IsNull() }, { validTo: validFrom });
  await manager.insert(Division, { code, validFrom, validTo: null, name, level, parent });
}

/** Takes a change back that was made and whose case does not come to its end. `before` is what the change noted. */
export async function undoChange(manager: EntityManager, change: PeopleChange, before: ChangeBefore, { caseId, now }: ChangeBy): Promise<void> {
  const userIds = 'userId' in change ? [change.userId] : [];
  if (before.status) for (const userId of userIds) await setStatus(manager, userId, before.status, now);
  for (const { userId, personKey } of before.personKeys ?? []) await manager.update(OfficeUser, { id: userId }, { personKey, updatedAt: now });
  for (const { id, validTo } of before.ended ?? []) {
    const { userId, role, division } = await manager.findOneByOrFail(RoleAssignment, { id });
    await assign(manager, { userId, role, division, validFrom: now, validTo }, caseId);
  }
  switch (change.kind) {
    case 'createUser': {
      const user = await manager.findOneBy(OfficeUser, { loginName: change.loginName });
      if (user?.activationCase === caseId) await setStatus(manager, user.id, 'disabled', now);
      return;
    }
    case 'assignRole':
      await manager.update(RoleAssignment, { grantedBy: caseId, revokedBy: IsNull() }, { validTo: now, revokedBy: caseId });
      return;
    case 'resetLogin':
      // What was emptied cannot be put back; without an activation code nobody gets in by it.
      await manager.update(OfficeUser, { id: change.userId, activationCase: caseId }, { activationCase: null, updatedAt: now });
      return;
    case 'changeDivision':
      await manager.delete(Division, { code: change.code, validFrom: change.validFrom });
      await manager.update(Division, { code: change.code, validTo: change.validFrom }, { validTo: null });
      return;
    default:
  }
}
