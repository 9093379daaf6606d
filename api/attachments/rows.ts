import type { EntityManager } from 'typeorm';
import { CaseAttachment } from '../../store/entities';

/** Most attachments of one case. */
export const MOST_ATTACHMENTS = 100;

/** The attachments of a case, oldest first, withdrawn ones too; `by` and `withdrawnBy` are ids of users. */
export async function attachmentsOf(manager: EntityManager, caseId: string) {
  const rows = await manager.find(CaseAttachment, { where: { caseId }, order: { at: 'ASC', id: 'ASC' }, take: MOST_ATTACHMENTS });
  return rows.map(viewAttachment);
}

export function viewAttachment(row: CaseAttachment) {
  const { id, name, type, size, sha256, uploadedBy, at, withdrawnAt, withdrawnBy, withdrawnReason } = row;
  return { id, name, type, bytes: size, sha256, by: uploadedBy, at, withdrawnAt, withdrawnBy, withdrawnReason };
}
