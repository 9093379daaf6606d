import type { EntityManager } from 'typeorm';
import { XrClearingBatch } from '../../../store/entities';
import { lockRow } from '../../../store/rows';

/** The batch that a case generated, locked; null when it has none. */
export function batchOfCase(manager: EntityManager, caseId: string): Promise<XrClearingBatch | null> {
  return lockRow(manager, XrClearingBatch, { caseId });
}
