import { deadlineOf, type CaseDefinition, type SignStep } from './definition';
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

/** What has become due by a moment: reminders, and at the end of the term what silence means, or else the escalation. */
export function dueEvents(definition: CaseDefinition, state: CaseState, at: number): CaseEvent[] {
  const step = currentSignStep(definition, state);
  const deadline = step && deadlineOf(definition, step);
  if (!step || !deadline || !state.timing) return [];
  const { round, timing } = state;
  const events: CaseEvent[] = timing.remindAt
    .filter((each) => each.at <= at)
    .map(({ part }) => ({ type: 'reminded', step: step.key, round, part, at }));
  const overdue = timing.dueAt !== null && timing.dueAt <= at && state.escalatedAt === null;
  if (!overdue) return events;
  const silent = silenceCounts(step, state) ? (state.slots[step.key] ?? []).filter((slot) => slot.state === 'open' && !slot.added) : [];
  if (silent.length > 0) return [...events, { type: 'tacit', step: step.key, round, slots: silent.map(({ slot }) => slot), at }];
  return [...events, { type: 'escalated', step: step.key, round, to: deadline.escalateTo, at }];
}

function silenceCounts({ onOverdue }: SignStep, { results }: CaseState): boolean {
  if (!onOverdue) return false;
  const { when } = onOverdue;
  return when === undefined || (results[when.step] as Record<string, unknown> | undefined)?.[when.result] === true;
}
