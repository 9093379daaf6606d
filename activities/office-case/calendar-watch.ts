import type { EntityManager } from 'typeorm';
import { KNOWN_YEARS, missingYear } from '../../domain/working-time';
import { AbnormalItem } from '../../store/entities';
import { closeItem, raiseItem, type ItemKey } from '../abnormal/items';

const itemOf = (year: number): ItemKey => ({ workflowId: 'working-calendar', code: 'CALENDAR_MISSING', subject: String(year) });

/**
 * Tells a person when the days off of a year should be known at a moment (epoch ms) and are not: terms that reach into it are
 * reckoned by the week alone. Raised once a year, by whoever reckons a term and when a worker starts.
 */
export async function tellMissingCalendar(manager: EntityManager, at: number): Promise<void> {
  const year = missingYear(at);
  if (year === null || (await manager.existsBy(AbnormalItem, { ...itemOf(year), state: 'open' }))) return;
  const title = `缺少 ${year} 年的放假调休安排：跨入该年的办件期限只按周末计算，请按 schemas/calendar/README.md 录入`;
  // It concerns every office alike.
  await raiseItem(manager, { ...itemOf(year), institution: '-', process: 'officeCase', title, at });
}

/** Closes what was told of years whose days off are known by now. */
export async function settleCalendar(manager: EntityManager, at: number): Promise<void> {
  for (const year of KNOWN_YEARS) await closeItem(manager, itemOf(year), '放假安排已录入', at);
  await tellMissingCalendar(manager, at);
}
