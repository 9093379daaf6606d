import type { EntityManager } from 'typeorm';
import { addMonths, type Period } from '../../domain/clearing/period';
import { XrClearingOffice } from '../../store/entities';
import { insertOnce, lockRow } from '../../store/rows';

/**
 * Locks the offices for this transaction and tells the first window that each still takes entries for. Intake and generation
 * both pass here, so that nothing enters a window while or after it is summed up.
 */
export async function lockOffices(manager: EntityManager, offices: Iterable<string>): Promise<ReadonlyMap<string, Period>> {
  const open = new Map<string, Period>();
  // Always in the same order, so that two intakes never wait for each other.
  for (const office of [...new Set(offices)].sort()) {
    const row = (await lockRow(manager, XrClearingOffice, { office })) ?? (await createOffice(manager, office));
    open.set(office, row.firstOpenWindow);
  }
  return open;
}

async function createOffice(manager: EntityManager, office: string): Promise<XrClearingOffice> {
  await insertOnce(manager, XrClearingOffice, { office, firstOpenWindow: 0 });
  return (await lockRow(manager, XrClearingOffice, { office })) as XrClearingOffice;
}

/** Closes a window: what comes later enters the next one. The office is locked already. */
export async function closeWindow(manager: EntityManager, office: string, firstOpen: Period, window: Period): Promise<void> {
  if (window < firstOpen) return;
  await manager.update(XrClearingOffice, { office }, { firstOpenWindow: addMonths(window, 1) });
}
