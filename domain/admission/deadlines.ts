import type { AdmissionState, AlarmCode } from './state';

export interface Deadline {
  /** Epoch ms. */
  readonly at: number;
  /** Null: the stay is finished for long enough and its process ends. */
  readonly alarm: AlarmCode | null;
}

/** By when people shall have done something; passed, an alarm is raised. */
type Term = Deadline & { readonly alarm: AlarmCode };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The next moment at which something has to happen by itself, or null. */
export function nextDeadline(state: AdmissionState): Deadline | null {
  const due: Deadline[] = terms(state).filter(({ alarm }) => !state.alarms.includes(alarm));
  const finishedAt = finished(state);
  if (finishedAt !== null) due.push({ at: finishedAt + state.rules.keepOpenDays * DAY_MS, alarm: null });
  return due.sort((a, b) => a.at - b.at)[0] ?? null;
}

/** By when people shall act next (期限), epoch ms, or null; a moment that has passed means that the stay is overdue. */
export function dueAt(state: AdmissionState): number | null {
  const moments = terms(state).map(({ at }) => at);
  return moments.length > 0 ? Math.min(...moments) : null;
}

function terms({ stage, fees, unsettledSince, dischargedAt, rules }: AdmissionState): Term[] {
  const found: Term[] = [];
  const add = (alarm: AlarmCode, from: number | null, ms: number): void => {
    if (from !== null) found.push({ at: from + ms, alarm });
  };
  if (stage === 'admitted') {
    add('FEES_OVERDUE', fees.lastUploadAt, rules.feesOverdueDays * DAY_MS);
    add('MID_STAY_DUE', unsettledSince, rules.maxStayDaysPerSettlement * DAY_MS);
  }
  if (stage === 'discharged') add('SETTLEMENT_OVERDUE', dischargedAt, rules.settlementOverdueHours * HOUR_MS);
  return found;
}

/** When the stay was both settled and discharged, in whichever order, or null. Epoch ms. */
function finished({ stage, settledAt, dischargedAt }: AdmissionState): number | null {
  return stage === 'settled' && settledAt !== null && dischargedAt !== null ? Math.max(settledAt, dischargedAt) : null;
}
