import { z } from 'zod';

/** How often a fault fires: members of every counterparty's fault. */
export const countedShape = {
  /** Fires first at the n-th matching call, counted from when the plan was set. */
  nth: z.number().int().min(1).default(1),
  /** Fires at so many matching calls in a row; with `probability`, at most so often (default: no limit). */
  times: z.number().int().min(1).optional(),
  /** Instead of counting: each matching call fires with this probability, drawn from `seed`. */
  probability: z.number().gt(0).max(1).optional(),
  seed: z.number().int().default(1),
  /** Milliseconds, for delays. */
  ms: z.number().int().min(0).max(600_000).default(1000),
} as const;

export interface Counted {
  readonly nth: number;
  readonly times?: number | undefined;
  readonly probability?: number | undefined;
  readonly seed: number;
}

interface ArmedFault<F> {
  readonly fault: F;
  readonly draw: () => number;
  seen: number;
  fired: number;
}

const KEPT_FIRINGS = 1000;

/**
 * The faults `F` that are set, met by calls `C`; a firing is told as `T`. In memory only: a restart of the process ends them.
 */
export class FaultPlan<F extends Counted, C, T> {
  private armed: ArmedFault<F>[] = [];
  private firings: T[] = [];

  constructor(
    private readonly meets: (fault: F, call: C) => boolean,
    private readonly tell: (fault: F, call: C) => T,
  ) {}

  set(faults: readonly F[]): void {
    this.armed = faults.map((fault) => ({ fault, draw: randomFrom(fault.seed), seen: 0, fired: 0 }));
    this.firings = [];
  }

  clear(): void {
    this.set([]);
  }

  /** The faults that fire for this call. Counts the call, so ask once a call. */
  fire(call: C): F[] {
    const due = this.armed.filter((armed) => this.meets(armed.fault, call) && isDue(armed));
    this.firings = [...this.firings, ...due.map(({ fault }) => this.tell(fault, call))].slice(-KEPT_FIRINGS);
    return due.map((armed) => armed.fault);
  }

  /** What is set, how often each was seen and fired, and the newest thousand firings. */
  report(): { faults: (F & { seen: number; fired: number })[]; firings: readonly T[] } {
    return { faults: this.armed.map(({ fault, seen, fired }) => ({ ...fault, seen, fired })), firings: this.firings };
  }
}

function isDue<F extends Counted>(armed: ArmedFault<F>): boolean {
  const { fault } = armed;
  armed.seen += 1;
  if (armed.seen < fault.nth) return false;
  const due =
    fault.probability === undefined
      ? armed.seen < fault.nth + (fault.times ?? 1)
      : armed.fired < (fault.times ?? Number.POSITIVE_INFINITY) && armed.draw() < fault.probability;
  if (due) armed.fired += 1;
  return due;
}

/** A small repeatable generator of numbers in [0, 1): the same seed always gives the same series. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
