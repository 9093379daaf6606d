import { formatDate } from '../calendar';

/** `<office>-<letters>-<yyyymm>-<6 digits>`, such as `990000-YF-202611-000042`; the month is that of the issue, `at` in epoch ms. */
export function serialNumber(office: string, letters: string, at: number, serial: number): string {
  return `${office}-${letters}-${formatDate(at).slice(0, 7).replace('-', '')}-${String(serial).padStart(6, '0')}`;
}

/** A number of a printed document as it may stand in an address. */
export const DOCUMENT_NUMBER = /^\d{6}-[A-Z]{2,4}-\d{6}-\d{6,9}$/;

/** What the QR code on paper says: where to ask whether the document is genuine. Without a public address the path alone. */
export function verifyAddress(number: string, hash: string, publicUrl: string | null): string {
  return `${publicUrl?.replace(/\/$/, '') ?? ''}/v1/documents/${number}/verify?hash=${hash}`;
}

/** Most missing serials that are named. */
const MOST_MISSING = 100;

/** The serials from 1 to `last` that no document number ends in, the lowest hundred. */
export function missingSerials(numbers: readonly string[], last: number): number[] {
  const known = new Set(numbers.map((number) => Number(number.slice(number.lastIndexOf('-') + 1))));
  const missing: number[] = [];
  for (let serial = 1; serial <= last && missing.length < MOST_MISSING; serial += 1) if (!known.has(serial)) missing.push(serial);
  return missing;
}
