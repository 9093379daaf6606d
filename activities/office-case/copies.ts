import { In, type EntityManager } from 'typeorm';
import type { CaseEvent } from '../../domain/office-case/types';
import { CaseCopy, CaseReading } from '../../store/entities';
import { insertOnce } from '../../store/rows';
import { recordAudit } from '../people/audit';

type Copy = Omit<CaseCopy, 'id'>;

/** The copy (抄送) that an event sends; null for every other event. */
export function copyOf(caseId: string, event: CaseEvent): Copy | null {
  if (event.type !== 'acted' || event.act !== 'copy' || event.to?.userId === undefined) return null;
  return { caseId, userId: event.to.userId, byUser: event.by.userId, copiedAt: event.at };
}

/** Compares the copies of a case with what its events sent, and writes the latter where `write` says so. Names those that differ. */
export async function rebuildCopies(manager: EntityManager, caseId: string, events: readonly CaseEvent[], write: boolean): Promise<string[]> {
  const sent = new Map<string, Copy>();
  for (const event of events) {
    const copy = copyOf(caseId, event);
    if (copy && !sent.has(copy.userId)) sent.set(copy.userId, copy);
  }
  const standing = await manager.findBy(CaseCopy, { caseId });
  const right = standing.filter(({ userId, byUser, copiedAt }) => sent.get(userId)?.byUser === byUser && sent.get(userId)?.copiedAt === copiedAt);
  const wrong = standing.filter((row) => !right.includes(row));
  const missing = [...sent.values()].filter(({ userId }) => !right.some((row) => row.userId === userId));
  if (write && wrong.length > 0) await manager.delete(CaseCopy, { id: In(wrong.map(({ id }) => id)) });
  if (write && missing.length > 0) await manager.insert(CaseCopy, missing);
  return [...new Set([...wrong, ...missing].map(({ userId }) => `copy ${userId}`))];
}

export interface Reading {
  readonly caseId: string;
  readonly caseNo: string;
  readonly division: string;
  readonly userId: string;
  readonly sessionId: string | null;
  readonly origin: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Records that a person read his copy; the first time counts, and is audited. Returns that time (epoch ms), or null where he has no copy. */
export async function readCopy(manager: EntityManager, { caseId, caseNo, division, userId, sessionId, origin, at }: Reading): Promise<number | null> {
  if (!(await manager.existsBy(CaseCopy, { caseId, userId }))) return null;
  const first = await insertOnce(manager, CaseReading, { caseId, userId, readAt: at });
  if (first) await recordAudit(manager, { event: 'copy.read', at, userId, sessionId, origin, subject: `office-case/${caseNo}`, division });
  const { readAt } = await manager.findOneByOrFail(CaseReading, { caseId, userId });
  return readAt;
}
