/** The policy versions that ship (all illustrative) and how one is chosen. A site passes its own list instead. */
import demo2025 from './demo-2025-01.json';
import demo2026 from './demo-2026-01.json';
import demo2027 from './demo-2027-01.json';
import type { Policy } from './policy';
import { validatePolicies } from './validate';

export const demoPolicies: readonly Policy[] = validatePolicies([demo2025, demo2026, demo2027]);

/** The dates of a stay that a version may be chosen by, `yyyy-MM-dd`. */
export interface StayDates {
  readonly admissionDate: string;
  /** Discharge, or the day of an interim settlement while the person is still in hospital. */
  readonly dischargeDate: string;
}

/** The version in force on a date. Throws RangeError when there is none. */
export function policyFor(date: string, policies: readonly Policy[] = demoPolicies): Policy {
  const found = policies.find((policy) => policy.effectiveFrom <= date && date <= policy.effectiveTo);
  if (!found) throw new RangeError(`no benefits policy is in force on ${date}`);
  return found;
}

/** The version whose fund rules settle a stay: by discharge date, unless that version says by admission date. */
export function fundPolicyFor(dates: StayDates, policies: readonly Policy[] = demoPolicies): Policy {
  const atDischarge = policyFor(dates.dischargeDate, policies);
  return atDischarge.versionChosenBy.fund === 'admissionDate' ? policyFor(dates.admissionDate, policies) : atDischarge;
}
