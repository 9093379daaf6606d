import { In, LessThanOrEqual, type EntityManager } from 'typeorm';
import { listOf, MAKER, type SignStep } from '../../../domain/office-case/definition';
import { barredBy } from '../../../domain/office-case/four-eyes';
import type { Signer } from '../../../domain/office-case/types';
import { isRoleKey, type RoleKey } from '../../../domain/people/role-keys';
import { incompatiblePosts, roleOf } from '../../../domain/people/roles';
import { OfficeUser, RoleAssignment } from '../../../store/entities';
import type { FoundCase } from '../find';
import { divisionName, type Reader } from '../reader';
import type { Briefing } from './view';

/** People in the matrix at most; the rest are counted. */
const MOST_PEOPLE = 40;
/** A step of more seats lists only the reader's own: its people are not of one office. */
const MOST_SEATS = 6;

interface Person {
  readonly userId: string;
  readonly name: string;
  readonly personKey: string;
  readonly posts: readonly { readonly role: RoleKey; readonly division: string }[];
}

/**
 * Who holds which duty of a case, and who therefore may not do another: by four eyes, judged as the judge does, and by posts
 * that one person may not hold together. For people to look at; the judge decides at the act.
 */
export async function dutiesOf(manager: EntityManager, found: FoundCase, reader: Reader): Promise<Briefing['duties']> {
  const { definition, state } = found;
  const steps = definition.chain.filter((step): step is SignStep => step.kind === 'sign');
  const seats = new Map(steps.map((step) => [step.key, divisionsOf(found, reader, step)]));
  const people = await peopleOf(manager, found, reader, steps, seats);
  const names = new Map([[MAKER, '经办'], ...steps.map((step): [string, string] => [step.key, step.zh])]);
  const rows = people.slice(0, MOST_PEOPLE).map(({ userId, name, personKey, posts }) => {
    const signed = (step: string): boolean => state.signatures.some((each) => each.step === step && each.by.userId === userId);
    const cellOf = (step: SignStep): Briefing['duties']['rows'][number]['cells'][number] => {
      if (signed(step.key)) return { duty: step.key, state: 'signed', reason: null };
      const division = posts.find((post) => post.role === step.role && (seats.get(step.key) ?? []).includes(post.division))?.division;
      if (division === undefined) {
        const against = isRoleKey(step.role) ? incompatiblePosts(step.role, posts.map(({ role }) => role)) : [];
        return against.length === 0 ? { duty: step.key, state: 'none', reason: null } : { duty: step.key, state: 'incompatible', reason: `任${against.map((role) => roleOf(role).zh).join('、')}，与${roleOf(step.role as RoleKey).zh}不相容` };
      }
      const slot = (state.slots[step.key] ?? []).find((each) => each.division === division)?.slot ?? '1';
      const bar = barredBy(definition, state, step, slot, signerOf({ userId, name, personKey }, step, division));
      return bar ? { duty: step.key, state: 'barred', reason: `${bar.by.userId === userId ? '已办' : `${bar.by.name}（同一人）已办`}「${names.get(bar.step) ?? bar.step}」` } : { duty: step.key, state: 'may', reason: null };
    };
    const made = state.makerId === userId;
    return {
      userId,
      name,
      posts: posts.map(({ role, division }) => `${divisionName(reader, division)}${roleOf(role).zh}`),
      cells: [{ duty: MAKER, state: made ? ('signed' as const) : ('none' as const), reason: null }, ...steps.map(cellOf)],
    };
  });
  const columns = [{ duty: MAKER, zh: '经办', role: roleNames(definition.startRoles) }, ...steps.map(({ key, zh, role }) => ({ duty: key, zh, role: roleNames([role]) }))];
  return { columns, rows, more: Math.max(0, people.length - MOST_PEOPLE) };
}

function divisionsOf({ state }: FoundCase, { user }: Reader, step: SignStep): readonly string[] {
  const opened = (state.slots[step.key] ?? []).map(({ division }) => division);
  const list = listOf(step);
  if (list !== null) {
    const divisions = [...new Set((state.extract.parties[list] ?? []).map(({ division }) => division))];
    return divisions.length <= MOST_SEATS ? divisions : divisions.filter((division) => user.assignments.some((post) => post.division === division));
  }
  switch (step.where) {
    case 'own':
      return [...new Set([state.division, ...opened])];
    case 'parent':
      return [...new Set([state.parentDivision, ...opened])];
    case 'root':
      return [...new Set([state.rootDivision, ...opened])];
    default:
      return [...new Set([state.extract.divisions[step.where.slice('field:'.length)] ?? state.division, ...opened])];
  }
}

/** Those who signed, then those whose posts the chain names. */
async function peopleOf(manager: EntityManager, { state }: FoundCase, { at }: Reader, steps: readonly SignStep[], seats: ReadonlyMap<string, readonly string[]>): Promise<Person[]> {
  const where = steps.flatMap((step) => (isRoleKey(step.role) ? [{ role: step.role, division: In([...(seats.get(step.key) ?? [])]), validFrom: LessThanOrEqual(at) }] : []));
  const held = where.length === 0 ? [] : (await manager.findBy(RoleAssignment, where)).filter(({ validTo }) => validTo === null || validTo > at);
  const ids = [...new Set([state.makerId, ...state.signatures.map(({ by }) => by.userId), ...held.map(({ userId }) => userId)])];
  const users = await manager.findBy(OfficeUser, { id: In(ids) });
  const posts = (await manager.findBy(RoleAssignment, { userId: In(ids), validFrom: LessThanOrEqual(at) })).filter(({ validTo }) => validTo === null || validTo > at);
  const signed = new Set([state.makerId, ...state.signatures.map(({ by }) => by.userId)]);
  return ids.flatMap((id) => {
    const user = users.find((each) => each.id === id);
    if (!user || (user.status !== 'active' && !signed.has(id))) return [];
    return [{ userId: id, name: user.name, personKey: user.personKey, posts: posts.filter(({ userId }) => userId === id).map(({ role, division }) => ({ role, division })) }];
  });
}

/** The person as he would sign in his own right. */
function signerOf({ userId, name, personKey }: Pick<Person, 'userId' | 'name' | 'personKey'>, { role }: SignStep, division: string): Signer {
  return { userId, name, personKey, forUserId: userId, forName: name, forPersonKey: personKey, chain: [personKey], role, division };
}

function roleNames(roles: readonly string[]): string {
  return roles.map((role) => (isRoleKey(role) ? roleOf(role).zh : role)).join('、');
}
