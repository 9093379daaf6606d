import { type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import type { Refusal } from '../../domain/commands';
import { divisionProblem, type PeopleChange } from '../../domain/people/changes';
import type { DivisionTree } from '../../domain/people/divisions';
import { isRefusal, refusal } from '../../domain/refusal';
import { Division, OfficeCase, OfficeUser } from '../../store/entities';
import { lockRow } from '../../store/rows';
import type { OperationContext } from '../office-case/operations';
import { delegationsTowards, postsOf } from './authority';
import { divisionTree } from './divisions';
import { personKeyOfCertno, refuseIncompatible, rolesOfPerson } from './persons';

/**
 * Whether a change may be made as things stand: the users and divisions exist, the change lies within the division of the
 * case, no person gets posts that exclude each other, and nobody who acted on the case is the person whom it changes.
 */
export async function refuseChange(manager: EntityManager, change: PeopleChange, context: OperationContext): Promise<Refusal | null> {
  const tree = await divisionTree(manager, context.now);
  const subjects = await subjectsOf(manager, change);
  if (isRefusal(subjects)) return subjects;
  return (
    (await refuseSelfBenefit(manager, subjects.personKeys, context)) ??
    (await refuseOutOfScope(manager, change, subjects.users, tree, context)) ??
    (await refuseKind(manager, change, subjects.users, tree, context))
  );
}

/**
 * Holds all accounts of the humans whom a change touches until the transaction ends, so that two changes of one human are
 * judged one after the other.
 */
export async function holdSubjects(manager: EntityManager, change: PeopleChange): Promise<void> {
  const subjects = await subjectsOf(manager, change);
  if (isRefusal(subjects) || subjects.personKeys.length === 0) return;
  const accounts = await manager.findBy(OfficeUser, { personKey: In([...subjects.personKeys]) });
  for (const id of accounts.map((account) => account.id).sort()) await lockRow(manager, OfficeUser, { id });
}

interface Subjects {
  readonly users: readonly OfficeUser[];
  readonly personKeys: readonly string[];
}

async function subjectsOf(manager: EntityManager, change: PeopleChange): Promise<Subjects | Refusal> {
  if (change.kind === 'changeDivision') return { users: [], personKeys: [] };
  if (change.kind === 'createUser') return { users: [], personKeys: [personKeyOfCertno(change.certno)] };
  const ids = change.kind === 'linkAccounts' ? [change.userId, change.otherUserId] : [change.userId];
  const rows = await manager.findBy(OfficeUser, { id: In(ids) });
  const users = ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  if (users.length < ids.length) return refusal('USER_NOT_FOUND');
  return { users, personKeys: users.flatMap(({ personKey, ownPersonKey }) => [personKey, ownPersonKey]) };
}

/**
 * The maker, everyone who acted, and everyone in whose place they might act then: none of them may be the one who is changed.
 */
async function refuseSelfBenefit(manager: EntityManager, personKeys: readonly string[], context: OperationContext): Promise<Refusal | null> {
  const makerId = (await manager.findOneBy(OfficeCase, { id: context.caseId }))?.makerId;
  const maker = makerId === undefined ? [] : [{ userId: makerId, personKey: '', at: context.now }];
  for (const actor of [...maker, ...context.actors]) {
    const delegators = (await delegationsTowards(manager, actor.userId, actor.at)).map(({ fromUser }) => fromUser);
    const users = await manager.findBy(OfficeUser, { id: In([actor.userId, ...delegators]) });
    const keys = [actor.personKey, ...users.flatMap(({ personKey, ownPersonKey }) => [personKey, ownPersonKey])];
    if (keys.some((key) => personKeys.includes(key))) return refusal('SELF_BENEFIT');
  }
  return null;
}

async function refuseOutOfScope(manager: EntityManager, change: PeopleChange, users: readonly OfficeUser[], tree: DivisionTree, context: OperationContext): Promise<Refusal | null> {
  const isInside = (code: string): boolean => tree.isWithin(code, context.division);
  if ('division' in change) {
    if (!tree.find(change.division)) return refusal('DIVISION_NOT_FOUND');
    return isInside(change.division) ? null : refusal('DIVISION_OUT_OF_SCOPE');
  }
  if (change.kind === 'changeDivision') {
    const places = [change.parent ?? change.code, ...(tree.find(change.code) ? [change.code] : [])];
    return places.every(isInside) ? null : refusal('DIVISION_OUT_OF_SCOPE');
  }
  const posts = await postsOf(manager, users.map(({ id }) => id), context.now);
  return posts.every(({ division }) => isInside(division)) ? null : refusal('DIVISION_OUT_OF_SCOPE', '该人员在本辖区以外任职，请由其上级辖区办理。');
}

async function refuseKind(manager: EntityManager, change: PeopleChange, users: readonly OfficeUser[], tree: DivisionTree, context: OperationContext): Promise<Refusal | null> {
  const { now } = context;
  const user = users[0];
  switch (change.kind) {
    case 'createUser':
      return refuseCreate(manager, change, now);
    case 'changeDivision':
      return refuseDivision(manager, change, tree, now);
    case 'enableUser':
      return user?.status === 'active' ? refusal('PEOPLE_CHANGE_INVALID', '该账号在用，无须恢复。') : null;
    case 'unlinkAccounts':
      return refuseUnlink(manager, user);
    case 'revokeRole':
      return (await holds(manager, change, now)) ? null : refusal('POST_NOT_HELD');
    default:
      break;
  }
  if (users.some(({ status }) => status !== 'active')) return refusal('USER_NOT_ACTIVE');
  if (change.kind === 'assignRole') {
    if (await holds(manager, change, now)) return refusal('POST_EXISTS');
    return refuseIncompatible(change.role, await rolesOfPerson(manager, [user?.personKey ?? ''], now));
  }
  return change.kind === 'linkAccounts' ? refuseLink(manager, users, now) : null;
}

async function refuseCreate(manager: EntityManager, change: Extract<PeopleChange, { kind: 'createUser' }>, now: number): Promise<Refusal | null> {
  if (await manager.findOneBy(OfficeUser, { loginName: change.loginName })) return refusal('USER_EXISTS');
  if (change.subject !== null && (await manager.findOneBy(OfficeUser, { subject: change.subject }))) return refusal('USER_EXISTS', '该统一身份编号已用于另一账号。');
  if (change.role === null) return null;
  return refuseIncompatible(change.role, await rolesOfPerson(manager, [personKeyOfCertno(change.certno)], now));
}

async function holds(manager: EntityManager, change: { readonly userId: string; readonly role: string; readonly division: string }, now: number): Promise<boolean> {
  const posts = await postsOf(manager, [change.userId], now);
  return posts.some(({ role, division }) => role === change.role && division === change.division);
}

async function refuseLink(manager: EntityManager, users: readonly OfficeUser[], now: number): Promise<Refusal | null> {
  const [one, other] = users;
  if (!one || !other || one.personKey === other.personKey) return refusal('ACCOUNTS_LINKED');
  const held = await rolesOfPerson(manager, [other.personKey], now);
  const roles = await rolesOfPerson(manager, [one.personKey], now);
  return roles.map((role) => refuseIncompatible(role, held)).find((problem) => problem !== null) ?? null;
}

async function refuseUnlink(manager: EntityManager, user: OfficeUser | undefined): Promise<Refusal | null> {
  if (!user || user.personKey === user.ownPersonKey) return refusal('ACCOUNTS_NOT_LINKED');
  const same = await manager.findBy(OfficeUser, { ownPersonKey: user.ownPersonKey });
  return same.length > 1 ? refusal('ACCOUNTS_NOT_LINKED') : null;
}

async function refuseDivision(manager: EntityManager, change: Extract<PeopleChange, { kind: 'changeDivision' }>, tree: DivisionTree, now: number): Promise<Refusal | null> {
  if (change.validFrom < formatDate(now)) return refusal('DIVISION_CHANGE_INVALID', '生效日期不能早于今天。');
  const later = await manager.findBy(Division, { code: change.code, validFrom: MoreThan(formatDate(now)), validTo: IsNull() });
  const sameDay = await manager.findOneBy(Division, { code: change.code, validFrom: change.validFrom });
  if (later.length > 0 || sameDay) return refusal('DIVISION_CHANGE_INVALID', '该辖区已有待生效或当日生效的变更。');
  const problem = divisionProblem(tree, change);
  return problem === null ? null : refusal('DIVISION_CHANGE_INVALID', problem);
}
