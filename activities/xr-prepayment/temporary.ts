import type { EntityManager } from 'typeorm';
import { formatDate, yearOf } from '../../domain/calendar';
import { min, negate, subtract } from '../../domain/money';
import { isRefusal } from '../../domain/refusal';
import { temporaryPart } from '../../domain/xr-prepayment/temporary';
import { OfficeCase, PrepayQuota, type PrepayPool } from '../../store/entities';
import { openReturnCase } from './difference-case';
import { poolBalance } from './pools';
import { currentQuota, setQuota } from './quota';

/**
 * Ends the temporary part of a quota whose year is over (临时额度到期), and opens the return of what the pool then holds too much
 * as a draft of the province's maker. Once a year; nothing where the new year's quota stands already. The pool is locked by
 * the caller. `at` in epoch ms.
 */
export async function expireTemporary(manager: EntityManager, { city, fund, province }: PrepayPool, at: number): Promise<boolean> {
  const current = await currentQuota(manager, { city, fund });
  if (!current || current.year >= yearOf(formatDate(at))) return false;
  const versions = await manager.find(PrepayQuota, { where: { city, fund, year: current.year }, order: { version: 'ASC' } });
  const temporary = temporaryPart(versions);
  if (temporary === 0) return false;
  const { year, caseNo } = current;
  const expired = await setQuota(manager, { city, fund, province, year, kind: 'expired', proposed: null, caseNo, at }, (before) => subtract(before, temporary));
  const makerId = await quotaMaker(manager, expired);
  const surplus = min(negate(expired.differenceFen), await poolBalance(manager, { city, fund, province }));
  if (makerId === null || surplus <= 0) return true;
  const opened = await openReturnCase(manager, { ...expired, differenceFen: negate(surplus) }, makerId);
  if (isRefusal(opened)) throw new Error(`the return of ${city} ${fund} cannot be opened: ${opened.code}`);
  return true;
}

/** The province's person who made the latest annual quota of a pool; null where that case is not here. */
export async function quotaMaker(manager: EntityManager, { city, fund, province }: Pick<PrepayQuota, 'city' | 'fund' | 'province'>): Promise<string | null> {
  const [annual] = await manager.find(PrepayQuota, { where: { city, fund, kind: 'annual' }, order: { id: 'DESC' }, take: 1 });
  const made = annual && (await manager.findOneBy(OfficeCase, { caseNo: annual.caseNo, division: province }));
  return made?.makerId ?? null;
}
