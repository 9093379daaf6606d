import { setTimeout as sleep } from 'node:timers/promises';
import { nationalCallsWaiting } from '../../runtime/metrics';
import type { Clock } from './types';

export interface LaneLimits {
  /** Calls in flight at once. */
  readonly concurrency: number;
  readonly ratePerSecond: number;
}

/** Why a lane let nobody in. */
export type LaneRefusal = 'laneFull' | 'circuitOpen';

const OPENS_AFTER = 8;
const FIRST_OPEN_MS = 2000;
const LONGEST_OPEN_MS = 30_000;
const LONGEST_PAUSE_MS = 5000;

/**
 * The lane of one institution in this process: places, a rate, and a circuit. A slow or dead platform fills its own lane
 * only; calls of other institutions do not wait behind it. When many calls in a row got no answer at all, the circuit opens:
 * calls are turned away at once, then one probe at a time is let through until the platform answers.
 */
export class Lane {
  private inFlight = 0;
  private readonly queue: (() => void)[] = [];
  private tokens: number;
  private filledAt: number;
  private pausedUntil = 0;
  private silences = 0;
  private openUntil = 0;
  private probing = false;

  constructor(
    private readonly institution: string,
    private readonly limits: LaneLimits,
    private readonly clock: Clock,
  ) {
    this.tokens = Math.max(1, limits.ratePerSecond);
    this.filledAt = clock.now();
  }

  /**
   * Waits for a place and a token.
   * @param patienceMs longest wait.
   * @returns null when the caller may go on and must call `leave` in the end, or why not.
   */
  async enter(patienceMs: number): Promise<LaneRefusal | null> {
    if (!this.passCircuit()) return 'circuitOpen';
    const deadline = this.clock.now() + patienceMs;
    nationalCallsWaiting.inc({ institution: this.institution });
    try {
      if (!(await this.takePlace(patienceMs))) {
        this.probing = false;
        return 'laneFull';
      }
      if (await this.takeToken(deadline)) return null;
      this.leave();
      return 'laneFull';
    } finally {
      nationalCallsWaiting.dec({ institution: this.institution });
    }
  }

  leave(): void {
    // A probe that ended without being noted (its input was refused here) must not keep the circuit shut.
    this.probing = false;
    const next = this.queue.shift();
    // The place passes to the next in line, so the count stays.
    if (next) next();
    else this.inFlight -= 1;
  }

  /** Waits for a token only: for a sign-in, whose caller holds a place already. */
  async takeToken(deadline: number): Promise<boolean> {
    for (;;) {
      const now = this.clock.now();
      const waitMs = Math.max(this.pausedUntil - now, this.refill(now));
      if (waitMs <= 0) {
        this.tokens -= 1;
        return true;
      }
      if (now + waitMs > deadline) return false;
      await sleep(waitMs);
    }
  }

  /** The platform says that it is busy: nobody in this lane sends for so long, at most five seconds. */
  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + Math.min(ms, LONGEST_PAUSE_MS));
  }

  /** The platform answered, whatever it said. */
  noteAnswer(): void {
    this.silences = 0;
    this.probing = false;
    this.openUntil = 0;
  }

  /** No answer at all: refused connection, time-out, reset. */
  noteSilence(): void {
    this.silences += 1;
    this.probing = false;
    const over = this.silences - OPENS_AFTER;
    if (over >= 0) this.openUntil = this.clock.now() + Math.min(FIRST_OPEN_MS * 2 ** Math.min(over, 5), LONGEST_OPEN_MS);
  }

  private passCircuit(): boolean {
    if (this.openUntil === 0) return true;
    if (this.clock.now() < this.openUntil || this.probing) return false;
    this.probing = true;
    return true;
  }

  private takePlace(patienceMs: number): Promise<boolean> {
    if (this.inFlight < this.limits.concurrency) {
      this.inFlight += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const enter = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.queue.splice(this.queue.indexOf(enter), 1);
        resolve(false);
      }, patienceMs);
      this.queue.push(enter);
    });
  }

  /** Fills the bucket and says how long until it holds a token, milliseconds. */
  private refill(now: number): number {
    const { ratePerSecond } = this.limits;
    this.tokens = Math.min(Math.max(1, ratePerSecond), this.tokens + ((now - this.filledAt) * ratePerSecond) / 1000);
    this.filledAt = now;
    return this.tokens >= 1 ? 0 : Math.ceil(((1 - this.tokens) * 1000) / ratePerSecond);
  }
}
