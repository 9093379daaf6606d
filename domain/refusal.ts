import type { Refusal } from './commands';
import { type OutcomeCode, outcomeOf } from './outcomes';

/** A business refusal; without words of its own it says the outcome's title and what to do next. */
export function refusal(code: OutcomeCode, message?: string): Refusal {
  return { code, message: message ?? defaultMessage(code) };
}

/** What a refusal says that has no words of its own. */
export function defaultMessage(code: OutcomeCode): string {
  const { title, next } = outcomeOf(code);
  return `${title}：${next}`;
}

/** Tells a refusal from any other result of a function that may return one. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}
