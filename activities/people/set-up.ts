import { randomBytes } from 'node:crypto';
import type { DivisionNode } from '../../domain/people/divisions';
import type { RoleKey } from '../../domain/people/role-keys';
import { incompatiblePosts } from '../../domain/people/roles';
import { OfficeUser } from '../../store/entities';
import type { Transactions } from '../../store/transactions';
import { recordAudit } from './audit';
import { assign, changeDivision, createUser } from './change-apply';
import { hashGenerated } from './passwords';
import { newTotpSecret } from './totp';

/** The divisions and people with which an installation begins: somebody has to be there who can propose and approve. */
export interface FirstPeople {
  readonly divisions: readonly DivisionNode[];
  readonly users: readonly {
    readonly login: string;
    readonly name: string;
    /** ID number, from which accounts of one human are known. */
    readonly certno?: string;
    /** `sub` at the identity provider. */
    readonly subject?: string;
    readonly posts: readonly { readonly role: RoleKey; readonly division: string }[];
  }[];
}

/** What a person needs to log in the first time. */
export interface FirstLogIn {
  readonly login: string;
  readonly password: string;
  /** Base 32. */
  readonly totpSecret: string;
}

/** Case of what stands from the beginning. */
export const SET_UP = 'setup';
const FIRST_DAY = '2020-01-01';
const PASSWORD_BYTES = 18;

/** Random log-ins, one a user. */
export function newLogIns(people: FirstPeople): FirstLogIn[] {
  return people.users.map(({ login }) => ({ login, password: `${randomBytes(PASSWORD_BYTES).toString('base64url')}#1aA`, totpSecret: newTotpSecret() }));
}

/**
 * Loads the first people into a database that has none, in one transaction; their ids are their login names. Returns false
 * and changes nothing when there is a user already: from then on only cases change people.
 * Throws RangeError for people whose posts exclude each other or who have no log-in.
 */
export async function setUpPeople(store: Transactions, people: FirstPeople, logIns: readonly FirstLogIn[], now: number): Promise<boolean> {
  requireCompatible(people);
  const secrets = new Map(await Promise.all(logIns.map(async (each) => [each.login, { ...each, passwordHash: await hashGenerated(each.password) }] as const)));
  return store.write(async (manager) => {
    if ((await manager.count(OfficeUser)) > 0) return false;
    for (const division of people.divisions) await changeDivision(manager, { ...division, validFrom: FIRST_DAY });
    for (const { login, name, certno = null, subject = null, posts } of people.users) {
      const secret = secrets.get(login);
      if (!secret) throw new RangeError(`${login} has no log-in`);
      await createUser(manager, { loginName: login, name, certno, subject, division: '', role: null }, { caseId: SET_UP, now }, login);
      const { passwordHash, totpSecret } = secret;
      await manager.update(OfficeUser, { id: login }, { passwordHash, totpSecret, totpConfirmedAt: now, activationCase: null });
      for (const post of posts) await assign(manager, { ...post, userId: login, validFrom: now, validTo: null }, SET_UP);
    }
    await recordAudit(manager, { event: 'people.setUp', at: now, userId: null, origin: SET_UP, detail: { users: people.users.length, divisions: people.divisions.length } });
    return true;
  });
}

/** Whether the database has people already. */
export function hasPeople(store: Transactions): Promise<boolean> {
  return store.read(async (manager) => (await manager.count(OfficeUser)) > 0);
}

function requireCompatible({ users }: FirstPeople): void {
  for (const { login, posts } of users) {
    const roles = posts.map(({ role }) => role);
    const wrong = roles.find((role) => incompatiblePosts(role, roles).length > 0);
    if (wrong) throw new RangeError(`${login} would hold ${wrong} together with ${incompatiblePosts(wrong, roles).join(', ')}`);
  }
}
