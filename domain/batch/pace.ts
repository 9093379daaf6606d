import { phaseOf, type BatchStanding } from './state';

export interface BatchPace {
  /** Rows of the phase under way a second; null where nothing is under way or nothing is done yet. */
  readonly rowsPerSecond: number | null;
  /** What the phase still takes, ms. */
  readonly remainingMs: number | null;
}

/** How fast the phase under way goes, judged by the chunks that it has finished. */
export function paceOf(batch: BatchStanding & { readonly chunks: number; readonly phaseDone: number; readonly total: number; readonly phaseStartedAt: number | null }, now: number): BatchPace {
  const { chunks, phaseDone, total, phaseStartedAt, hold } = batch;
  const elapsed = phaseStartedAt === null ? 0 : now - phaseStartedAt;
  if (phaseOf(batch) === null || hold !== null || phaseDone === 0 || elapsed <= 0) return { rowsPerSecond: null, remainingMs: null };
  const part = phaseDone / chunks;
  return { rowsPerSecond: Math.round((total * part * 1000) / elapsed), remainingMs: Math.round((elapsed * (1 - part)) / part) };
}
