import { daysBetween } from '../calendar';

/** One age bucket (账龄): days from and to, both inclusive; `to` null is open-ended. */
export interface AgeBucket {
  readonly from: number;
  readonly to: number | null;
  readonly zh: string;
}

/** The buckets that rising upper bounds make: `[1, 5]` is 0–1, 2–5 and more than 5 days. */
export function ageBuckets(bounds: readonly number[]): AgeBucket[] {
  const ends = [...bounds, null];
  return ends.map((to, index) => {
    const from = index === 0 ? 0 : (bounds[index - 1] ?? 0) + 1;
    return { from, to, zh: to === null ? `${from - 1} 天以上` : from === to ? `${from} 天` : `${from}–${to} 天` };
  });
}

/** The bucket of a difference that was first seen on `since`, as of `today`; both `yyyy-MM-dd`. A day to come counts as today. */
export function bucketOf(bounds: readonly number[], since: string, today: string): AgeBucket {
  const age = Math.max(0, daysBetween(since, today));
  const bucket = ageBuckets(bounds).find(({ to }) => to === null || age <= to);
  if (!bucket) throw new RangeError('the last age bucket has no end');
  return bucket;
}
