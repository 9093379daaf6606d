import type { EntityManager } from 'typeorm';
import { Settlement, SheetPrint } from '../../store/entities';
import { lockRow } from '../../store/rows';

/** Records the next print of a settlement's sheet; the same request gets the print that it recorded before. */
export async function recordPrint(
  manager: EntityManager,
  settlementId: number,
  requestKey: string,
  operatorId: string,
): Promise<{ readonly print: SheetPrint; readonly replayed: boolean }> {
  // Two windows that print at once must not get the same number.
  await lockRow(manager, Settlement, { id: settlementId });
  const before = await manager.find(SheetPrint, { where: { settlementId }, order: { printNo: 'ASC' } });
  const known = before.find((print) => print.requestKey === requestKey);
  if (known) return { print: known, replayed: true };
  const print = { settlementId, printNo: (before.at(-1)?.printNo ?? 0) + 1, requestKey, operatorId, printedAt: Date.now() };
  await manager.insert(SheetPrint, print);
  return { print, replayed: false };
}

export function findPrint(manager: EntityManager, settlementId: number, printNo: number): Promise<SheetPrint | null> {
  return manager.findOneBy(SheetPrint, { settlementId, printNo });
}
