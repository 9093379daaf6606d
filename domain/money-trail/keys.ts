import { isFund, type FundKey } from '../clearing/funds';
import { LINE_KINDS, type LineKind } from '../clearing/entry';
import type { ClearingLine } from '../clearing/lines';

/** A line of a clearing by its key: `<batch>/<paying city>/<receiving city>/<insutype>/<fund>/<kind>`. */
export interface LineKey {
  readonly batchId: string;
  readonly payingCity: string;
  readonly receivingCity: string;
  readonly insutype: string;
  readonly fund: FundKey;
  readonly kind: LineKind;
}

export function lineKeyText({ batchId, payingCity, receivingCity, insutype, fund, kind }: Pick<ClearingLine, keyof LineKey & keyof ClearingLine> & { readonly batchId: string }): string {
  return [batchId, payingCity, receivingCity, insutype, fund, kind].join('/');
}

/** The line of a key, or null when the text is none. */
export function lineKeyOf(text: string): LineKey | null {
  const [batchId = '', payingCity = '', receivingCity = '', insutype = '', fund = '', kind = '', ...more] = text.split('/');
  if (batchId === '' || more.length > 0 || !isFund(fund) || !Object.hasOwn(LINE_KINDS, kind)) return null;
  return { batchId, payingCity, receivingCity, insutype, fund, kind: kind as LineKind };
}

/** What a journal entry of cross-region money books, by its key. */
export type Booked =
  | { readonly of: 'clearing'; readonly batchId: string; readonly fund: string }
  | { readonly of: 'order'; readonly orderNo: string; readonly what: string }
  | { readonly of: 'payment'; readonly paymentNo: string; readonly what: string };

const CLEARING = /^xr-clearing\/([^/]+)\/([^/]+)\//;
const ORDER = /^xr-order\/([^/]+)\/([^/]+)\//;
const PAYMENT = /^xr-payment\/([^/]+)\/([^/]+)\//;

/** Null for an entry of something else. */
export function bookedBy(entryKey: string): Booked | null {
  const clearing = CLEARING.exec(entryKey);
  if (clearing) return { of: 'clearing', batchId: clearing[1] as string, fund: clearing[2] as string };
  const order = ORDER.exec(entryKey);
  if (order) return { of: 'order', orderNo: order[1] as string, what: order[2] as string };
  const payment = PAYMENT.exec(entryKey);
  return payment ? { of: 'payment', paymentNo: payment[1] as string, what: payment[2] as string } : null;
}

/** What the keys of all entries of a batch, an order or a payment begin with. */
export const entryPrefix = {
  clearing: (batchId: string): string => `xr-clearing/${batchId}/`,
  order: (orderNo: string): string => `xr-order/${orderNo}/`,
  payment: (paymentNo: string): string => `xr-payment/${paymentNo}/`,
} as const;
