import { addDays, monthEnd } from '../calendar';

/** A clearing month (清算期) as an integer: 202610. Narrow in tables, in order by value. */
export type Period = number;

const TEXT = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** Reads `2026-10`. Throws RangeError for anything else. */
export function periodOf(text: string): Period {
  const match = TEXT.exec(text);
  if (!match) throw new RangeError(`not a month yyyy-MM: ${JSON.stringify(text)}`);
  return Number(match[1]) * 100 + Number(match[2]);
}

/** `2026-10` of 202610. */
export function periodText(period: Period): string {
  return `${Math.floor(period / 100)}-${String(period % 100).padStart(2, '0')}`;
}

export function isPeriodText(text: string): boolean {
  return TEXT.test(text);
}

/** The month `months` later; a negative number goes back. */
export function addMonths(period: Period, months: number): Period {
  const index = Math.floor(period / 100) * 12 + (period % 100) - 1 + months;
  return Math.floor(index / 12) * 100 + (index % 12) + 1;
}

/** Whole months from one to the other; negative when `to` is earlier. */
export function monthsBetween(from: Period, to: Period): number {
  return Math.floor(to / 100) * 12 + (to % 100) - (Math.floor(from / 100) * 12 + (from % 100));
}

/** The day of that number in a month, or the month's last day where it has fewer: `2026-02-28` for (202602, 31). */
export function dayOf(period: Period, day: number): string {
  const first = `${periodText(period)}-01`;
  const wanted = addDays(first, day - 1);
  const last = monthEnd(first);
  return wanted < last ? wanted : last;
}
