import { In, type EntityManager } from 'typeorm';
import { entryOf, naturalWindow } from '../../domain/clearing/entry';
import { type Period, periodOf } from '../../domain/clearing/period';
import { integerOf } from '../../store/columns';
import { XrClearingItem, XrClearingOffice, XrSettlement } from '../../store/entities';
import type { Transactions } from '../../store/transactions';
import { rangesOf } from './generate/ranges';
import { columnsOf } from './intake/book';
import { lockOffices } from './office';
import { parametersOf } from './parameters';

const IDS_AT_ONCE = 500;

/**
 * Enters anew the settlements that wait for windows from `fromWindow` on, or were left out, after the parameters changed.
 * What a person moved stays where it was moved to, corrections stay with the window that they were booked to. Safe to repeat.
 * Returns how many changed.
 */
export async function reassign(store: Transactions, office: string, fromWindow: Period, heartbeat: (progress: { done: number; total: number }) => void): Promise<number> {
  const windows = await store.read((manager) => windowsOf(manager, office));
  let [changed, done] = [0, 0];
  for (const window of windows) {
    for (const range of await store.read((manager) => rangesOf(manager, office, window))) {
      changed += await store.write((manager) => reassignRange(manager, office, fromWindow, window, [range.fromId, range.throughId]));
      heartbeat({ done: (done += range.items), total: done });
    }
  }
  return changed;
}

/** Windows that still take entries, and 0 for what stands in none. Each is one seek in the index, however many rows it has. */
async function windowsOf(manager: EntityManager, office: string): Promise<Period[]> {
  const { firstOpenWindow = 0 } = (await manager.findOneBy(XrClearingOffice, { office })) ?? {};
  const windows: Period[] = [0];
  for (let after = Math.max(firstOpenWindow - 1, 0); ; ) {
    const [row]: { w: unknown }[] = await manager.query('SELECT MIN(entered_window) AS w FROM xr_settlement WHERE office = ? AND entered_window > ?', [office, after]);
    if (row?.w === null || row === undefined) return windows;
    after = integerOf(row.w);
    windows.push(after);
  }
}

async function reassignRange(manager: EntityManager, office: string, fromWindow: Period, window: Period, [fromId, throughId]: [number, number]): Promise<number> {
  const firstOpen = (await lockOffices(manager, [office])).get(office) ?? 0;
  if (window !== 0 && window < firstOpen) return 0;
  const parameters = await parametersOf(manager, office);
  const rows: { id: unknown; businessDate: string; reconciledDate: string; med_type: string; entry: string }[] = await manager.query(
    'SELECT id, business_date AS businessDate, reconciled_date AS reconciledDate, med_type, entry FROM xr_settlement ' +
      `WHERE office = ? AND entered_window = ? AND id BETWEEN ? AND ? AND record_type = 'S' AND status = 'reconciled'`,
    [office, window, fromId, throughId],
  );
  const moved = new Set((await manager.findBy(XrClearingItem, { state: 'movedOut' })).map(({ settlementId }) => settlementId));
  const changes = new Map<string, number[]>();
  for (const { id, entry, ...row } of rows) {
    const { content } = parameters(periodOf(row.businessDate.slice(0, 7)));
    if (naturalWindow(row.businessDate, content) < fromWindow || moved.has(integerOf(id))) continue;
    const now = columnsOf(entryOf(row, content, firstOpen));
    if (now.enteredWindow === window && now.entry === entry) continue;
    const key = JSON.stringify(now);
    const ids = changes.get(key);
    if (ids) ids.push(integerOf(id));
    else changes.set(key, [integerOf(id)]);
  }
  let changed = 0;
  for (const [key, ids] of changes) {
    for (let first = 0; first < ids.length; first += IDS_AT_ONCE) {
      await manager.update(XrSettlement, { id: In(ids.slice(first, first + IDS_AT_ONCE)) }, JSON.parse(key) as Pick<XrSettlement, 'enteredWindow' | 'entry'>);
    }
    changed += ids.length;
  }
  return changed;
}
