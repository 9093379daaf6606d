import type { EntityManager } from 'typeorm';
import { isAccount, mirrored, type LedgerLine } from '../../domain/ledger';
import { JournalEntry, JournalHead, JournalLine } from '../../store/entities';
import { insertOnce, lockRow } from '../../store/rows';
import { digestOf } from './digest';
import { LedgerError } from './errors';
import { linesOf } from './lines';

export interface EntryInput {
  /** Ours, unique over all institutions; posting it again with the same content does nothing. */
  readonly key: string;
  readonly institution: string;
  readonly admissionId: string | null;
  readonly kind: string;
  /** One Chinese phrase without personal data, up to 200 characters. */
  readonly memo: string;
  /** yyyy-MM-dd, Asia/Shanghai. */
  readonly businessDate: string;
  readonly lines: readonly LedgerLine[];
}

export interface ContraInput {
  readonly key: string;
  /** Key of the entry to mirror. */
  readonly of: string;
  readonly memo: string;
  readonly businessDate: string;
}

/**
 * Posts a journal entry (分录) in the transaction of `manager`. The same key with the same institution, admission, kind
 * and lines returns the entry that stands; memo and day are those of the first time.
 * Throws LedgerError `unbalanced` or `keyConflict`.
 */
export async function postEntry(manager: EntityManager, input: EntryInput): Promise<JournalEntry> {
  requireBalanced(input);
  const head = await lockHead(manager, input.institution);
  const posted = await manager.findOneBy(JournalEntry, { entryKey: input.key });
  if (posted) {
    await requireSameContent(manager, posted, input);
    return posted;
  }
  return append(manager, head, input, null);
}

/**
 * Mirrors an entry line by line (反向登账), once. The same key again returns the contra entry that stands.
 * Throws LedgerError `unknownEntry`, `alreadyReversed`, `contraOfContra` or `keyConflict`.
 */
export async function contraEntry(manager: EntityManager, input: ContraInput): Promise<JournalEntry> {
  const original = await manager.findOneBy(JournalEntry, { entryKey: input.of });
  if (!original) throw new LedgerError('unknownEntry', `there is no journal entry ${input.of}`);
  if (original.reverses !== null) throw new LedgerError('contraOfContra', `${input.of} is a contra entry itself`);
  const head = await lockHead(manager, original.institution);
  const contra = await manager.findOneBy(JournalEntry, { reverses: original.id });
  if (contra?.entryKey === input.key) return contra;
  if (contra) throw new LedgerError('alreadyReversed', `${input.of} has its contra entry ${contra.entryKey}`);
  if (await manager.existsBy(JournalEntry, { entryKey: input.key })) {
    throw new LedgerError('keyConflict', `${input.key} stands for another entry`);
  }
  const { institution, admissionId } = original;
  const lines = mirrored((await linesOf(manager, [original.id])).get(original.id) ?? []);
  return append(manager, head, { ...input, institution, admissionId, kind: 'contra', lines }, original.id);
}

function requireBalanced({ key, lines }: EntryInput): void {
  const unknown = lines.find((line) => !isAccount(line.account));
  if (unknown) throw new LedgerError('unbalanced', `${key}: no such account ${unknown.account}`);
  if (lines.length < 2) throw new LedgerError('unbalanced', `${key}: an entry has at least two lines`);
  if (!lines.every((line) => Number.isSafeInteger(line.amount))) throw new LedgerError('unbalanced', `${key}: amounts are whole fen`);
  const sum = lines.reduce((total, line) => total + BigInt(line.amount), 0n);
  if (sum !== 0n) throw new LedgerError('unbalanced', `${key}: debit and credit differ by ${sum} fen`);
}

async function requireSameContent(manager: EntityManager, posted: JournalEntry, input: EntryInput): Promise<void> {
  const lines = (await linesOf(manager, [posted.id])).get(posted.id) ?? [];
  const same =
    posted.institution === input.institution &&
    posted.admissionId === input.admissionId &&
    posted.kind === input.kind &&
    posted.reverses === null &&
    lines.length === input.lines.length &&
    lines.every((line, index) => line.account === input.lines[index]?.account && line.amount === input.lines[index]?.amount);
  if (!same) throw new LedgerError('keyConflict', `${input.key} is posted with other content`);
}

/** The end of the institution's chain, locked: entries of an institution are appended one after another. */
async function lockHead(manager: EntityManager, institution: string): Promise<JournalHead> {
  const head = await lockRow(manager, JournalHead, { institution });
  if (head) return head;
  await insertOnce(manager, JournalHead, { institution, lastNo: 0, lastDigest: '' });
  const fresh = await lockRow(manager, JournalHead, { institution });
  if (!fresh) throw new Error(`the chain of ${institution} has no end`);
  return fresh;
}

async function append(manager: EntityManager, head: JournalHead, input: EntryInput, reverses: number | null): Promise<JournalEntry> {
  const content = {
    entryKey: input.key,
    institution: input.institution,
    chainNo: head.lastNo + 1,
    admissionId: input.admissionId,
    kind: input.kind,
    memo: input.memo,
    businessDate: input.businessDate,
    postedAt: Date.now(),
    reverses,
  };
  const row = { ...content, digest: digestOf(content, input.lines) };
  const inserted = await manager.insert(JournalEntry, row);
  const entryId = Number(inserted.identifiers[0]?.['id']);
  await manager.insert(
    JournalLine,
    input.lines.map(({ account, amount }, index) => ({ entryId, lineNo: index + 1, account, amountFen: amount })),
  );
  await manager.update(JournalHead, { institution: input.institution }, { lastNo: row.chainNo, lastDigest: row.digest });
  return { id: entryId, ...row };
}
