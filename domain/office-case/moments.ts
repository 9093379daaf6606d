import { deadlineOf, type CaseDefinition } from './definition';
import { currentSignStep } from './slots';
import type { CaseEvent, CaseState } from './types';

/** The next moment (epoch ms) at which something happens by itself, or null. */
export function nextMoment(state: CaseState): number | null {
  const { timing, escalatedAt } = state;
  if (!timing) return null;
  const moments = timing.remindAt.map(({ at }) => at);
  if (timing.dueAt !== null && escalatedAt === null) moments.push(timing.dueAt);
  return moments.length > 0 ? Math.min(...moments) : null;
}

/** What has become due by a moment: reminders and the escalation of the current step. */
export function dueEvents(definition: CaseDefinition, state: CaseState, at: number): CaseEvent[] {
  const step = currentSignStep(definition, state);
  const deadline = step && deadlineOf(definition, step);
  if (!step || !deadline || !state.timing) return [];
  const { round, timing } = state;
  const events: CaseEvent[] = timing.remindAt
    .filter((each) => each.at <= at)
    .map(({ part }) => ({ type: 'reminded', step: step.key, round, part, at }));
  const overdue = timing.dueAt !== null && timing.dueAt <= at && state.escalatedAt === null;
  return overdue ? [...events, { type: 'escalated', step: step.key, round, to: deadline.escalateTo, at }] : events;
}
