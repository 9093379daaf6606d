/** The pass before a file is written: which rows it can hold, and what its totals will be. */
import type { FileFormat } from '../../schemas/files/format';
import type { AnyRow, DetailKind, LevyRow } from '../../schemas/tax/fields';
import { TAX_ITEMS, type ItemCode } from '../../schemas/tax/items';
import type { OutcomeCode } from '../outcomes';
import type { Fen } from '../money';
import { count, countedAmount, noTotals, SplitCheck, type Totals } from './control';
import { textRecord } from './field-text';
import { fixedRecord } from './fixed-record';
import { RowProblem } from './problems';

/** Rows to be written, each an object of its own; their `row_no` is filled in. */
export type Rows = AsyncIterable<AnyRow> | Iterable<AnyRow>;

/** A row that cannot be written; the others of its unit are kept back with it. */
export interface RowReject {
  /** Place among the rows that were given, from 0. */
  readonly index: number;
  readonly code: OutcomeCode;
  readonly field: string;
  /** Chinese. */
  readonly message: string;
}

export interface FilePlan {
  readonly item: ItemCode;
  readonly totals: Totals;
  readonly rejects: readonly RowReject[];
  /** Groups (a unit and its persons, or a single row) that stay out, by their order among the rows given. */
  readonly kept: ReadonlySet<number>;
}

/** Whether a row belongs to the unit before it. */
function continues(item: ItemCode, row: AnyRow): boolean {
  return TAX_ITEMS[item].detail === 'levy' && row['payer_kind'] === '1' && row['row_level'] === '2';
}

/**
 * Tries every row once. Rows that do not fit (超长, 生僻字, a field that is not valid) or whose persons do not make up their unit
 * are rejects; they and their unit are not in the totals and will not be written. `row_no` need not be filled.
 */
export async function planFile(format: FileFormat, item: ItemCode, rows: Rows): Promise<FilePlan> {
  const attempt = trial(format, TAX_ITEMS[item].detail);
  const split = TAX_ITEMS[item].detail === 'levy' ? new SplitCheck() : null;
  const totals = noTotals();
  const rejects: RowReject[] = [];
  const kept = new Set<number>();
  let group = -1;
  /** What each row of the open group adds to the sums. */
  let open: (Fen | null)[] = [];
  let index = -1;
  const close = (): void => {
    if (kept.has(group)) return;
    for (const amount of open) count(totals, amount);
  };
  const refuse = (at: number, code: OutcomeCode, field: string, message: string, of: number): void => {
    rejects.push({ index: at, code, field, message });
    kept.add(of);
  };
  for await (const row of rows) {
    index += 1;
    if (group < 0 || !continues(item, row)) {
      const unequal = split?.end() ?? null;
      if (unequal !== null) refuse(index - 1, 'FILE_SPLIT_DIFFERS', 'amt', unequal, group);
      close();
      group += 1;
      open = [];
    }
    try {
      attempt({ ...row, row_no: totals.rows + open.length + 1 });
      open.push(countedAmount(item, row));
    } catch (problem) {
      if (!(problem instanceof RowProblem)) throw problem;
      refuse(index, problem.code, problem.field, problem.message, group);
    }
    const misplaced = split?.add(row as unknown as LevyRow) ?? null;
    if (misplaced !== null) refuse(index, 'FILE_SPLIT_DIFFERS', '', misplaced, group);
  }
  const unequal = split?.end() ?? null;
  if (unequal !== null) refuse(index, 'FILE_SPLIT_DIFFERS', 'amt', unequal, group);
  close();
  return { item, totals, rejects, kept };
}

/** Throws RowProblem when a row cannot be written. */
function trial(format: FileFormat, kind: DetailKind): (row: AnyRow) => void {
  if (format.form !== 'fixed') {
    const record = textRecord(format, kind);
    return (row) => void record.write(row as never);
  }
  const record = fixedRecord(format, kind);
  const scratch = Buffer.alloc(record.bytes);
  return (row) => record.write(row as never, scratch, 0);
}

/** Rows that go on together: a step of an asynchronous loop for each row would cost more than writing it. */
const ROWS_A_BATCH = 256;

/** The same rows again without those that stay out, numbered without gaps, in batches. */
export async function* plannedRows(plan: FilePlan, rows: Rows): AsyncGenerator<readonly AnyRow[]> {
  let group = -1;
  let number = 0;
  let batch: AnyRow[] = [];
  const numbered = TAX_ITEMS[plan.item].detail !== 'receipt';
  const take = (row: AnyRow): void => {
    if (group < 0 || !continues(plan.item, row)) group += 1;
    if (plan.kept.has(group)) return;
    number += 1;
    if (numbered) row['row_no'] = number;
    batch.push(row);
  };
  if (Symbol.iterator in rows) {
    for (const row of rows) {
      take(row);
      if (batch.length < ROWS_A_BATCH) continue;
      yield batch;
      batch = [];
    }
  } else {
    for await (const row of rows) {
      take(row);
      if (batch.length < ROWS_A_BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
