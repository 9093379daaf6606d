import { z } from 'zod';

const PHASES = ['before-commit', 'after-commit', 'in-answer'] as const;
const KINDS = [
  'hang', 'reset', 'garble', 'delay', 'businessError', 'staleRead', 'disguisedTimeout', 'html', 'empty', 'http503',
  'http429', 'busy', 'amountDrift', 'brokenSum', 'expireSign',
] as const;

export type FaultPhase = (typeof PHASES)[number];
export type FaultKind = (typeof KINDS)[number];

const faultSchema = z.strictObject({
  /** Transaction number, in our own or the sent form (2304 also meets 2304A); `*` meets every one. */
  infno: z.string().min(1).max(6),
  /** Fires first at the n-th matching call, counted from when the plan was set. */
  nth: z.number().int().min(1).default(1),
  /** Fires at so many matching calls in a row; with `probability`, at most so often (default: no limit). */
  times: z.number().int().min(1).optional(),
  phase: z.enum(PHASES).default('before-commit'),
  kind: z.enum(KINDS),
  /** Milliseconds, for `delay`. */
  ms: z.number().int().min(0).max(600_000).default(1000),
  /** infcode and text, for `businessError`. */
  code: z.coerce.number().int().default(-1),
  text: z.string().min(1).max(4000).default('[医保业务]该业务暂不允许办理'),
  /** For `amountDrift`: so many fen move from the pool to the patient's cash. For `brokenSum`: so many are missing from it. */
  amountFen: z.number().int().min(1).default(100),
  /** For `staleRead` on a writing transaction: so many queries after it still see the books as they stood before it. */
  reads: z.number().int().min(1).default(1),
  /** Only calls of this institution. */
  institution: z.string().max(30).optional(),
  /** Instead of counting: each matching call fires with this probability, drawn from `seed`. */
  probability: z.number().gt(0).max(1).optional(),
  seed: z.number().int().default(1),
});

export const faultPlanSchema = z.strictObject({ faults: z.array(faultSchema).max(200) });
export type Fault = z.infer<typeof faultSchema>;

interface ArmedFault {
  readonly fault: Fault;
  readonly draw: () => number;
  seen: number;
  fired: number;
}

/** One firing, kept for tests; the newest thousand. */
export interface Firing {
  readonly at: string;
  readonly infno: string;
  readonly msgid: string;
  readonly phase: FaultPhase;
  readonly kind: FaultKind;
}

const KEPT_FIRINGS = 1000;

/** The faults that are set, in memory only: a restart of the process ends them. */
export class FaultPlan {
  private armed: ArmedFault[] = [];
  private firings: Firing[] = [];

  set(faults: readonly Fault[]): void {
    this.armed = faults.map((fault) => ({ fault, draw: randomFrom(fault.seed), seen: 0, fired: 0 }));
    this.firings = [];
  }

  clear(): void {
    this.set([]);
  }

  /** The faults that fire for this call. Counts the call, so ask once a call. */
  fire(call: { infno: string; sentInfno: string; institution: string; msgid: string; at: string }): Fault[] {
    const due = this.armed.filter((armed) => meets(armed.fault, call) && isDue(armed));
    for (const { fault } of due) {
      this.firings.push({ at: call.at, infno: call.sentInfno, msgid: call.msgid, phase: fault.phase, kind: fault.kind });
    }
    this.firings = this.firings.slice(-KEPT_FIRINGS);
    return due.map((armed) => armed.fault);
  }

  report(): { faults: (Fault & { seen: number; fired: number })[]; firings: readonly Firing[] } {
    return {
      faults: this.armed.map(({ fault, seen, fired }) => ({ ...fault, seen, fired })),
      firings: this.firings,
    };
  }
}

function meets(fault: Fault, call: { infno: string; sentInfno: string; institution: string }): boolean {
  const number = fault.infno === '*' || fault.infno === call.infno || fault.infno === call.sentInfno;
  return number && (fault.institution === undefined || fault.institution === call.institution);
}

function isDue(armed: ArmedFault): boolean {
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
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
