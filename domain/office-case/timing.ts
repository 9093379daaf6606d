import { addWorkingTime, unknownYearIn, workingTimeBetween } from '../working-time';
import { deadlineOf, type CaseDefinition, type StepDeadline } from './definition';
import { currentSignStep } from './slots';
import type { CaseState, Timing } from './types';

/**
 * The term of the step that is current after an event, or undefined where the event leaves it as it was. Reckoned by the
 * activity that records the event, since the working calendar gets a new year every year; what was reckoned stays as it was.
 */
export function timingAfter(definition: CaseDefinition, before: CaseState, after: CaseState, at: number): Timing | null | undefined {
  const step = currentSignStep(definition, after);
  if (!step) return after.timing === null ? undefined : null;
  const deadline = deadlineOf(definition, step);
  if (before.step !== after.step || before.round !== after.round) {
    return running({ startedAt: at, spentMs: 0 }, deadline, at);
  }
  if (!before.timing) return undefined;
  if (after.status === 'suspended' && before.status !== 'suspended') return stopped(before.timing, at);
  if (after.status !== 'suspended' && before.status === 'suspended') return running(before.timing, deadline, at, before.reminded);
  return undefined;
}

const HOUR_MS = 3_600_000;

/** The clock runs from `at` on, with what was spent before counted. */
function running({ startedAt, spentMs }: Pick<Timing, 'startedAt' | 'spentMs'>, deadline: StepDeadline | null, at: number, reminded: readonly number[] = []): Timing {
  if (!deadline) return { startedAt, spentMs, since: at, remindAt: [], dueAt: null };
  const spent = spentMs / HOUR_MS;
  const moment = (part: number): number => addWorkingTime(at, Math.max(0, deadline.hours * part - spent));
  const remindAt = deadline.remindAt.filter((part) => !reminded.includes(part)).map((part) => ({ part, at: moment(part) }));
  const dueAt = moment(1);
  const unknownYear = unknownYearIn(at, dueAt);
  return { startedAt, spentMs, since: at, remindAt, dueAt, ...(unknownYear === null ? {} : { unknownYear }) };
}

function stopped(timing: Timing, at: number): Timing {
  const { startedAt, spentMs } = timing;
  const spent = timing.since === null ? 0 : workingTimeBetween(timing.since, at) * HOUR_MS;
  return { startedAt, spentMs: spentMs + Math.round(spent), since: null, remindAt: [], dueAt: null };
}
