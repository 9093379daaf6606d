import { z } from 'zod';
import { addDays, dateProblem, parseDate } from '../../domain/calendar';
import { keep, kept, sql, type Db } from '../kit/books';
import { randomFrom } from '../kit/fault-plan';
import type { KeptLevy } from './cashier';
import { looseLike, plan } from './events';
import { CROSSINGS, debit, tomorrow } from './orders';

/** What a payer of a whole batch does. Whoever is not chosen for another way pays in full and in time. */
const WAYS = ['none', 'part', 'twice', 'late', 'void', 'voidAndPay', 'refund', 'refundFailed', 'debit', 'withoutLevy'] as const;
type Way = (typeof WAYS)[number] | 'full';

const rate = z.number().min(0).max(1);
const count = z.number().int().min(0).max(1_000_000);
const each = <T extends z.ZodType>(of: T) => z.strictObject(Object.fromEntries(WAYS.map((way) => [way, of.optional()])) as Record<(typeof WAYS)[number], z.ZodOptional<T>>);

export const scenarioSchema = z.strictObject({
  seed: z.number().int().default(1),
  /** Only this batch; absent: every batch that is there and every one that comes. */
  batch_no: z.string().max(20).optional(),
  /** First day of payment and number of days. Absent: from the day after now, or after the file came. */
  from: z
    .string()
    .refine((text) => dateProblem(text) === null, { message: 'a date is yyyy-MM-dd' })
    .optional(),
  days: z.number().int().min(1).max(366).default(20),
  /** So many payers of each file, chosen by the seed before rates are looked at. */
  counts: each(count).default({}),
  /** Shares of the others. */
  rates: each(rate).default({}),
  /** So many cancellations that come are crossed by a payment. */
  crossings: count.default(0),
  /** Share of 回盘 files that are shown days later (and so out of order), and that are shown twice. */
  files: z.strictObject({ lateRate: rate.default(0), lateDays: z.number().int().min(1).max(60).default(2), twiceRate: rate.default(0) }).default({ lateRate: 0, lateDays: 2, twiceRate: 0 }),
  /** So many lines of the treasury's statement come so many days late. */
  lateLines: z.strictObject({ count, days: z.number().int().min(1).max(60) }).default({ count: 0, days: 3 }),
});
export type Scenario = z.infer<typeof scenarioSchema>;

const NAME = 'scenario';
export const LATE_LINES = 'late_lines';

export function readScenario(db: Db): Scenario | null {
  const text = kept(db, NAME);
  return text === undefined ? null : (JSON.parse(text) as Scenario);
}

/** Keeps a scenario for files that come. Must run inside a transaction. */
export function keepScenario(db: Db, scenario: Scenario): void {
  keep(db, NAME, JSON.stringify(scenario));
  keep(db, CROSSINGS, String(scenario.crossings));
  keep(db, LATE_LINES, String(scenario.lateLines.count));
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A number that seed and text always give: FNV-1a. */
export function lotOf(seed: number, text: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** The way of one payer by the rates. */
function wayOf(scenario: Scenario, draw: number, levy: KeptLevy): Way {
  let upTo = 0;
  for (const way of WAYS) {
    upTo += scenario.rates[way] ?? 0;
    if (draw < upTo) return fits(way, levy) ? way : 'full';
  }
  return 'full';
}

/** Parts are paid by units only, late is after a due date, and a debit needs an agreement. */
function fits(way: Way, levy: Pick<KeptLevy, 'payer_kind' | 'due_date' | 'agrt_flag'>): boolean {
  if (way === 'part') return levy.payer_kind === '1';
  if (way === 'late') return levy.due_date !== '';
  return way !== 'debit' || levy.agrt_flag === '1';
}

const PAGE = 1000;

/**
 * Plans what the payers of one file will do. Must run inside a transaction. The same seed and file always give the same plan.
 * A levy for which something is planned already is left as it is.
 */
export function applyScenario(db: Db, scenario: Scenario, arrival: number, now: number): number {
  const start = Math.max(now, parseDate(scenario.from ?? tomorrow(now)));
  const chosen = chooseCounts(db, scenario, arrival);
  let planned = 0;
  for (let after = 0; ; ) {
    const page = sql<[number, number, number], KeptLevy & { row_no: number }>(
      db,
      `SELECT * FROM levy WHERE arrival = ? AND row_no > ? AND state = 'accepted' AND payable = 1
          AND NOT EXISTS (SELECT 1 FROM event e WHERE e.levy_no = levy.levy_no) ORDER BY row_no LIMIT ?`,
    ).all(arrival, after, PAGE);
    for (const levy of page) {
      const draw = randomFrom(lotOf(scenario.seed, levy.levy_no));
      const way = chosen.get(levy.levy_no) ?? wayOf(scenario, draw(), levy);
      planWay(db, scenario, levy, way, start, draw);
      planned += 1;
    }
    if (page.length < PAGE) return planned;
    after = page.at(-1)?.row_no ?? after;
  }
}

/** The levies that are chosen by number, each for one way. */
function chooseCounts(db: Db, scenario: Scenario, arrival: number): ReadonlyMap<string, Way> {
  const chosen = new Map<string, Way>();
  const wanted = WAYS.filter((way) => (scenario.counts[way] ?? 0) > 0);
  if (wanted.length === 0) return chosen;
  db.function('lot', { deterministic: true }, (text: unknown) => lotOf(scenario.seed + 1, String(text)));
  const inLot = db
    .prepare<[number], Pick<KeptLevy, 'levy_no' | 'payer_kind' | 'due_date' | 'agrt_flag'>>(
      "SELECT levy_no, payer_kind, due_date, agrt_flag FROM levy WHERE arrival = ? AND state = 'accepted' AND payable = 1 ORDER BY lot(levy_no), levy_no",
    );
  for (const way of wanted) {
    let left = scenario.counts[way] ?? 0;
    for (const levy of inLot.iterate(arrival)) {
      if (left === 0) break;
      if (chosen.has(levy.levy_no) || !fits(way, levy)) continue;
      chosen.set(levy.levy_no, way);
      left -= 1;
    }
  }
  return chosen;
}

function planWay(db: Db, scenario: Scenario, levy: KeptLevy, way: Way, start: number, draw: () => number): void {
  const no = levy.levy_no;
  /** Between eight and twenty o'clock of one of the days. */
  const when = start + Math.floor(draw() * scenario.days) * DAY_MS + 8 * HOUR_MS + Math.floor(draw() * 12 * 3600) * 1000;
  const pay = (at: number, detail: object = {}): void => void plan(db, at, no, { act: 'pay', detail });
  switch (way) {
    case 'none':
      return;
    case 'full':
      return pay(when);
    case 'part':
      return pay(when, { amountFen: Math.max(1, Math.floor(levy.amt * (0.3 + draw() * 0.5))) });
    case 'twice':
      pay(when);
      return pay(when + HOUR_MS, { again: true });
    case 'late':
      return pay(Math.max(when, parseDate(addDays(levy.due_date, 1 + Math.floor(draw() * 20))) + 9 * HOUR_MS));
    case 'void':
    case 'voidAndPay':
      pay(when);
      plan(db, when + HOUR_MS, no, { act: 'void', detail: {} });
      return way === 'void' ? undefined : pay(when + 2 * HOUR_MS);
    case 'refund':
    case 'refundFailed':
      pay(when);
      plan(db, when + DAY_MS, no, { act: 'refund', detail: { fails: way === 'refund' ? 0 : 1 } });
      return;
    case 'debit':
      debit(db, no, when, when + 2 * HOUR_MS, true);
      return;
    case 'withoutLevy': {
      const detail = looseLike(db, no, undefined);
      if (detail) plan(db, when, no, { act: 'loose', detail });
    }
  }
}
