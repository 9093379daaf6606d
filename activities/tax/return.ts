import type { EntityManager } from 'typeorm';
import type { BatchRange, ChunkOutcome } from '../../domain/batch/types';
import { levyIdOf } from '../../domain/contribution/levy-no';
import { type Fen } from '../../domain/money';
import { readRows, resumeByte, type ReadRow } from '../../domain/files/read-rows';
import { refusal } from '../../domain/refusal';
import { tellLevy } from '../../domain/tax/apply-levy';
import { postingKey, type PaymentFacts } from '../../domain/tax/levy';
import { paymentProblem, type LevyFacts } from '../../domain/tax/payment-check';
import { collectionRules } from '../../schemas/tax/collection-rules';
import type { PaymentRow } from '../../schemas/tax/fields';
import { TaxFile, type Batch } from '../../store/entities';
import type { BatchDeps, BatchKind, Chunk, Frozen } from '../batch/kind';
import { readChunks } from '../files/read-chunks';
import { exchangeOf } from './exchange';
import { holdLevies, type LevyRecord, type Standing } from './levies';
import { ChunkPosting } from './posting';
import { unitIdentities, type UnitIdentity } from './unit-identities';
import { checkUndoReturn, undoReturn } from './undo-return';

export const TAX_RETURN = 'tax-return';

/** Rows that one transaction posts: well under a second, so that little is done twice after a crash. */
export const ROWS_A_CHUNK = 5_000;

/** What a batch that works a file is frozen on. */
export interface FrozenFile {
  readonly fileId: number;
  readonly name: string;
  readonly item: 'HP' | 'TJ' | 'HZ';
  readonly path: string;
}

type Row = ReadRow<PaymentRow>;
const HOUR_MS = 3_600_000;

/**
 * Posting of a payment file (回盘): each row goes to its levy through the state machine, or is put aside with its reason. It takes effect at
 * once, chunk by chunk; undone (回盘重处理), matches and entries are reversed and the file can be run again.
 */
export const taxReturn: BatchKind<readonly Row[]> = {
  zh: '税务回盘记入',
  startRoles: ['maker'],
  confirmedBy: null,
  parallel: 2,
  check: (manager, batch) => checkFile(manager, batch, TAX_RETURN, ['HP', 'TJ']),
  freeze: (deps, batch) => freezeFile(deps, batch),
  read: ({ tax }, batch, chunk) => rowsOf(exchangeOf(tax).format, batch, chunk) as Promise<readonly Row[]>,
  work: async (manager, batch, chunk, rows) => postRows(manager, batch, chunk, rows),
  discard: async (manager, batch, chunk) => undoReturn(manager, batch, chunk),
  checkUndo: checkUndoReturn,
  undo: async (manager, batch, chunk) => undoReturn(manager, batch, chunk),
};

/** Refuses parameters that name no file to be worked. */
export async function checkFile(manager: EntityManager, { division, parameters }: Pick<Batch, 'division' | 'parameters'>, kind: string, items: readonly string[]) {
  const { fileId } = parameters as { fileId?: unknown };
  const file = typeof fileId === 'number' && Number.isSafeInteger(fileId) ? await manager.findOneBy(TaxFile, { id: fileId, division, direction: 'in' }) : null;
  if (!file || !items.includes(file.item)) return refusal('TAX_FILE_NOT_FOUND');
  if (!['received', 'taken', 'waiting'].includes(file.state)) return refusal('TAX_FILE_NOT_WORKABLE');
  const runs: { id: string; parameters: string; state: string }[] = await manager.query('SELECT id, parameters, state FROM batch WHERE kind = ? AND division = ?', [kind, division]);
  const other = runs.find((run) => (JSON.parse(run.parameters) as { fileId?: number }).fileId === file.id && !['undone', 'cancelled', 'refused'].includes(run.state));
  return other ? refusal('BATCH_UNDER_WAY', `批次 ${other.id} 已处理该文件，重处理须先撤销它。`) : null;
}

/** Cuts a file that is in the archive into chunks of rows. */
export async function freezeFile({ store, tax }: BatchDeps, batch: Batch): Promise<Frozen> {
  const { fileId } = batch.parameters as { readonly fileId: number };
  const file = await store.read((manager) => manager.findOneByOrFail(TaxFile, { id: fileId }));
  const ranges: BatchRange[] = [];
  for (let from = 1; from <= file.total; from += ROWS_A_CHUNK) {
    const through = Math.min(file.total, from + ROWS_A_CHUNK - 1);
    ranges.push({ from: String(from), through: String(through), rows: through - from + 1 });
  }
  const frozen: FrozenFile = { fileId, name: file.name, item: file.item as FrozenFile['item'], path: exchangeOf(tax).archivedPath(file.name, file.sm3 ?? '') };
  return { frozen, ranges };
}

/** Rows of a chunk, read from their own byte on where the form allows it. */
export async function rowsOf(format: ReturnType<typeof exchangeOf>['format'], batch: Batch, chunk: Chunk): Promise<readonly ReadRow<object>[]> {
  const { path, item } = batch.frozen as FrozenFile;
  const [from, through] = [Number(chunk.from), Number(chunk.through)];
  const rows: ReadRow<object>[] = [];
  for await (const some of readRows(readChunks(path, resumeByte(format, item, from)), format, item, from)) {
    for (const row of some) if (row.record >= from && row.record <= through) rows.push(row);
    if ((some.at(-1)?.record ?? 0) >= through) break;
  }
  if (rows.length !== chunk.rows) throw new Error(`${path} has ${rows.length} of ${chunk.rows} rows from ${from}`);
  return rows;
}

async function postRows(manager: EntityManager, batch: Batch, chunk: Chunk, rows: readonly Row[]): Promise<ChunkOutcome> {
  const { fileId, name } = batch.frozen as FrozenFile;
  const now = Date.now();
  const standings = await holdLevies(manager, rows.flatMap((each) => ('row' in each ? (levyIdOf(each.row.levy_no) ?? []) : [])));
  for (const [id, { record }] of standings) if (record.division !== batch.division) standings.delete(id);
  const units = await unitIdentities(manager, [...standings.values()].flatMap(({ record }) => record.unitNo ?? []));
  const posting = new ChunkPosting({ division: batch.division, fileId, fileName: name, batchId: batch.id, chunkNo: chunk.no, now }, standings);
  const seen = await SeenReceipts.of(manager, rows);
  for (const each of rows) {
    if ('problem' in each) posting.broken('ROW_FIELD_INVALID', { rowNo: each.record, insutype: '', part: '', levyNo: '' }, null);
    else takeRow(posting, seen, units, each.row, now);
  }
  await posting.write(manager);
  const { rejects, sums } = posting.outcome();
  return { done: rows.length - new Set(rejects.map(({ rowNo }) => rowNo)).size, rejects, sums };
}

function takeRow(posting: ChunkPosting, seen: SeenReceipts, units: ReadonlyMap<string, UnitIdentity>, row: PaymentRow, now: number): void {
  const place = { rowNo: row.row_no, insutype: row.insutype, part: row.part, levyNo: row.levy_no };
  const facts = factsOf(row);
  const id = levyIdOf(row.levy_no);
  const standing = ownStanding(posting.standing(id), row.levy_no);
  const state = standing && posting.levy(id);
  const before = seen.find(facts);
  if (before !== null && before.levyId !== (standing?.record.id ?? null)) {
    if (before.paid === facts.paid && before.levyId === null) posting.repeated(facts);
    else posting.broken('TAX_RECEIPT_CONFLICT', place, facts);
    return;
  }
  if (before?.levyId === null) {
    if (before.paid === facts.paid) posting.repeated(facts);
    else posting.broken('TAX_RECEIPT_CONFLICT', place, facts);
    return;
  }
  const problem = paymentProblem(row, standing && levyFacts(standing.record, units), state, { treasuries: [], partial: collectionRules.partialPayers });
  if (problem !== null && problem !== 'TAX_LEVY_UNKNOWN') {
    if (seen.isBroken(facts, problem)) posting.repeated(facts);
    else posting.broken(problem, place, facts, standing?.record.id ?? null);
    return;
  }
  if (!standing || !state) {
    posting.unmatched(row.levy_no === '' ? 'TAX_NO_RECEIVABLE' : 'TAX_LEVY_UNKNOWN', place, facts);
    seen.add(facts, null);
    return;
  }
  const step = tellLevy(state, { type: 'payment', row: facts, at: now, holdMs: collectionRules.holdHours * HOUR_MS });
  posting.take(standing.record.id, step.levy, step.notes, { facts, place });
  for (const note of step.notes) if (note.kind === 'posted' || note.kind === 'unmatched') seen.add(note.row, note.kind === 'posted' ? standing.record.id : null);
}

/** The levy of a number, where the whole number is its. */
function ownStanding(standing: Standing | null, levyNo: string): Standing | null {
  return standing?.record.levyNo === levyNo ? standing : null;
}

function factsOf({ kind, taxrpt_no, taxrpt_row, orig_taxrpt_no, orig_taxrpt_row, dcla_no, amt, inte, latefee, paid, clct_time, ursn_date, intsury_date, treasury }: PaymentRow): PaymentFacts {
  return { kind, taxrpt_no, taxrpt_row, orig_taxrpt_no, orig_taxrpt_row, dcla_no, amt, inte, latefee, paid, clct_time, ursn_date, intsury_date, treasury };
}

/** What a payment must agree with. Of a person the number is enough, so that nobody's credentials are decrypted here. */
function levyFacts({ payerKind, unitNo, psnNo, insutype, part, accrym_begn, accrym_end }: LevyRecord, units: ReadonlyMap<string, UnitIdentity>): LevyFacts {
  const unit = unitNo === null ? undefined : units.get(unitNo);
  return { payer_kind: payerKind, uscc: unit?.uscc ?? '', tax_reg_no: unit?.taxRegNo ?? '', psn_no: psnNo ?? '', certno: '', insutype, part, accrym_begn, accrym_end };
}

/** Receipts of a chunk that came before, and where they went: a receipt belongs to one levy for ever. */
class SeenReceipts {
  private readonly posted = new Map<string, { readonly levyId: number | null; readonly paid: number }>();
  private readonly broken = new Set<string>();

  static async of(manager: EntityManager, rows: readonly Row[]): Promise<SeenReceipts> {
    const seen = new SeenReceipts();
    const numbers = [...new Set(rows.flatMap((each) => ('row' in each ? [each.row.taxrpt_no] : [])))];
    for (let first = 0; first < numbers.length; first += 5_000) {
      const some = numbers.slice(first, first + 5_000);
      const places = some.map(() => '?').join(',');
      const posted: Record<string, unknown>[] = await manager.query(`SELECT taxrpt_no, taxrpt_row, kind, levy_id, paid_fen FROM tax_payment WHERE taxrpt_no IN (${places})`, some);
      for (const row of posted) seen.posted.set(keyOf(row), { levyId: Number(row['levy_id']), paid: Number(row['paid_fen']) });
      const aside: Record<string, unknown>[] = await manager.query(`SELECT taxrpt_no, taxrpt_row, kind, sort, code, paid_fen FROM tax_aside WHERE taxrpt_no IN (${places})`, some);
      for (const row of aside) {
        if (row['sort'] === 'unmatched') seen.posted.set(keyOf(row), { levyId: null, paid: Number(row['paid_fen']) });
        if (row['sort'] === 'break') seen.broken.add(`${keyOf(row)}/${String(row['code'])}/${String(row['paid_fen'])}`);
      }
    }
    return seen;
  }

  find(facts: PaymentFacts): { readonly levyId: number | null; readonly paid: number } | null {
    return this.posted.get(postingKey(facts)) ?? null;
  }

  add(facts: PaymentFacts, levyId: number | null): void {
    this.posted.set(postingKey(facts), { levyId, paid: facts.paid as Fen });
  }

  /** The same row stands as the same difference already. */
  isBroken(facts: PaymentFacts, code: string): boolean {
    return this.broken.has(`${postingKey(facts)}/${code}/${facts.paid}`);
  }
}

function keyOf(row: Readonly<Record<string, unknown>>): string {
  return `${String(row['taxrpt_no'])}/${String(row['taxrpt_row'])}/${String(row['kind'])}`;
}
