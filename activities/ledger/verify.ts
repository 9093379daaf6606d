import { MoreThan, type EntityManager } from 'typeorm';
import { JournalEntry, JournalHead } from '../../store/entities';
import { digestOf } from './digest';
import { linesOf } from './lines';

export type LedgerFinding =
  /** The entry or one of its lines is not what was posted. */
  | 'changed'
  /** The entry's lines do not sum to zero. */
  | 'unbalanced'
  /** No entry stands at this position any more. */
  | 'missing'
  /** The recorded end of the chain is not the last entry. */
  | 'headDiffers';

export interface TamperedRow {
  /** Position in the institution's chain. */
  readonly chainNo: number;
  readonly entryKey: string | null;
  readonly finding: LedgerFinding;
}

export interface LedgerVerdict {
  /** Number of entries looked at. */
  readonly entries: number;
  readonly tampered: readonly TamperedRow[];
}

const PAGE = 500;

/**
 * Recomputes the digest of every entry of an institution, 500 at a time, and names each row that was changed, and each
 * position whose entry is gone.
 */
export async function verifyLedger(manager: EntityManager, institution: string): Promise<LedgerVerdict> {
  const tampered: TamperedRow[] = [];
  let entries = 0;
  let last: JournalEntry | undefined;
  for (;;) {
    const page: JournalEntry[] = await manager.find(JournalEntry, {
      where: { institution, chainNo: MoreThan(last?.chainNo ?? 0) },
      order: { chainNo: 'ASC' },
      take: PAGE,
    });
    const lines = await linesOf(manager, page.map((entry) => entry.id));
    for (const entry of page) {
      tampered.push(...missingBetween(last?.chainNo ?? 0, entry.chainNo));
      const own = lines.get(entry.id) ?? [];
      const row = { chainNo: entry.chainNo, entryKey: entry.entryKey };
      if (digestOf(entry, own) !== entry.digest) tampered.push({ ...row, finding: 'changed' });
      if (own.reduce((sum, line) => sum + BigInt(line.amount), 0n) !== 0n) tampered.push({ ...row, finding: 'unbalanced' });
      last = entry;
    }
    entries += page.length;
    if (page.length < PAGE) break;
  }
  return { entries, tampered: [...tampered, ...(await headFindings(manager, institution, last))] };
}

async function headFindings(manager: EntityManager, institution: string, last: JournalEntry | undefined): Promise<TamperedRow[]> {
  const head = await manager.findOneBy(JournalHead, { institution });
  const [headNo, headDigest] = [head?.lastNo ?? 0, head?.lastDigest ?? ''];
  const [lastNo, lastDigest] = [last?.chainNo ?? 0, last?.digest ?? ''];
  if (headNo > lastNo) return missingBetween(lastNo, headNo + 1);
  if (headNo === lastNo && headDigest === lastDigest) return [];
  return [{ chainNo: lastNo, entryKey: last?.entryKey ?? null, finding: 'headDiffers' }];
}

function missingBetween(before: number, after: number): TamperedRow[] {
  const count = Math.max(0, after - before - 1);
  return Array.from({ length: count }, (_, index) => ({ chainNo: before + 1 + index, entryKey: null, finding: 'missing' }));
}
