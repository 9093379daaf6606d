import type { Refusal } from './commands';
import { type OutcomeCode, outcomeOf } from './outcomes';

/** A business refusal; without words of its own it says the outcome's title and what to do next. */
export function refusal(code: OutcomeCode, message?: string): Refusal {
  const { title, next } = outcomeOf(code);
  return { code, message: message ?? `${title}：${next}` };
}

/** Tells a refusal from any other result of a function that may return one. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}
