import type { EntityManager } from 'typeorm';
import { divisionTree } from '../activities/people/divisions';
import { scopeOf } from '../domain/people/divisions';
import type { Right } from '../domain/people/role-keys';
import type { Institution } from '../runtime/institutions';
import { Problem } from './problem';
import type { Call } from './route';

/** The institutions that a right of the caller reaches, by their division. */
export async function institutionsWithin(manager: EntityManager, { parts, user }: Pick<Call, 'parts' | 'user'>, right: Right): Promise<readonly Institution[]> {
  const scope = new Set(scopeOf(right, user.assignments, await divisionTree(manager, parts.people.now())));
  return parts.institutions.filter(({ admdvs }) => scope.has(admdvs));
}

/**
 * A person's call as the institution's own route takes it: with the institution of the address as the caller.
 * Throws Problem ADMISSION_NOT_FOUND for no institution of ours, DIVISION_OUT_OF_SCOPE for one beyond the person's divisions.
 */
export async function asInstitution<Q, B>(call: Call<Q, B>): Promise<Call<Q, B>> {
  const { parts, params, user } = call;
  const code = params['institution'];
  if (!parts.institutions.some(({ fixmedinsCode }) => fixmedinsCode === code)) throw new Problem('ADMISSION_NOT_FOUND');
  const within = await parts.store.read((manager) => institutionsWithin(manager, call, 'admission.read'));
  const institution = within.find(({ fixmedinsCode }) => fixmedinsCode === code);
  if (!institution) throw new Problem('DIVISION_OUT_OF_SCOPE');
  return { ...call, caller: { institution: institution.fixmedinsCode, operator: { id: user.userId, name: user.name, type: '1' } } };
}
