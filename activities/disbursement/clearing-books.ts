import { In, Like, type EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import { fundName, type FundKey } from '../../domain/clearing/funds';
import type { Payable } from '../../domain/clearing/payables';
import { clearingEntries, nettingEntries, type Part } from '../../domain/disbursement/vouchers';
import { JournalEntry } from '../../store/entities';
import { contraEntry } from '../ledger';
import { postMovement } from './post';

const KIND = 'xrClearing';

type Flowing = Part & { readonly fund: FundKey };

/**
 * Books what the lines of an approved clearing make cities owe and be owed, an entry an agency and fund, and settles (轧差) what its
 * payables do not bring to payment. `at` in epoch ms.
 */
export async function bookClearing(manager: EntityManager, batchId: string, lines: readonly Flowing[], payables: readonly Payable[], at: number): Promise<void> {
  const businessDate = formatDate(at);
  for (const fund of [...new Set(lines.map((line) => line.fund))].sort()) {
    const flows = lines.filter((line) => line.fund === fund);
    const left = payables.filter((payable) => payable.fund === fund);
    // An approval that was withdrawn and given anew is another movement: the moment tells them apart.
    const key = `${prefixOf(batchId)}${fund}/${at}`;
    await postMovement(manager, { key, kind: KIND, memo: `${batchId} ${fundName(fund)} 清算`, businessDate }, clearingEntries(fund, flows));
    await postMovement(manager, { key: `${key}/netting`, kind: KIND, memo: `${batchId} ${fundName(fund)} 轧差`, businessDate }, nettingEntries(fund, flows, left));
  }
}

/** Mirrors all entries of a clearing whose approval is withdrawn; safe when none stands. */
export async function unbookClearing(manager: EntityManager, batchId: string, at: number): Promise<void> {
  const posted = await manager.find(JournalEntry, { where: { kind: KIND, entryKey: Like(`${prefixOf(batchId)}%`) }, order: { institution: 'ASC', id: 'ASC' } });
  const contras = posted.length === 0 ? [] : await manager.findBy(JournalEntry, { reverses: In(posted.map(({ id }) => id)) });
  const mirrored = new Set(contras.map(({ reverses }) => reverses));
  for (const { id, entryKey } of posted) {
    if (!mirrored.has(id)) await contraEntry(manager, { key: `${entryKey}/undo`, of: entryKey, memo: `撤销 ${batchId} 清算`, businessDate: formatDate(at) });
  }
}

function prefixOf(batchId: string): string {
  return `xr-clearing/${batchId}/`;
}
