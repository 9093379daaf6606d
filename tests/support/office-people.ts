import { randomUUID } from 'node:crypto';
import type { RoleKey } from '../../domain/people/role-keys';
import { Delegation, Division, OfficeUser, RoleAssignment } from '../../store/entities';
import type { Store } from '../../store/open-store';

/** People of tests: plainly fictitious, each with one post unless said otherwise. */
export interface TestPerson {
  readonly id: string;
  readonly role: RoleKey;
  readonly division: string;
  /** The human behind the account; the account itself where absent. */
  readonly human?: string;
}

export const PROVINCE = '990000';
export const CITIES = ['990100', '990200', '990300'] as const;

const SINCE = Date.parse('2025-01-01T00:00:00+08:00');

/** A province with three cities, and the people given. */
export async function seedOffice(store: Store, people: readonly TestPerson[]): Promise<void> {
  await store.write(async (manager) => {
    const divisions = [
      { code: PROVINCE, name: '示例省', level: 'province' as const, parent: null },
      ...CITIES.map((code, index) => ({ code, name: `示例${index + 1}市`, level: 'city' as const, parent: PROVINCE })),
    ];
    await manager.insert(Division, divisions.map((each) => ({ ...each, validFrom: '2025-01-01', validTo: null })));
  });
  await addPeople(store, people);
}

/** Further people; a second entry of the same id is a second post. */
export async function addPeople(store: Store, people: readonly TestPerson[]): Promise<void> {
  await store.write(async (manager) => {
    for (const person of people) {
      if (!(await manager.findOneBy(OfficeUser, { id: person.id }))) await manager.insert(OfficeUser, userRow(person));
      await manager.insert(RoleAssignment, {
        userId: person.id, role: person.role, division: person.division, validFrom: SINCE, validTo: null, grantedBy: 'setup', revokedBy: null,
      });
    }
  });
}

function userRow({ id, human = id }: TestPerson) {
  return {
    id,
    loginName: id,
    name: `示例${id}`,
    personKey: `person-${human}`,
    ownPersonKey: `person-of-${id}`,
    status: 'active' as const,
    passwordHash: null,
    passwordExpiresAt: null,
    totpSecret: null,
    totpConfirmedAt: null,
    totpLastStep: null,
    subject: null,
    activationCase: null,
    createdAt: SINCE,
    updatedAt: SINCE,
  };
}

export async function delegate(store: Store, fromUser: string, toUser: string, role: RoleKey | null = null): Promise<void> {
  const validTo = Date.parse('2030-01-01T00:00:00+08:00');
  const row = { fromUser, toUser, role, reason: `测试委托 ${randomUUID()}`, validFrom: SINCE, validTo, revokedAt: null, createdAt: SINCE };
  await store.write((manager) => manager.insert(Delegation, row));
}

/** Takes a post away from a moment (epoch ms) on. */
export async function revokePost(store: Store, userId: string, role: RoleKey, at: number): Promise<void> {
  await store.write((manager) => manager.update(RoleAssignment, { userId, role }, { validTo: at, revokedBy: 'test' }));
}
