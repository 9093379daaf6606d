import type { Profile } from '../national/profile';

/**
 * What a division decides about stays (住院) beside the message format: taken from the institution's profile when a stay
 * opens and kept by it to its end. Marked [practice] in the process catalogue: usual, not law.
 */
export interface AdmissionRules {
  /** 先结算后出院. */
  readonly settleBeforeDischarge: boolean;
  /** 不明结算: undo at once by 2601 because the patient waits, or ask a person. */
  readonly unknownSettlement: 'abandon' | 'ask';
  /** Days without an upload after which an open stay is overdue. */
  readonly feesOverdueDays: number;
  /** Hours after discharge within which a stay shall be settled. */
  readonly settlementOverdueHours: number;
  /** Days after which a stay shall be settled in the middle (中途结算). */
  readonly maxStayDaysPerSettlement: number;
  /** Days for which a settled stay can still be cancelled or listed before its workflow ends. */
  readonly keepOpenDays: number;
  /** Seconds between two looks at a platform whose queries may be stale. */
  readonly secondLookSeconds: number;
}

const KEEP_OPEN_DAYS = 90;
const SECOND_LOOK_SECONDS = 2;

export function admissionRulesOf(profile: Profile): AdmissionRules {
  return {
    settleBeforeDischarge: profile.settleBeforeDischarge,
    unknownSettlement: profile.unknownSettlement,
    feesOverdueDays: profile.feesOverdueDays,
    settlementOverdueHours: profile.settlementOverdueHours,
    maxStayDaysPerSettlement: profile.maxStayDaysPerSettlement,
    keepOpenDays: KEEP_OPEN_DAYS,
    secondLookSeconds: SECOND_LOOK_SECONDS,
  };
}
