import { In, Like, type EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import { fundName, type FundKey } from '../../domain/clearing/funds';
import type { Payable } from '../../domain/clearing/payables';
import { clearingEntries } from '../../domain/disbursement/vouchers';
import { JournalEntry } from '../../store/entities';
import { contraEntry } from '../ledger';
import { postMovement } from './post';

const KIND = 'xrClearing';

/** Books what an approved clearing makes cities owe and be owed, an entry an agency and fund. `at` in epoch ms. */
export async function bookClearing(manager: EntityManager, batchId: string, payables: readonly Payable[], at: number): Promise<void> {
  const businessDate = formatDate(at);
  for (const fund of fundsOf(payables)) {
    const entries = clearingEntries(fund, payables.filter((payable) => payable.fund === fund));
    // An approval that was withdrawn and given anew is another movement: the moment tells them apart.
    await postMovement(manager, { key: `${prefixOf(batchId)}${fund}/${at}`, kind: KIND, memo: `${batchId} ${fundName(fund)} 清算`, businessDate }, entries);
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

function fundsOf(payables: readonly Payable[]): FundKey[] {
  return [...new Set(payables.map(({ fund }) => fund))].sort();
}
