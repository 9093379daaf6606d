/** Refusals of single payment rows: pure over the row and what is known of its levy. */
import type { LevyRow, PaymentRow } from '../../schemas/tax/fields';
import type { OutcomeCode } from '../outcomes';
import { netOf, postingKey, type Levy, type PaymentFacts } from './levy';

type Kind = '01' | '02' | '03' | '04';
const KINDS: readonly string[] = ['01', '02', '03', '04'] satisfies readonly Kind[];

/** What is wrong with the amounts and references of a row by itself; null when nothing is. */
export function amountProblem(row: PaymentFacts): OutcomeCode | null {
  if (!KINDS.includes(row.kind)) return 'ROW_FIELD_INVALID';
  if (row.paid !== row.amt + row.inte + row.latefee) return 'TAX_PAID_MISMATCH';
  if (row.kind !== '01' && (row.orig_taxrpt_no === '' || row.orig_taxrpt_row === '')) return 'TAX_ORIGINAL_MISSING';
  if (row.kind === '04' && (row.paid !== 0 || row.amt !== 0 || row.inte !== 0)) return 'TAX_AMOUNT_NOT_ZERO';
  // A late-fee line without principal is not a payment of this levy: whoever pays, pays the principal.
  if (row.kind === '01' && (row.amt <= 0 || row.inte < 0 || row.latefee < 0)) return 'TAX_AMOUNT_NOT_POSITIVE';
  if ((row.kind === '02' || row.kind === '03') && (row.amt >= 0 || row.inte > 0 || row.latefee > 0)) return 'TAX_AMOUNT_NOT_NEGATIVE';
  if (row.intsury_date !== '' && row.clct_time !== '' && row.intsury_date < row.clct_time.slice(0, 10)) return 'TAX_TREASURY_DATE_EARLY';
  return null;
}

/** What must agree between a payment and its levy. */
export type LevyFacts = Pick<LevyRow, 'payer_kind' | 'uscc' | 'tax_reg_no' | 'psn_no' | 'certno' | 'insutype' | 'part' | 'accrym_begn' | 'accrym_end'>;

export interface PaymentRules {
  /** Treasuries of the pool area; empty: any. */
  readonly treasuries: readonly string[];
  /** Payer kinds that may pay in parts. */
  readonly partial: readonly string[];
}

/** Identifiers that both sides give must agree, and one at least must be given by both. */
function samePayer(row: PaymentRow, levy: LevyFacts): boolean {
  const names = row.payer_kind === '1' ? (['uscc', 'tax_reg_no'] as const) : (['psn_no', 'certno', 'tax_reg_no'] as const);
  const shared = names.filter((name) => row[name] !== '' && levy[name] !== '');
  return row.payer_kind === levy.payer_kind && shared.length > 0 && shared.every((name) => row[name] === levy[name]);
}

/**
 * Why a payment row cannot be posted to its levy, or null. `levy` null: its number is unknown. Rows of receipts that were posted
 * are not judged here; `applyLevy` knows a repetition from a conflict.
 */
export function paymentProblem(row: PaymentRow, levy: LevyFacts | null, state: Levy | null, rules: PaymentRules): OutcomeCode | null {
  if (row.levy_no !== '' && (levy === null || state === null)) return 'TAX_LEVY_UNKNOWN';
  const problem = amountProblem(row);
  if (problem !== null) return problem;
  if (row.treasury !== '' && rules.treasuries.length > 0 && !rules.treasuries.includes(row.treasury)) return 'TAX_TREASURY_UNKNOWN';
  if (levy === null || state === null) return null;
  if (!samePayer(row, levy)) return 'TAX_PAYER_DIFFERS';
  if (row.insutype !== levy.insutype) return 'TAX_INSUTYPE_DIFFERS';
  if (row.part !== levy.part) return 'TAX_PART_DIFFERS';
  if (row.accrym_begn !== levy.accrym_begn || row.accrym_end !== levy.accrym_end) return 'TAX_MONTHS_DIFFER';
  const short = row.kind === '01' && netOf(state) + row.amt < state.amt && !state.posted.includes(postingKey(row));
  return short && !rules.partial.includes(row.payer_kind) ? 'TAX_PARTIAL_REFUSED' : null;
}
