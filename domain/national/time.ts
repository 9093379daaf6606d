/** Dates and times of national messages: Beijing time, which has no daylight saving, written without a zone. */
const BEIJING_OFFSET_MS = 8 * 3600 * 1000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/;

/** `yyyy-MM-dd HH:mm:ss` in Beijing of a moment. */
export function formatDatetime(moment: Date): string {
  return new Date(moment.getTime() + BEIJING_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** `yyyyMMddHHmmss` in Beijing of a moment. */
export function formatCompact(moment: Date): string {
  return formatDatetime(moment).replace(/\D/g, '');
}

/** `yyyyMMddHHmmssSSS` in Beijing of a moment, as answers stamp their arrival. */
export function formatCompactMs(moment: Date): string {
  return formatCompact(moment) + String(moment.getUTCMilliseconds()).padStart(3, '0');
}

/** Whether the text is a day of the calendar, 1900 to 9999. */
export function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function isDatetime(text: string): boolean {
  const match = TIME.exec(text);
  return match !== null && isDate(match[1] ?? '');
}
