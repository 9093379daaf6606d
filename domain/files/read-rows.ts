import type { FileFormat } from '../../schemas/files/format';
import type { RowTypes } from '../../schemas/tax/fields';
import { TAX_ITEMS, type ItemCode } from '../../schemas/tax/items';
import type { Chunks } from './form';
import { formOf } from './forms';
import type { RowProblem } from './problems';

type DetailOf<I extends ItemCode> = RowTypes[(typeof TAX_ITEMS)[I]['detail']];

/** A detail of a file, or why it cannot be read. `record` is where to go on after it: `record + 1`. */
export type ReadRow<R> = { readonly record: number; readonly row: R } | { readonly record: number; readonly problem: RowProblem };

/**
 * Details of a file that was scanned, in batches. To go on in the middle, give the bytes from `resumeByte(…, first)` on and that
 * `first`. Throws FileProblem when the bytes are not of the format.
 */
export async function* readRows<I extends ItemCode>(chunks: Chunks, format: FileFormat, item: I, first = 0): AsyncGenerator<readonly ReadRow<DetailOf<I>>[]> {
  const { detail } = TAX_ITEMS[item];
  for await (const batch of formOf(format).read(chunks, { item, fields: 'all', first })) {
    const rows = batch.filter(({ kind }) => kind === detail);
    if (rows.length > 0) yield rows as unknown as readonly ReadRow<DetailOf<I>>[];
  }
}

/** Byte at which to begin reading for record `first`: 0 where the form must be read from its beginning, which `readRows` then skips. */
export function resumeByte(format: FileFormat, item: ItemCode, first: number): number {
  return first <= 1 && format.form === 'dbf' ? 0 : (formOf(format).offsetOf(item, first) ?? 0);
}
