import type { EntityManager } from 'typeorm';
import { attachmentsHashOf } from '../../domain/office-case/digest';
import { CaseAttachment } from '../../store/entities';

/** Digest of the attachments that a case has at this moment: part of what its signers see. */
export async function attachmentsSeen(manager: EntityManager, caseId: string): Promise<string> {
  const rows = await manager.find(CaseAttachment, { select: { id: true, sha256: true, withdrawnAt: true }, where: { caseId } });
  return attachmentsHashOf(rows);
}
