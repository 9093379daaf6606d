/**
 * Money is an integer of fen (分). Decimals exist only at the edge, parsed exactly; no floating point is used anywhere.
 */
declare const fenBrand: unique symbol;

/** An amount in fen, a safe integer. Negative amounts occur (returned fee lines, contra entries). */
export type Fen = number & { readonly [fenBrand]: 'fen' };

export const ZERO = 0 as Fen;

/** Brands an integer as fen. Throws RangeError when it is not a safe integer. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an amount in fen: ${value}`);
  return (value === 0 ? 0 : value) as Fen;
}

/** Sum of all amounts. Throws RangeError as soon as a partial sum leaves the safe integers, since it would no longer be exact. */
export function add(...amounts: readonly Fen[]): Fen {
  let total = ZERO;
  for (const amount of amounts) total = fen(total + amount);
  return total;
}

export function subtract(from: Fen, amount: Fen): Fen {
  return fen(from - amount);
}

export function negate(amount: Fen): Fen {
  return fen(-amount);
}

export function min(a: Fen, b: Fen): Fen {
  return a < b ? a : b;
}

export function max(a: Fen, b: Fen): Fen {
  return a > b ? a : b;
}

/** An exact decimal: `units` × 10^-`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const DECIMAL = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/;

/**
 * Parses plain decimal text exactly: an optional minus, ASCII digits, an optional fraction.
 * Throws RangeError for anything else (exponents, signs like `+5`, `.5`, full-width digits, empty text).
 */
export function parseDecimal(text: string): Decimal {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`not a decimal number: ${JSON.stringify(text)}`);
  const fraction = match[3] ?? '';
  const units = BigInt(match[2] + fraction);
  return { units: match[1] ? -units : units, scale: fraction.length };
}

/**
 * How an amount is brought to whole fen: `halfUp` away from zero, `truncate` towards zero.
 * Both are symmetric, so that a returned line mirrors its original.
 */
export type RoundingMode = 'halfUp' | 'truncate';

/** Rounds a decimal number of yuan to fen. */
export function roundToFen(value: Decimal, mode: RoundingMode = 'halfUp'): Fen {
  return fen(Number(divide(value.units * 100n, 10n ** BigInt(value.scale), mode)));
}

/** Multiplies two decimals exactly. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** Adds two decimals exactly. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

/** Negative when a < b, 0 when equal, positive when a > b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = unitsAt(a, scale) - unitsAt(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Writes a decimal with exactly `scale` digits after the point, cutting or padding zeros. Throws RangeError when a digit other than 0 would be cut. */
export function formatDecimal(value: Decimal, scale: number = value.scale): string {
  const units = scale >= value.scale ? unitsAt(value, scale) : value.units / 10n ** BigInt(value.scale - scale);
  if (compareDecimals({ units, scale }, value) !== 0) throw new RangeError(`more than ${scale} digits after the point`);
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}

/** `amount` × `ratio`, rounded to the fen. */
export function share(amount: Fen, ratio: Decimal, mode: RoundingMode = 'halfUp'): Fen {
  return fen(Number(divide(BigInt(amount) * ratio.units, 10n ** BigInt(ratio.scale), mode)));
}

/** `part` ÷ `whole` as text with `decimals` digits after the point, half up: `0.8891`. All zeros when `whole` is 0. */
export function quotientText(part: Fen, whole: Fen, decimals: number): string {
  if (whole === 0) return formatDecimal({ units: 0n, scale: decimals });
  return formatDecimal({ units: divide(BigInt(part) * 10n ** BigInt(decimals), BigInt(whole), 'halfUp'), scale: decimals });
}

function unitsAt(value: Decimal, scale: number): bigint {
  return value.units * 10n ** BigInt(scale - value.scale);
}

function divide(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
  if (mode === 'truncate') return dividend / divisor;
  return divideHalfUp(dividend, divisor);
}

/** Integer division rounded half up, away from zero. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const a = dividend < 0n ? -dividend : dividend;
  const b = divisor < 0n ? -divisor : divisor;
  const quotient = (2n * a + b) / (2n * b);
  return negative ? -quotient : quotient;
}

/**
 * Reads yuan text such as `-155.06` as fen. At most two decimals; throws RangeError otherwise.
 */
export function parseYuan(text: string): Fen {
  const value = parseDecimal(text);
  if (value.scale > 2) throw new RangeError(`an amount in yuan has at most two decimals: ${JSON.stringify(text)}`);
  return fen(Number(value.units * 10n ** BigInt(2 - value.scale)));
}

/** Writes fen as yuan text with two decimals, as counterparties and people read it: `-155.06`. */
export function formatYuan(amount: Fen): string {
  const absolute = Math.abs(amount);
  const yuan = Math.floor(absolute / 100);
  const rest = String(absolute % 100).padStart(2, '0');
  return `${amount < 0 ? '-' : ''}${yuan}.${rest}`;
}

/** Yuan text with thousands separated, for sheets and explanations that people read: `21,187.43`. */
export function formatYuanGrouped(amount: Fen): string {
  return formatYuan(amount).replace(/\B(?=(\d{3})+\.)/g, ',');
}
