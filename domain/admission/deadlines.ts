import type { AdmissionState, AlarmCode } from './state';

/** What a division decides about deadlines of a stay; see schemas/processes/admission-rules.ts. */
export interface DeadlineRules {
  readonly feesOverdueDays: number;
  readonly settlementOverdueHours: number;
  readonly maxStayDaysPerSettlement: number;
  readonly keepOpenDays: number;
}

export interface Deadline {
  /** Epoch ms. */
  readonly at: number;
  /** Null: the stay is finished for long enough and its process ends. */
  readonly alarm: AlarmCode | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The next moment at which something has to happen by itself, or null. */
export function nextDeadline(state: AdmissionState, rules: DeadlineRules): Deadline | null {
  const due = deadlines(state, rules).sort((a, b) => a.at - b.at);
  return due[0] ?? null;
}

function deadlines(state: AdmissionState, rules: DeadlineRules): Deadline[] {
  const { stage, fees, alarms, unsettledSince, dischargedAt } = state;
  const due: Deadline[] = [];
  const alarmAt = (alarm: AlarmCode, from: number | null, ms: number): void => {
    if (from !== null && !alarms.includes(alarm)) due.push({ at: from + ms, alarm });
  };
  if (stage === 'admitted') {
    alarmAt('FEES_OVERDUE', fees.lastUploadAt, rules.feesOverdueDays * DAY_MS);
    alarmAt('MID_STAY_DUE', unsettledSince, rules.maxStayDaysPerSettlement * DAY_MS);
  }
  if (stage === 'discharged') alarmAt('SETTLEMENT_OVERDUE', dischargedAt, rules.settlementOverdueHours * HOUR_MS);
  const finishedAt = finished(state);
  if (finishedAt !== null) due.push({ at: finishedAt + rules.keepOpenDays * DAY_MS, alarm: null });
  return due;
}

/** When the stay was both settled and discharged, in whichever order, or null. Epoch ms. */
function finished({ stage, settledAt, dischargedAt }: AdmissionState): number | null {
  return stage === 'settled' && settledAt !== null && dischargedAt !== null ? Math.max(settledAt, dischargedAt) : null;
}
