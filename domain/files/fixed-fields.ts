/** Single fields of a fixed record, straight from and to the bytes. Places count from 0; `end` is the byte after the field. */
import { dateOfNumber } from './dates';
import { decodeGb } from './gb18030';

const SPACE = 0x20;
const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;

/** Why a field cannot be read; the caller knows which it is. */
export type FieldFault = 'broken' | 'digits' | 'amount' | 'unsafe' | 'date';

/** Text without the spaces behind it. */
export function readText(buffer: Buffer, from: number, end: number): string | { fault: FieldFault } {
  let last = end;
  while (last > from && buffer[last - 1] === SPACE) last -= 1;
  if (last === from) return '';
  for (let at = from; at < last; at += 1) {
    const byte = buffer[at] as number;
    if (byte < SPACE || byte === 0x7f) return { fault: 'broken' };
    if (byte >= 0x80) return decodeGb(buffer, from, last) ?? { fault: 'broken' };
  }
  return buffer.toString('latin1', from, last);
}

/** A non-negative integer of digits; NaN when it is none. */
export function readDigits(buffer: Buffer, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end; at += 1) {
    const digit = (buffer[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Fen of a signed amount, in yuan with two decimals when `yuan`; NaN when there is no sign or something else than digits. */
export function readAmount(buffer: Buffer, from: number, end: number, yuan: boolean): number {
  const sign = buffer[from] as number;
  if (sign !== PLUS && sign !== MINUS) return Number.NaN;
  if (yuan && (buffer[end - 3] as number) !== POINT) return Number.NaN;
  const value = yuan ? readDigits(buffer, from + 1, end - 3) * 100 + readDigits(buffer, end - 2, end) : readDigits(buffer, from + 1, end);
  return sign === MINUS && value !== 0 ? -value : value;
}

/** Month, date or time by its length 6, 8 or 14; empty text for zeros or spaces, null for no moment. */
export function readMoment(buffer: Buffer, from: number, end: number): string | null {
  const day = readDigits(buffer, from, Math.min(end, from + 8));
  if (day === 0 || Number.isNaN(day)) return isBlank(buffer, from, end) ? '' : null;
  if (end - from === 6) return dateOfNumber(day * 100 + 1) === null ? null : String(day);
  const date = dateOfNumber(day);
  if (date === null || end - from === 8) return date;
  const hours = readDigits(buffer, from + 8, from + 10);
  const minutes = readDigits(buffer, from + 10, from + 12);
  const seconds = readDigits(buffer, from + 12, end);
  return hours < 24 && minutes < 60 && seconds < 60 ? `${date} ${two(hours)}:${two(minutes)}:${two(seconds)}` : null;
}

const TWO = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
const two = (value: number): string => TWO[value] as string;

function isBlank(buffer: Buffer, from: number, end: number): boolean {
  const filling = buffer[from];
  if (filling !== SPACE && filling !== ZERO) return false;
  for (let at = from + 1; at < end; at += 1) if (buffer[at] !== filling) return false;
  return true;
}

/** Writes digits, zeros before them. False when the number has more digits than there are places. */
export function writeDigits(target: Buffer, from: number, end: number, value: number): boolean {
  let rest = value;
  for (let at = end - 1; at >= from; at -= 1) {
    const tenth = Math.floor(rest / 10);
    target[at] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  return rest === 0;
}

/** Writes fen with its sign. False when it does not fit. */
export function writeAmount(target: Buffer, from: number, end: number, value: number, yuan: boolean): boolean {
  target[from] = value < 0 ? MINUS : PLUS;
  const absolute = Math.abs(value);
  if (!yuan) return writeDigits(target, from + 1, end, absolute);
  const whole = Math.floor(absolute / 100);
  target[end - 3] = POINT;
  writeDigits(target, end - 2, end, absolute - whole * 100);
  return writeDigits(target, from + 1, end - 3, whole);
}

/** Writes a text of plain ASCII. False when it has other characters or is too long; then nothing of it counts. */
export function writeAscii(target: Buffer, from: number, end: number, text: string): boolean {
  if (text.length > end - from) return false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < SPACE || code > 0x7e) return false;
    target[from + index] = code;
  }
  return true;
}
