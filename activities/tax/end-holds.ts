import type { Store } from '../../store/open-store';

/**
 * Rows that waited for what they belong to longer than they may become differences for a person; later payments no longer release
 * them. Returns how many. `at` in epoch ms.
 */
export async function endHoldsDue(store: Store, at: number): Promise<number> {
  return store.write(async (manager) => {
    const due: { id: unknown }[] = await manager.query("SELECT id FROM tax_aside WHERE sort = 'held' AND until <= ? LIMIT 5000", [at]);
    if (due.length === 0) return 0;
    await manager.query(`UPDATE tax_aside SET sort = 'break' WHERE sort = 'held' AND id IN (${due.map(({ id }) => Number(id)).join(',')})`);
    return due.length;
  });
}
