import calendar2025 from '../schemas/calendar/2025.json';
import calendar2026 from '../schemas/calendar/2026.json';
import { addDays, formatDate, parseDate, yearOf } from './calendar';

/**
 * Working time (工作时间) in Asia/Shanghai: working days by the State Council's notices, hours by the office. Not for
 * workflow code: a new year's file would reckon otherwise than the history did, so an activity reckons and the moment travels.
 */

const YEARS = [calendar2025, calendar2026];
const HOUR_MS = 3_600_000;
const daysOff = new Set(YEARS.flatMap((year) => year.daysOff));
const workdays = new Set(YEARS.flatMap((year) => year.workdays));

/** Hours of a working day, from and to, on the clock of Asia/Shanghai. */
export interface OfficeHours {
  readonly from: number;
  readonly to: number;
}

export const OFFICE_HOURS: OfficeHours = { from: 9, to: 17 };

/** Years whose days off are known; others go by the week alone, until their file is there. */
export const KNOWN_YEARS: readonly number[] = YEARS.map(({ year }) => year);

/** The first year between two moments (epoch ms) whose days off are not known, or null. */
export function unknownYearIn(fromMs: number, toMs: number): number | null {
  const [first, last] = [yearOf(formatDate(fromMs)), yearOf(formatDate(toMs))];
  for (let year = first; year <= last; year += 1) if (!KNOWN_YEARS.includes(year)) return year;
  return null;
}

/** The State Council gives notice of a year in the November before it; from this day on its file should be there. */
const NEXT_YEAR_KNOWN_BY = '-12-01';

/** The year whose days off should be known at a moment (epoch ms) and are not: the current one, or from 1 December the next. */
export function missingYear(at: number): number | null {
  const today = formatDate(at);
  const year = yearOf(today);
  if (!KNOWN_YEARS.includes(year)) return year;
  return today >= `${year}${NEXT_YEAR_KNOWN_BY}` && !KNOWN_YEARS.includes(year + 1) ? year + 1 : null;
}

/** Whether people work on a day (`yyyy-MM-dd`). */
export function isWorkingDay(date: string): boolean {
  if (workdays.has(date)) return true;
  // The first of January 1970 was a Thursday; parseDate gives midnight in Shanghai, 8 hours before that of UTC.
  const weekday = new Date(parseDate(date) + 8 * HOUR_MS).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !daysOff.has(date);
}

/**
 * The moment (epoch ms) when so many working hours have passed since `fromMs`. Throws RangeError for a negative number of
 * hours, or for more than ten years of them.
 */
export function addWorkingTime(fromMs: number, hours: number, office: OfficeHours = OFFICE_HOURS): number {
  const most = 10 * 366 * (office.to - office.from);
  if (!(hours >= 0 && hours <= most)) throw new RangeError(`not a term in working hours: ${hours}`);
  let left = Math.round(hours * HOUR_MS);
  let [day, from] = [formatDate(fromMs), fromMs];
  for (;;) {
    const { opens, closes } = spanOf(day, office);
    const begin = Math.max(from, opens);
    const there = isWorkingDay(day) ? Math.max(0, closes - begin) : 0;
    if (there > 0 && left <= there) return begin + left;
    left -= there;
    day = addDays(day, 1);
    from = parseDate(day);
  }
}

/** Working hours between two moments (epoch ms); 0 when `to` is not later. */
export function workingTimeBetween(fromMs: number, toMs: number, office: OfficeHours = OFFICE_HOURS): number {
  let total = 0;
  for (let day = formatDate(fromMs); parseDate(day) < toMs; day = addDays(day, 1)) {
    const { opens, closes } = spanOf(day, office);
    if (isWorkingDay(day)) total += Math.max(0, Math.min(toMs, closes) - Math.max(fromMs, opens));
  }
  return total / HOUR_MS;
}

function spanOf(day: string, { from, to }: OfficeHours): { opens: number; closes: number } {
  const midnight = parseDate(day);
  return { opens: midnight + from * HOUR_MS, closes: midnight + to * HOUR_MS };
}
