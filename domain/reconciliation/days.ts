import { addDays, formatDate, parseDate } from '../calendar';

/** A message may be booked at the centre this long after it was sent, milliseconds [practice]; beyond the longest time-out of a settlement. */
export const BOOKED_WITHIN_MS = 15 * 60_000;
/** Both clocks have passed midnight for certain this long after it, milliseconds [practice]. */
const DAY_ENDS_AFTER_MS = 10 * 60_000;

/** Whether nothing more can be booked on a business day (Asia/Shanghai) at the moment `at` (epoch ms). */
export function isOver(date: string, at: number): boolean {
  return at >= parseDate(addDays(date, 1)) + DAY_ENDS_AFTER_MS;
}

/** The business days on which the centre may have booked a message that left at `sentAt` (epoch ms): one, or two around midnight. */
export function bookingDays(sentAt: number): { readonly first: string; readonly last: string } {
  return { first: formatDate(sentAt), last: formatDate(sentAt + BOOKED_WITHIN_MS) };
}

/** Whether a day's reconciliation is late: `deadline` is a time of the following day, `HH:mm` in Asia/Shanghai. */
export function isLate(date: string, deadline: string, at: number): boolean {
  return at >= parseDate(addDays(date, 1)) + minutesOf(deadline) * 60_000;
}

/** Minutes since midnight of `HH:mm`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The days from `from` to `to`, both included, oldest first. */
export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
