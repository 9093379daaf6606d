import { In, IsNull, type EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import type { Payee } from '../../domain/documents/data';
import { BankAccount, type XrClearingBatch } from '../../store/entities';
import type { OperationContext } from '../office-case/operations';
import { clearingNotices, clearingTables, movedOutLists } from './clearing-documents';
import { type ClearingSource, readClearing } from './clearing-source';
import { type AnyNewDocument, issueDocuments } from './issue';
import { issuerOf, signersOf } from './people';
import { payeeOf } from './places';

const STEPS = { reviewed: 'recheck', approved: 'approve' } as const;

/** Issues all documents of a clearing in the transaction that approves it. Returns their number. */
export async function issueClearingDocuments(manager: EntityManager, batch: XrClearingBatch, context: OperationContext): Promise<number | Refusal> {
  const signers = await signersOf(manager, context.actors, STEPS);
  const documents = await documentsOf(manager, await readClearing(manager, batch, signers, context.now), context.now);
  const issued = await issueDocuments(manager, documents, { by: issuerOf(context), at: context.now });
  return Array.isArray(issued) ? issued.length : issued;
}

/** The documents of a clearing as they would be issued now; before its approval they are drafts. */
export async function draftClearingDocuments(manager: EntityManager, batch: XrClearingBatch, at: number): Promise<AnyNewDocument[]> {
  return documentsOf(manager, await readClearing(manager, batch, { made: null, reviewed: null, approved: null }, at), at);
}

async function documentsOf(manager: EntityManager, source: ClearingSource, at: number): Promise<AnyNewDocument[]> {
  return [...clearingTables(source), ...clearingNotices(source, await clearingAccounts(manager, source), at), ...movedOutLists(source)];
}

async function clearingAccounts(manager: EntityManager, { batch, lines }: ClearingSource): Promise<Map<string, Payee>> {
  const owners = [...new Set([batch.office, ...lines.flatMap(({ payingCity, receivingCity }) => [payingCity, receivingCity])])];
  const accounts = await manager.findBy(BankAccount, { owner: In(owners), purpose: 'clearing', replacedAt: IsNull() });
  return new Map(accounts.map((account) => [account.owner, payeeOf(account)]));
}
