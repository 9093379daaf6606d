import { setTimeout as sleep } from 'node:timers/promises';
import type { FailureKind } from './errors';

export interface Patience {
  /** Milliseconds after which the last error is thrown. */
  readonly totalMs: number;
  /** Longest pause between two attempts, milliseconds. */
  readonly longestDelayMs: number;
  readonly mostAttempts: number;
}

/** Patience for work that is done anew: pauses grow from 5 ms to half a second, at most 60 attempts. */
export function patienceOf(totalMs: number): Patience {
  return { totalMs, longestDelayMs: 500, mostAttempts: 60 };
}

const FIRST_DELAY_MS = 5;

/** Milliseconds to wait after attempt `attempt` (from 1): full jitter under a doubling ceiling. */
export function delayAfter(attempt: number, longestDelayMs: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestDelayMs, FIRST_DELAY_MS * 2 ** Math.min(attempt, 16));
  return 1 + Math.floor(random() * ceiling);
}

/**
 * Runs `attempt` until it succeeds, fails for good by the judgement of `kindOf`, or the patience is used up; then throws
 * the last error.
 */
export async function retrying<T>(
  patience: Patience,
  attempt: () => Promise<T>,
  kindOf: (error: unknown) => FailureKind,
): Promise<T> {
  const deadline = Date.now() + patience.totalMs;
  for (let number = 1; ; number += 1) {
    try {
      return await attempt();
    } catch (error) {
      const kind = kindOf(error);
      const delay = delayAfter(number, patience.longestDelayMs);
      const usedUp = number >= patience.mostAttempts || Date.now() + delay >= deadline;
      if (kind === 'final' || kind === 'timeout' || usedUp) throw error;
      await sleep(delay);
    }
  }
}
