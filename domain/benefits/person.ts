/** What the centre's rows about a person mean for the calculation. */
import type { AidIdentity, Policy } from '../policies/policy';
import { dateOf } from '../calendar';

/** A row of idetinfo (身份信息) in the answer of 1101. */
export interface IdentityRow {
  readonly psn_idet_type: string;
  readonly begntime: string;
  readonly endtime?: string | null;
}

/** From the best favoured to the least. */
const PRECEDENCE: readonly AidIdentity[] = ['特困', '低保', '返贫致贫', '低保边缘'];

/** The identity that counts on a date: among the rows then in force the best favoured, or null. */
export function identityOn(rows: readonly IdentityRow[], date: string, policy: Policy): AidIdentity | null {
  const active = rows
    .filter((row) => dateOf(row.begntime) <= date && (!row.endtime || date <= dateOf(row.endtime)))
    .map((row) => policy.aid.identityCodes[row.psn_idet_type]);
  return PRECEDENCE.find((identity) => active.includes(identity)) ?? null;
}

/** psn_type 12xx are retired employees (退休), 13xx retired cadres (离休). */
export function isRetired(psnType: string): boolean {
  return psnType.startsWith('12') || psnType.startsWith('13');
}
