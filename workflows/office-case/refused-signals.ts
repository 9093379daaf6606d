import type { Refusal } from '../../domain/commands';

/** Signals that are no acts at all. They have no caller to tell, so they are recorded; how many there are is not ours to choose. */
export interface RefusedSignals {
  take(refused: Refusal): Promise<void>;
  /** How many were counted only. */
  waiting(): number;
  /** Records those; before the run ends or rolls over. */
  flush(): Promise<void>;
}

const HOUR_MS = 3_600_000;
/** Steps that an hour spends on recording them; later ones are counted, and recorded together. */
const STEPS_AN_HOUR = 20;

/**
 * Records refused signals without letting them grow the history by more than themselves. Whether one gets a step of its own
 * follows from the signals before it and the time alone, never from how fast a step was: a replay comes to the same.
 */
export function openRefusedSignals(record: (refused: Refusal, count: number) => Promise<void>): RefusedSignals {
  let waiting = 0;
  let last: Refusal | null = null;
  let hour = { from: 0, steps: 0 };

  async function recordAll(): Promise<void> {
    if (waiting === 0 || !last) return;
    const count = waiting;
    waiting = 0;
    await record(last, count);
  }

  return {
    waiting: () => waiting,
    take: async (refused) => {
      waiting += 1;
      last = refused;
      const now = Date.now();
      if (now - hour.from >= HOUR_MS) hour = { from: now, steps: 0 };
      if (hour.steps >= STEPS_AN_HOUR) return;
      hour.steps += 1;
      await recordAll();
    },
    flush: recordAll,
  };
}
