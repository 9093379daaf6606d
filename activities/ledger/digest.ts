import type { LedgerLine } from '../../domain/ledger';
import { currentKeyRing } from '../../runtime/keys';
import type { JournalEntry } from '../../store/entities';

/**
 * Keyed hash of an entry's content and its place in the institution's chain: without the key nobody can change,
 * insert or move an entry unseen.
 */
export function digestOf(entry: Omit<JournalEntry, 'id' | 'digest'>, lines: readonly LedgerLine[]): string {
  const content = [
    entry.institution,
    entry.chainNo,
    entry.entryKey,
    entry.admissionId,
    entry.kind,
    entry.memo,
    entry.businessDate,
    entry.postedAt,
    entry.reverses,
    lines.map(({ account, amount }) => [account, amount]),
  ];
  return currentKeyRing().keyedHash(`journal entry ${JSON.stringify(content)}`);
}
