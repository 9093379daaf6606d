import type { EntityManager } from 'typeorm';
import { namesOf } from '../../activities/documents/people';
import { buildDocument, type Printing, type Standing } from '../../domain/documents/build';
import type { FrozenDocument } from '../../domain/documents/data';
import { verifyAddress } from '../../domain/documents/number';
import { PrintedDocument } from '../../store/entities';
import { printReply } from '../print-format';
import type { Call, Reply } from '../route';
import { documentPage } from './page';
import { documentPdf } from './pdf';

/** How an issued document stands now: whether it was voided, and by which it was followed. */
export async function standingOf(manager: EntityManager, { parts }: Pick<Call, 'parts'>, row: PrintedDocument): Promise<Standing> {
  const { number, hash, replaces, issuedAt, issuedBy, voidedAt, voidReason } = row;
  const names = await namesOf(manager, [issuedBy]);
  const follower = voidedAt === null ? null : await manager.findOneBy(PrintedDocument, { kind: row.kind, subject: row.subject, version: row.version + 1 });
  return {
    number,
    hash,
    qr: verifyAddress(number, hash, parts.people.publicUrl),
    replaces,
    issued: { name: names.get(issuedBy) ?? issuedBy, at: issuedAt },
    voided: voidedAt === null ? null : { at: voidedAt, reason: voidReason ?? '', replacedBy: follower?.number ?? null },
  };
}

/** A document as page or PDF. */
export function renderDocument(format: 'html' | 'pdf', frozen: FrozenDocument, standing: Standing, printing: Printing, status = 200): Promise<Reply> {
  const model = buildDocument(frozen, standing, printing);
  return printReply(format, { page: () => documentPage(model), pdf: () => documentPdf(model), name: standing.number ?? `draft-${frozen.kind}` }, status);
}
