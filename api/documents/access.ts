import type { EntityManager } from 'typeorm';
import type { ApprovalSheetData, FrozenDocument } from '../../domain/documents/data';
import { DOCUMENT_NUMBER } from '../../domain/documents/number';
import { PrintedDocument } from '../../store/entities';
import { findCase, mayRead } from '../cases/find';
import { readerOf } from '../cases/reader';
import { type MoneyScope, moneyScope } from '../prepayment/scope';
import { Problem } from '../problem';
import type { Call } from '../route';

/** The document at the address, if the person may read it: as who issues it or is meant by it. Throws Problem DOCUMENT_NOT_FOUND. */
export async function requireDocument(manager: EntityManager, call: Call<unknown, unknown>): Promise<PrintedDocument> {
  const number = call.params['number'] ?? '';
  const row = DOCUMENT_NUMBER.test(number) ? await manager.findOneBy(PrintedDocument, { number }) : null;
  const { user, parts } = call;
  if (!row || !(await maySee(manager, call, row, await moneyScope(manager, user, parts.people.now())))) throw new Problem('DOCUMENT_NOT_FOUND');
  return row;
}

async function maySee(manager: EntityManager, { user, parts }: Call<unknown, unknown>, row: PrintedDocument, scope: MoneyScope): Promise<boolean> {
  if (scope.has(row.admdvs) || (row.party !== null && scope.has(row.party))) return true;
  if (row.kind !== 'approvalSheet') return false;
  const found = await findCase(manager, (row.data as ApprovalSheetData).caseNo);
  return found !== null && mayRead(found, await readerOf(manager, user, parts.people.now()));
}

/** Throws Problem POST_MISSING unless the person is an approver (审批岗) of the office that issued it. */
export function requireApprover({ user }: Call<unknown, unknown>, { admdvs }: PrintedDocument): void {
  if (!user.assignments.some(({ role, division }) => role === 'approver' && division === admdvs)) throw new Problem('POST_MISSING');
}

export function frozenOf({ kind, data }: PrintedDocument): FrozenDocument {
  return { kind, data } as FrozenDocument;
}
