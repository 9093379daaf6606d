import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { AbnormalItem, CaseAct } from '../../store/entities';
import { raiseItem, type ItemKey } from '../abnormal/items';
import type { LockedCase } from './context';
import { record, type Entry } from './record';

const HOUR_MS = 3_600_000;
/** Refused acts of a case that an hour keeps: of one person, and of all that nobody signed. */
export const KEPT_AN_HOUR = { signed: 60, unsigned: 20 } as const;

/** What the one row of refusals that were not kept holds. */
export interface UnkeptRefusals {
  /** Never too low; one that was judged again after a lost answer is in it twice. */
  readonly count: number;
  /** Epoch ms. */
  readonly firstAt: number;
  readonly lastAt: number;
}

const itemOf = (caseId: string): ItemKey => ({ workflowId: caseId, code: 'REFUSALS_UNKEPT', subject: 'refused' });

/**
 * Records refused acts, so many an hour; beyond that they are counted in one row that a person looks at. Whoever floods a case
 * leaves a trace and does not fill the database. `count`: refusals that the entry stands for.
 */
export async function recordRefusal(manager: EntityManager, locked: LockedCase, entry: Entry, count = 1): Promise<void> {
  const { event } = entry;
  if (event.type !== 'refused') throw new Error(`no refusal: ${event.type}`);
  const { userId, at } = event;
  const kept = await manager.countBy(CaseAct, { caseId: locked.row.id, kind: 'refused', userId: userId ?? IsNull(), at: MoreThan(at - HOUR_MS) });
  const keeps = kept < (userId === null ? KEPT_AN_HOUR.unsigned : KEPT_AN_HOUR.signed);
  if (keeps) await record(manager, locked, entry);
  const rest = keeps ? count - 1 : count;
  if (rest > 0) await countUnkept(manager, locked, rest, at);
}

/** The case is locked, so nobody else counts meanwhile. */
async function countUnkept(manager: EntityManager, { row, definition }: LockedCase, rest: number, at: number): Promise<void> {
  const key = itemOf(row.id);
  const before = (await manager.findOneBy(AbnormalItem, key))?.detail as UnkeptRefusals | null | undefined;
  const detail: UnkeptRefusals = { count: (before?.count ?? 0) + rest, firstAt: before?.firstAt ?? at, lastAt: at };
  const title = `${definition.zh} ${row.caseNo}：未受理的办理过多，约 ${detail.count} 次只计数、未逐条登记，请核查来源`;
  await raiseItem(manager, { ...key, institution: row.division, process: 'officeCase', title, at });
  await manager.update(AbnormalItem, key, { detail });
}
