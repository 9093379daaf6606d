/** What the three forms of files (fixed, delimited, dbf) have in common. */
import type { FileFormat } from '../../schemas/files/format';
import type { AnyRow, HeaderRow, RecordKind, TrailerRow } from '../../schemas/tax/fields';
import { TAX_ITEMS, type ItemCode } from '../../schemas/tax/items';
import { FileProblem, type RowProblem } from './problems';

export type Chunks = AsyncIterable<Buffer>;

/** One record as it was read. The header is record 0, details count from 1; a trailer has the number after the last. */
export type ReadRecord =
  | { readonly record: number; readonly kind: RecordKind; readonly row: AnyRow }
  | { readonly record: number; readonly kind: RecordKind; readonly problem: RowProblem };

export interface ReadOptions {
  readonly item: ItemCode;
  /** `control`: only what totals need, and broken characters anywhere; `all`: whole rows. */
  readonly fields: 'control' | 'all';
  /** Number of the record at which the bytes begin; 0 is the beginning of the file. */
  readonly first: number;
}

/** A file to be written: what its header and totals are is known before its first byte. */
export interface FileToWrite {
  readonly item: ItemCode;
  readonly header: HeaderRow;
  /** Details in batches. */
  readonly rows: AsyncIterable<readonly AnyRow[]>;
}

export interface FileForm {
  /** Byte at which a detail begins, so that reading can go on there; null when the form must be read from its beginning. */
  offsetOf(item: ItemCode, record: number): number | null;
  /** Records in batches, in constant memory. Throws FileProblem when the bytes are not of this form. */
  read(chunks: Chunks, options: ReadOptions): AsyncGenerator<readonly ReadRecord[]>;
  /**
   * Bytes of a file. `trailer` is asked once, after the last row, and given the SM3 of what was written before it. Throws
   * RowProblem for a row that cannot be written.
   */
  write(file: FileToWrite, trailer: (sm3: string) => TrailerRow): AsyncGenerator<Buffer>;
}

/** Fields that totals and the order of rows are checked by. Receipts carry the row numbers of the file that they answer. */
export function controlFields(item: ItemCode): readonly string[] {
  switch (TAX_ITEMS[item].detail) {
    case 'levy':
      return ['row_no', 'payer_kind', 'row_level', 'clct_bill_id', 'insutype', 'part', 'amt'];
    case 'payment':
      return ['row_no', 'paid'];
    case 'statement':
      return ['row_no', 'amt'];
    case 'receipt':
      return [];
    default:
      return ['row_no'];
  }
}

const MAGIC: readonly (readonly [hex: string, code: 'FILE_FORM_WRONG' | 'FILE_CHARSET_WRONG', message: string])[] = [
  ['504b0304', 'FILE_FORM_WRONG', '是压缩包或 xlsx，不是约定的文件'],
  ['504b0506', 'FILE_FORM_WRONG', '是空的压缩包'],
  ['d0cf11e0', 'FILE_FORM_WRONG', '是旧版 Excel 文件，不是约定的文件'],
  ['efbbbf', 'FILE_CHARSET_WRONG', '文件以 UTF-8 的 BOM 开头'],
  ['fffe', 'FILE_CHARSET_WRONG', '文件是 UTF-16'],
  ['feff', 'FILE_CHARSET_WRONG', '文件是 UTF-16'],
];

/** Looks at the first bytes of a file. Throws FileProblem for what is something else by its first bytes. */
export function checkBeginning(beginning: Buffer): void {
  const hex = beginning.subarray(0, 8).toString('hex');
  const known = MAGIC.find(([magic]) => hex.startsWith(magic));
  if (known) throw new FileProblem(known[1], known[2]);
}

/** End of line of a format. */
export function lineEndOf(format: FileFormat): Buffer {
  return Buffer.from(format.lineEnd === 'CRLF' ? '\r\n' : '\n', 'latin1');
}
