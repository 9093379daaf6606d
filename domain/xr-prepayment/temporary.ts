import { add, subtract, ZERO, type Fen } from '../money';

/** A version of a quota, as far as the temporary part of it matters. */
export interface QuotaVersion {
  readonly kind: 'annual' | 'emergency' | 'restored' | 'expired';
  readonly beforeFen: Fen;
  readonly quotaFen: Fen;
}

/** What of a year's quota is temporary: its emergency increases since the annual one, less those that were undone. Versions oldest first. */
export function temporaryPart(versions: readonly QuotaVersion[]): Fen {
  let part: Fen = ZERO;
  for (const { kind, beforeFen, quotaFen } of versions) {
    if (kind === 'annual' || kind === 'expired') part = ZERO;
    else part = add(part, subtract(quotaFen, beforeFen));
    if (part < 0) part = ZERO;
  }
  return part;
}
