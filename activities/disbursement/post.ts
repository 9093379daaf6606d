import type { EntityManager } from 'typeorm';
import type { AgencyEntry } from '../../domain/disbursement/vouchers';
import { contraEntry, postEntry } from '../ledger';

export interface Movement {
  /** Unique; each agency's entry has it with the agency's division behind. */
  readonly key: string;
  /** Kind of journal entry, such as `xrDraw`. */
  readonly kind: string;
  /** One Chinese phrase. */
  readonly memo: string;
  /** yyyy-MM-dd */
  readonly businessDate: string;
}

/** Posts a movement in the books of each agency that it concerns, always in the order of the divisions so that nobody waits in a ring. */
export async function postMovement(manager: EntityManager, movement: Movement, entries: readonly AgencyEntry[]): Promise<void> {
  for (const { agency, lines } of inOrder(entries)) {
    await postEntry(manager, { ...movement, key: entryKey(movement.key, agency), institution: agency, admissionId: null, lines });
  }
}

/** Mirrors a movement (反向登账) in the books of the same agencies, once. */
export async function mirrorMovement(manager: EntityManager, of: string, agencies: readonly string[], memo: string, businessDate: string): Promise<void> {
  for (const agency of [...new Set(agencies)].sort()) {
    await contraEntry(manager, { key: entryKey(`${of}/undo`, agency), of: entryKey(of, agency), memo, businessDate });
  }
}

function entryKey(key: string, agency: string): string {
  return `${key}/${agency}`;
}

function inOrder(entries: readonly AgencyEntry[]): AgencyEntry[] {
  return [...entries].sort((a, b) => (a.agency < b.agency ? -1 : 1));
}
