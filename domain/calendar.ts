/**
 * Business dates and times of the insurance platform: text in Asia/Shanghai (UTC+8 all year since 1992), the same on every
 * host whatever its time zone. Nothing here reads a clock; the moment is always a parameter, so workflows may import it.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OFFSET_MS = 8 * HOUR_MS;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** Earliest year that a business date may have. */
export const FIRST_YEAR = 1900;

/** What is wrong with a date text: a stable code and a sentence for the person who typed it. */
export interface DateProblem {
  readonly code: 'date.type' | 'date.form' | 'date.notReal' | 'date.tooEarly' | 'date.time';
  readonly message: string;
}

/** `yyyy-MM-dd HH:mm:ss` of an epoch moment in milliseconds. */
export function formatDateTime(epochMs: number): string {
  return shanghaiIso(epochMs).slice(0, 19).replace('T', ' ');
}

/** `yyyy-MM-dd` of an epoch moment in milliseconds. */
export function formatDate(epochMs: number): string {
  return shanghaiIso(epochMs).slice(0, 10);
}

/** `yyyyMMddHHmmss`, the form inside message numbers (msgid). */
export function formatCompact(epochMs: number): string {
  return formatDateTime(epochMs).replace(/\D/g, '');
}

/** Says what is wrong with a value that should be a date `yyyy-MM-dd`, or null. */
export function dateProblem(value: unknown): DateProblem | null {
  if (typeof value !== 'string') return { code: 'date.type', message: '日期应为文本，格式 2026-11-22。' };
  const match = DATE.exec(value);
  if (!match) return { code: 'date.form', message: '日期格式应为 2026-11-22（年-月-日，补足两位）。' };
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < FIRST_YEAR) return { code: 'date.tooEarly', message: `年份不能早于 ${FIRST_YEAR} 年。` };
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    return { code: 'date.notReal', message: '这一天在日历上不存在，请核对月和日。' };
  }
  return null;
}

/** Says what is wrong with a value that should be a date and time `yyyy-MM-dd HH:mm:ss`, or null. */
export function dateTimeProblem(value: unknown): DateProblem | null {
  if (typeof value !== 'string') return { code: 'date.type', message: '时间应为文本，格式 2026-11-22 08:30:00。' };
  const match = DATE_TIME.exec(value);
  if (!match) return { code: 'date.form', message: '时间格式应为 2026-11-22 08:30:00（到秒，不带时区和毫秒）。' };
  const problem = dateProblem(match[1]);
  if (problem) return problem;
  if (Number(match[2]) > 23 || Number(match[3]) > 59 || Number(match[4]) > 59) {
    return { code: 'date.time', message: '时分秒超出范围（00:00:00 至 23:59:59）。' };
  }
  return null;
}

/** Epoch milliseconds of the start of that day in Shanghai. Throws RangeError when the text is no real date. */
export function parseDate(text: string): number {
  const problem = dateProblem(text);
  if (problem) throw new RangeError(`${problem.code}: ${JSON.stringify(text)}`);
  return dayNumber(text) * DAY_MS - OFFSET_MS;
}

/** Epoch milliseconds of that second in Shanghai. Throws RangeError when the text is no real date and time. */
export function parseDateTime(text: string): number {
  const problem = dateTimeProblem(text);
  if (problem) throw new RangeError(`${problem.code}: ${JSON.stringify(text)}`);
  const [hours, minutes, seconds] = text.slice(11).split(':').map(Number) as [number, number, number];
  return parseDate(text.slice(0, 10)) + hours * HOUR_MS + minutes * 60_000 + seconds * 1000;
}

/** The date part of a business date or date and time. */
export function dateOf(text: string): string {
  return text.slice(0, 10);
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return (parseDate(to) - parseDate(from)) / DAY_MS;
}

/** The date `days` days later; a negative number goes back. */
export function addDays(date: string, days: number): string {
  return formatDate(parseDate(date) + days * DAY_MS);
}

/** Calendar year of a business date: `2026`. */
export function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

/** Month of a business date: `2026-11`. */
export function monthOf(date: string): string {
  return date.slice(0, 7);
}

export function monthStart(date: string): string {
  return `${monthOf(date)}-01`;
}

export function monthEnd(date: string): string {
  const month = monthOf(date);
  return `${month}-${String(daysInMonth(yearOf(month), Number(month.slice(5)))).padStart(2, '0')}`;
}

export function yearStart(date: string): string {
  return `${date.slice(0, 4)}-01-01`;
}

export function yearEnd(date: string): string {
  return `${date.slice(0, 4)}-12-31`;
}

/** Whole years of age on a day, as the platform counts them: the birthday itself completes the year. */
export function ageOn(birthDate: string, day: string): number {
  const years = yearOf(day) - yearOf(birthDate);
  return day.slice(5) >= birthDate.slice(5) ? years : years - 1;
}

function shanghaiIso(epochMs: number): string {
  return new Date(epochMs + OFFSET_MS).toISOString();
}

function dayNumber(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8))) / DAY_MS;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
