import { dateProblem } from '../calendar';

/** Dates that were read lately; a file has few different ones. */
const known = new Map<number, string>();
const MOST_KNOWN = 20_000;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** `yyyy-MM-dd` of the number yyyyMMdd, or null when there is no such day. */
export function dateOfNumber(day: number): string | null {
  const found = known.get(day);
  if (found !== undefined) return found;
  const digits = String(day).padStart(8, '0');
  const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  if (dateProblem(date)) return null;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(day, date);
  return date;
}

/** Digits `yyyyMM`, `yyyyMMdd` or `yyyyMMddHHmmss` as the business text of the row; null when they name no moment. */
export function businessText(digits: string): string | null {
  if (!/^(?:\d{6}|\d{8}|\d{14})$/.test(digits)) return null;
  if (digits.length === 6) return dateOfNumber(Number(`${digits}01`)) === null ? null : digits;
  const date = dateOfNumber(Number(digits.slice(0, 8)));
  if (date === null || digits.length === 8) return date;
  const [hours, minutes, seconds] = [digits.slice(8, 10), digits.slice(10, 12), digits.slice(12)];
  return hours < '24' && minutes < '60' && seconds < '60' ? `${date} ${hours}:${minutes}:${seconds}` : null;
}

/** Digits of dates and months that were written lately. */
const written = new Map<string, string>();

/** Digits of a business text: its month, date or time by `length` 6, 8 or 14; null when it is none. */
export function digitsOf(text: string, length: number): string | null {
  if (length === 14) {
    const day = text.length === 19 ? digitsOf(text.slice(0, 10), 8) : null;
    if (day === null || text[10] !== ' ' || !TIME.test(text.slice(11))) return null;
    return day + text.slice(11, 13) + text.slice(14, 16) + text.slice(17);
  }
  const found = written.get(text);
  if (found !== undefined) return found.length === length ? found : null;
  const digits = text.replaceAll('-', '');
  const fits = digits.length === length && businessText(digits) === text ? digits : null;
  if (fits === null) return null;
  if (written.size >= MOST_KNOWN) written.clear();
  written.set(text, fits);
  return fits;
}
