import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { refusal } from '../../domain/refusal';
import { DocumentPrint, PrintedDocument } from '../../store/entities';
import { lockRow } from '../../store/rows';

/** A request to print: the same key gets the print that it recorded before. `at` in epoch ms. */
export interface PrintRequest {
  readonly requestKey: string;
  readonly by: string;
  readonly at: number;
}

export interface Printed {
  readonly document: PrintedDocument;
  readonly print: DocumentPrint;
  readonly replayed: boolean;
}

/** Records the next print of a document. A void one may be printed; it is marked so. */
export async function recordDocumentPrint(manager: EntityManager, number: string, { requestKey, by, at }: PrintRequest): Promise<Printed | Refusal> {
  // Two windows that print at once must not get the same number.
  const document = await lockRow(manager, PrintedDocument, { number });
  if (!document) return refusal('DOCUMENT_NOT_FOUND');
  const before = await manager.find(DocumentPrint, { where: { number }, order: { printNo: 'ASC' } });
  const known = before.find((print) => print.requestKey === requestKey);
  if (known) return { document, print: known, replayed: true };
  const printNo = (before.at(-1)?.printNo ?? 0) + 1;
  const mark = document.voidedAt !== null ? '作废' : printNo > 1 ? '补打' : null;
  const print = { number, printNo, requestKey, at, by, mark };
  await manager.insert(DocumentPrint, print);
  return { document, print, replayed: false };
}
