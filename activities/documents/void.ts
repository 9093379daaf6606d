import { IsNull, type EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import type { DocumentKind } from '../../domain/documents/kinds';
import { isRefusal, refusal } from '../../domain/refusal';
import { PrintedDocument } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { type AnyNewDocument, issueDocument, type Issuing, liveKeyOf } from './issue';

export interface Voiding extends Issuing {
  readonly reason: string;
}

/** Marks a document void; it keeps its number. Refused when there is none, or it is void already. */
export async function voidDocument(manager: EntityManager, number: string, voiding: Voiding): Promise<PrintedDocument | Refusal> {
  const row = await lockRow(manager, PrintedDocument, { number });
  if (!row) return refusal('DOCUMENT_NOT_FOUND');
  if (row.voidedAt !== null) return refusal('DOCUMENT_VOID');
  return markVoid(manager, row, voiding);
}

/** Voids a document and issues the same content under a new number, which names the old one. */
export async function reissueDocument(manager: EntityManager, number: string, voiding: Voiding): Promise<PrintedDocument | Refusal> {
  const old = await voidDocument(manager, number, voiding);
  if (isRefusal(old)) return old;
  const { kind, admdvs, party, period, caseId, subject, data } = old;
  return issueDocument(manager, { kind, admdvs, party, period, caseId, subject, data } as AnyNewDocument, voiding);
}

/** Voids all live documents of a case, since its effect was undone. Returns their numbers. */
export async function voidDocumentsOfCase(manager: EntityManager, caseId: string, voiding: Voiding): Promise<string[]> {
  const rows = await manager.find(PrintedDocument, { where: { caseId, voidedAt: IsNull() }, order: { number: 'ASC' } });
  for (const row of rows) await markVoid(manager, row, voiding);
  return rows.map(({ number }) => number);
}

/** Voids the live document of a subject, where there is one. Returns its number. */
export async function voidDocumentAbout(manager: EntityManager, kind: DocumentKind, subject: string, voiding: Voiding): Promise<string | null> {
  const row = await manager.findOneBy(PrintedDocument, { liveKey: liveKeyOf(kind, subject) });
  if (!row) return null;
  await markVoid(manager, row, voiding);
  return row.number;
}

async function markVoid(manager: EntityManager, row: PrintedDocument, { reason, by, at }: Voiding): Promise<PrintedDocument> {
  const voided = { liveKey: null, voidedAt: at, voidedBy: by, voidReason: reason };
  await manager.update(PrintedDocument, { number: row.number, voidedAt: IsNull() }, voided);
  return { ...row, ...voided };
}
