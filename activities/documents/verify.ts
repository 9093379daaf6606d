import type { EntityManager } from 'typeorm';
import { PrintedDocument } from '../../store/entities';
import { documentHash } from './issue';

/** `genuine`: number and hash are ours and it is live. `void`: they are ours, but it was voided. `unknown`: anything else. */
export type Verdict =
  | { readonly state: 'genuine' | 'void'; readonly document: PrintedDocument }
  | { readonly state: 'unknown'; readonly document: null };

/** What a document of that number and hash is; a row whose content no longer has its hash is not vouched for. */
export async function verifyDocument(manager: EntityManager, number: string, hash: string): Promise<Verdict> {
  const document = await manager.findOneBy(PrintedDocument, { number });
  if (!document || document.hash !== hash || documentHash(document) !== hash) return { state: 'unknown', document: null };
  return { state: document.voidedAt === null ? 'genuine' : 'void', document };
}
