import type { FileFormat } from '../../schemas/files/format';
import type { AnyRow, HeaderRow, TotalRow, TrailerRow } from '../../schemas/tax/fields';
import { TAX_ITEMS } from '../../schemas/tax/items';
import { fen } from '../money';
import { count, countAmount, countedAmount, noTotals, totalsDifference, trailerOf, type Totals } from './control';
import { formOf } from './forms';
import { plannedRows, type FilePlan, type Rows } from './plan-file';
import { FileProblem } from './problems';

/** What the caller says of a file; the rest of the header follows from its rows and its format. */
export type FileHead = Omit<HeaderRow, 'rec' | 'ver' | 'item' | 'rows' | 'amt_sum' | 'rec_len' | 'charset'>;

/** Header of a planned file. */
export function headerOf(head: FileHead, plan: FilePlan, format: FileFormat, summary: readonly TotalRow[] = []): HeaderRow {
  const { rows, amt_sum } = sumsWith(plan.totals, summary);
  return { rec: 'H', ver: format.versions[0], item: plan.item, ...head, rows, amt_sum, rec_len: format.recordBytes, charset: format.charset };
}

/** Totals of a file: those of its details, or of its summary when it has no details. */
function sumsWith(totals: Totals, summary: readonly TotalRow[]): Totals {
  if (totals.rows > 0 || summary.length === 0) return totals;
  const sums = noTotals();
  for (const { paid } of summary) countAmount(sums, fen(paid));
  return sums;
}

export interface WrittenFile {
  readonly chunks: AsyncGenerator<Buffer>;
  /** Trailer, once all chunks were taken. Throws Error before. */
  trailer(): TrailerRow;
}

/**
 * Bytes of a planned file, in constant memory. `rows` are the rows of the plan once more, in the same order; the same plan, header
 * and rows always give the same bytes. While they are taken it throws FileProblem FILE_SUMS_DIFFER or FILE_ROWS_DIFFER when the rows
 * are no longer those of the plan. `summary` are the S records of a 对账 file.
 */
export function writeFile(format: FileFormat, header: HeaderRow, plan: FilePlan, rows: Rows, summary: readonly TotalRow[] = []): WrittenFile {
  const counted = noTotals();
  let done: TrailerRow | null = null;
  const all = async function* (): AsyncGenerator<readonly AnyRow[]> {
    if (summary.length > 0) yield summary as unknown as AnyRow[];
    for await (const batch of plannedRows(plan, rows)) {
      for (const row of batch) count(counted, countedAmount(plan.item, row));
      yield batch;
    }
  };
  const trailer = (sm3: string): TrailerRow => {
    const difference = totalsDifference(counted, plan.totals);
    if (difference) throw new FileProblem(difference.code, `明细与编制时不同：${difference.message}`);
    done = trailerOf(sumsWith(plan.totals, summary), sm3);
    return done;
  };
  if (summary.length > 0 && TAX_ITEMS[plan.item].detail !== 'payment') throw new RangeError('only a 对账 file has a summary');
  return {
    chunks: formOf(format).write({ item: plan.item, header, rows: all() }, trailer),
    trailer() {
      if (done === null) throw new Error('the file is not written yet');
      return done;
    },
  };
}
