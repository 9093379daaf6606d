/** Control sums of a file, and the split of units into persons. */
import type { AnyRow, LevyRow, TrailerRow } from '../../schemas/tax/fields';
import { TAX_ITEMS, type ItemCode } from '../../schemas/tax/items';
import { fen, type Fen, ZERO } from '../money';

/** Fen; `rows` are all details, the others count payable rows only. */
export interface Totals {
  rows: number;
  amt_sum: Fen;
  pos_rows: number;
  pos_sum: Fen;
  neg_rows: number;
  neg_sum: Fen;
}

export function noTotals(): Totals {
  return { rows: 0, amt_sum: ZERO, pos_rows: 0, pos_sum: ZERO, neg_rows: 0, neg_sum: ZERO };
}

/**
 * Whether a levy row is the one that is paid: the unit's own row for units, the person's for the others. The split of a unit
 * is not, so that no sum counts both.
 */
export function isPayable(row: Pick<LevyRow, 'payer_kind' | 'row_level'>): boolean {
  return row.payer_kind === '1' ? row.row_level === '1' : row.row_level === '2';
}

/** What a row adds to the sums of its file in fen; null when it is not counted. */
export function countedAmount(item: ItemCode, row: AnyRow): Fen | null {
  const { detail, sum } = TAX_ITEMS[item];
  if (sum === null) return null;
  if (detail === 'levy' && !isPayable(row as unknown as LevyRow)) return null;
  return row[sum] as Fen;
}

/** Adds to the sums; a row of amount zero is counted neither as positive nor as negative. Throws RangeError past the safe integers. */
export function count(totals: Totals, amount: Fen | null): void {
  totals.rows += 1;
  if (amount !== null) countAmount(totals, amount);
}

/** As `count`, of an amount whose row is counted elsewhere. */
export function countAmount(totals: Totals, amount: Fen): void {
  totals.amt_sum = fen(totals.amt_sum + amount);
  if (amount > 0) {
    totals.pos_rows += 1;
    totals.pos_sum = fen(totals.pos_sum + amount);
  } else if (amount < 0) {
    totals.neg_rows += 1;
    totals.neg_sum = fen(totals.neg_sum + amount);
  }
}

/** T of a file with these sums. */
export function trailerOf(totals: Totals, sm3: string): TrailerRow {
  return { rec: 'T', ...totals, sm3 };
}

/** The first difference between sums that were counted and a trailer, in Chinese, or null. */
export function totalsDifference(counted: Totals, told: Totals): { readonly code: 'FILE_ROWS_DIFFER' | 'FILE_SUMS_DIFFER'; readonly message: string } | null {
  const differing = (['rows', 'pos_rows', 'neg_rows'] as const).find((name) => counted[name] !== told[name]);
  if (differing) return { code: 'FILE_ROWS_DIFFER', message: `${NAMES[differing]}应为 ${counted[differing]}，文件写 ${told[differing]}` };
  const sum = (['amt_sum', 'pos_sum', 'neg_sum'] as const).find((name) => counted[name] !== told[name]);
  return sum ? { code: 'FILE_SUMS_DIFFER', message: `${NAMES[sum]}应为 ${counted[sum]} 分，文件写 ${told[sum]} 分` } : null;
}

const NAMES: Readonly<Record<keyof Totals, string>> = {
  rows: '明细行数', amt_sum: '金额合计', pos_rows: '正数行数', pos_sum: '正数合计', neg_rows: '负数行数', neg_sum: '负数合计',
};

/** Fields in which a unit's persons agree with it. */
const SHARED = ['clct_bill_id', 'insutype', 'part'] as const;

type SplitRow = Pick<LevyRow, 'payer_kind' | 'row_level' | 'clct_bill_id' | 'insutype' | 'part' | 'amt'>;

/**
 * Follows levy rows in the order of the file and says when a unit's persons do not make up the unit: persons stand directly
 * behind their unit, share its bill, insurance and part, and sum to it. A unit without persons is not split.
 */
export class SplitCheck {
  #unit: SplitRow | null = null;
  #sum: Fen = ZERO;
  #persons = 0;

  /** Chinese, or null. */
  add(row: SplitRow): string | null {
    if (row.payer_kind !== '1' || row.row_level === '1') {
      const problem = this.end();
      this.#unit = row.payer_kind === '1' ? row : null;
      return problem;
    }
    const unit = this.#unit;
    if (unit === null) return '人员行之前没有其单位行';
    if (SHARED.some((field) => unit[field] !== row[field])) return '人员行与其单位行的通知单、险种或缴费部分不一致';
    this.#sum = fen(this.#sum + row.amt);
    this.#persons += 1;
    return null;
  }

  /** What is wrong with the unit whose rows have ended, or null. */
  end(): string | null {
    const wrong = this.#unit !== null && this.#persons > 0 && this.#sum !== this.#unit.amt;
    const problem = wrong ? `人员行合计 ${this.#sum} 分，单位行 ${this.#unit?.amt} 分` : null;
    this.#unit = null;
    this.#sum = ZERO;
    this.#persons = 0;
    return problem;
  }
}
