import type { EntityManager } from 'typeorm';
import { CaseCopy, CaseReading } from '../../store/entities';

/** A copy of a case, and when it was read (epoch ms); null while it was not. */
export interface ReadCopy extends CaseCopy {
  readonly readAt: number | null;
}

/** Copies (抄送) of a case, oldest first. */
export async function copiesOf(manager: EntityManager, caseId: string): Promise<readonly ReadCopy[]> {
  const copies = await manager.find(CaseCopy, { where: { caseId }, order: { copiedAt: 'ASC', id: 'ASC' } });
  const readings = copies.length === 0 ? [] : await manager.findBy(CaseReading, { caseId });
  const times = new Map(readings.map(({ userId, readAt }) => [userId, readAt]));
  return copies.map((copy) => ({ ...copy, readAt: times.get(copy.userId) ?? null }));
}
