import { In, IsNull, type EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import type { AccountPurpose } from '../../domain/disbursement/bank-account';
import { isRefusal, refusal } from '../../domain/refusal';
import { BankAccount, PaymentOrder } from '../../store/entities';
import { currentKeyRing } from '../../runtime/keys';
import { lockRow } from '../../store/rows';
import { stopOrder } from './order-state';

/** A reviewed account as a case describes it. */
export interface NewAccount {
  readonly owner: string;
  readonly division: string;
  readonly purpose: AccountPurpose;
  readonly holder: string;
  readonly bankName: string;
  readonly bankCode: string;
  readonly accountNo: string;
  readonly validFrom: string;
  readonly reviewedBy: string;
  readonly caseNo: string;
  readonly at: number;
}

/** The version of an account that holds, or null. */
export function currentAccount(manager: EntityManager, owner: string, purpose: AccountPurpose): Promise<BankAccount | null> {
  return manager.findOneBy(BankAccount, { owner, purpose, replacedAt: IsNull() });
}

/** As `currentAccount`, kept from being replaced until the transaction ends. */
export async function lockAccount(manager: EntityManager, owner: string, purpose: AccountPurpose): Promise<BankAccount | null> {
  for (;;) {
    const current = await currentAccount(manager, owner, purpose);
    if (!current) return null;
    // Whoever held the lock may have replaced it: then the one that holds now is locked in its place.
    const locked = await lockRow(manager, BankAccount, { id: current.id });
    if (locked?.replacedAt === null) return locked;
  }
}

/** The version that holds now of the account of which `id` is a version, kept from being replaced; null when there is none. */
export async function standingAccountOf(manager: EntityManager, id: number): Promise<BankAccount | null> {
  const version = await manager.findOneBy(BankAccount, { id });
  return version && lockAccount(manager, version.owner, version.purpose);
}

/**
 * Takes the change of a case back: the version before it holds again, as a new version. Without one the owner has no account
 * for the purpose any more. Refused when a later change stands.
 */
export async function restoreAccount(
  manager: EntityManager,
  undo: { readonly of: string; readonly division: string; readonly reviewedBy: string; readonly caseNo: string; readonly at: number },
): Promise<Refusal | { version: number; stopped: string[] }> {
  const changed = await accountToUndo(manager, undo);
  if (isRefusal(changed)) return changed;
  const { reviewedBy, caseNo, at } = undo;
  const former = await manager.findOneBy(BankAccount, { owner: changed.owner, purpose: changed.purpose, version: changed.version - 1 });
  if (former) return replaceAccount(manager, { ...without(former), reviewedBy, caseNo, at });
  await manager.update(BankAccount, { id: changed.id }, { replacedAt: at });
  return { version: changed.version, stopped: await stopOrdersTo(manager, changed.id) };
}

/** The version that a case made and that still holds, kept from being replaced; or why it cannot be taken back. */
export async function accountToUndo(manager: EntityManager, { of, division }: { readonly of: string; readonly division: string }): Promise<BankAccount | Refusal> {
  const changed = await manager.findOneBy(BankAccount, { caseNo: of, division });
  if (!changed) return refusal('CHANGE_NOT_FOUND');
  const current = await lockAccount(manager, changed.owner, changed.purpose);
  return current?.id === changed.id ? changed : refusal('CHANGE_SUPERSEDED');
}

/** Whether another owner uses the number now. */
export async function isUsedByAnother(manager: EntityManager, accountNo: string, owner: string): Promise<boolean> {
  const rows = await manager.findBy(BankAccount, { accountHash: accountHash(accountNo), replacedAt: IsNull() });
  return rows.some((row) => row.owner !== owner);
}

/**
 * Puts a reviewed version in the place of the one that holds. Orders that were approved for the former one and are not paid
 * in full are stopped until somebody has looked at them. Returns the version and the numbers of the stopped orders.
 */
export async function replaceAccount(manager: EntityManager, account: NewAccount): Promise<{ version: number; stopped: string[] }> {
  const former = await lockAccount(manager, account.owner, account.purpose);
  const version = (former?.version ?? 0) + 1;
  if (former) await manager.update(BankAccount, { id: former.id }, { replacedAt: account.at });
  const { accountNo } = account;
  await manager.insert(BankAccount, { ...account, version, accountHash: accountHash(accountNo), tail: accountNo.slice(-4), replacedAt: null });
  return { version, stopped: former ? await stopOrdersTo(manager, former.id) : [] };
}

/** Keyed hash by which an account number is looked up. */
export function accountHash(accountNo: string): string {
  return currentKeyRing().keyedHash(`bank account ${accountNo}`);
}

function without({ owner, division, purpose, holder, bankName, bankCode, accountNo, validFrom }: BankAccount): Omit<NewAccount, 'reviewedBy' | 'caseNo' | 'at'> {
  return { owner, division, purpose, holder, bankName, bankCode, accountNo, validFrom };
}

async function stopOrdersTo(manager: EntityManager, payeeAccountId: number): Promise<string[]> {
  const waiting = await manager.find(PaymentOrder, { where: { payeeAccountId, state: In(['open', 'partPaid', 'stopped']) }, order: { id: 'ASC' } });
  for (const { id } of waiting) await stopOrder(manager, id, 'accountChanged');
  return waiting.map(({ orderNo }) => orderNo);
}
