import { In, type EntityManager } from 'typeorm';
import type { Account, LedgerLine } from '../../domain/ledger';
import { JournalLine } from '../../store/entities';

/** Lines of entries by entry id, each list in the order of its entry. */
export async function linesOf(manager: EntityManager, entryIds: readonly number[]): Promise<Map<number, LedgerLine[]>> {
  const rows = await manager.find(JournalLine, {
    where: { entryId: In([...entryIds]) },
    order: { entryId: 'ASC', lineNo: 'ASC' },
  });
  const lines = new Map<number, LedgerLine[]>(entryIds.map((id) => [id, []]));
  for (const row of rows) lines.get(row.entryId)?.push({ account: row.account as Account, amount: row.amountFen });
  return lines;
}
