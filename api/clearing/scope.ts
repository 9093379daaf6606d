import type { EntityManager } from 'typeorm';
import { divisionTree } from '../../activities/people/divisions';
import { cityOf, provinceOf } from '../../domain/clearing/record';
import { roleOf } from '../../domain/people/roles';
import type { Right } from '../../domain/people/role-keys';
import { XrClearingBatch } from '../../store/entities';
import { Problem } from '../problem';
import type { Call } from '../route';

/** What of the clearing a person sees: offices, and of these all cities (null) or those named. */
export interface ClearingScope {
  readonly offices: readonly string[];
  readonly cities: readonly string[] | null;
}

/** A province's people see its whole clearing, a city's (and its counties') people what their city pays or receives. */
export async function clearingScope(manager: EntityManager, { user, parts }: Pick<Call, 'user' | 'parts'>, right: Right): Promise<ClearingScope> {
  const tree = await divisionTree(manager, parts.people.now());
  const homes = user.assignments.filter(({ role }) => roleOf(role).rights.includes(right)).map(({ division }) => division);
  const offices = [...new Set(homes.map(provinceOf))];
  const whole = homes.some((home) => tree.find(home)?.level === 'province');
  return { offices, cities: whole ? null : [...new Set(homes.map(cityOf))] };
}

/** The batch at the address, if the person may see it. Throws Problem CLEARING_BATCH_NOT_FOUND. */
export async function visibleBatch(manager: EntityManager, call: Call<unknown, unknown>): Promise<{ batch: XrClearingBatch; scope: ClearingScope }> {
  const scope = await clearingScope(manager, call, 'case.read');
  const batch = await manager.findOneBy(XrClearingBatch, { id: call.params['id'] ?? '' });
  if (!batch || !scope.offices.includes(batch.office)) throw new Problem('CLEARING_BATCH_NOT_FOUND');
  return { batch, scope };
}

/** Whether a flow is the person's to see, by what was asked for: a city, as payer or as receiver. */
export function seesFlow(
  { cities }: ClearingScope,
  asked: { readonly city?: string | undefined; readonly side?: 'payable' | 'receivable' | undefined },
  flow: { readonly payingCity: string; readonly receivingCity: string },
): boolean {
  const mine = cities === null || cities.includes(flow.payingCity) || cities.includes(flow.receivingCity);
  const places = asked.side === 'payable' ? [flow.payingCity] : asked.side === 'receivable' ? [flow.receivingCity] : [flow.payingCity, flow.receivingCity];
  return mine && (asked.city === undefined || places.includes(asked.city));
}
