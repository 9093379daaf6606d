import type { RecordKind } from '../tax/fields';

/** How a field stands in a fixed record: text, digits, signed amount, date or month or time by its length. */
export type LayoutType = 'X' | '9' | 'A' | 'D';

/** Place of one field in a fixed record; `filler` is space for later versions and reaches no row. */
export interface FieldLayout {
  readonly name: string;
  /** First byte, counted from 1. */
  readonly from: number;
  readonly bytes: number;
  readonly type: LayoutType;
  /** Chinese, for messages. */
  readonly meaning: string;
  /** A row without it is refused. */
  readonly required?: boolean | undefined;
}

/** One agreed form of files (文件格式). What a province does differently is such a file, not code. */
export interface FileFormat {
  readonly id: string;
  readonly name: string;
  /** `fixed` records of equal length, `delimited` text with separators, `dbf` a dBase III table. */
  readonly form: 'fixed' | 'delimited' | 'dbf';
  readonly charset: 'GB18030' | 'UTF-8';
  readonly lineEnd: 'CRLF' | 'LF';
  /** Bytes of a fixed record without its line end. */
  readonly recordBytes: number;
  /** Where header and trailer stand: as records in the file, or in its `.ok` beside it. A dbf table has them beside. */
  readonly control: 'inside' | 'beside';
  /** Delimited: the character between two values. */
  readonly delimiter: string;
  /** Delimited: a line with the names of the columns stands before the details. */
  readonly columnNames: boolean;
  /** Whether amounts are written in fen or in yuan with two decimals. */
  readonly amounts: 'fen' | 'yuan';
  /** What happens to a character that the peer's GBK cannot write: written all the same, its row refused, or the substitute taken. */
  readonly rareCharacters: 'allow' | 'reject' | 'substitute';
  /** Agreed substitutes by character, such as pinyin. */
  readonly substitutes: Readonly<Record<string, string>>;
  /** Values of `ver` that are taken; the first is written. */
  readonly versions: readonly [string, ...string[]];
  /** Ending of file names, without the dot. */
  readonly extension: string;
  /** `sealed`: the finished bytes travel encrypted and signed (SM4, SM2). */
  readonly transport: 'plain' | 'sealed';
  /** Names of columns at the peer, by ours; delimited and dbf. */
  readonly rename: Readonly<Record<string, string>>;
  /** Columns of a kind of record in the peer's order, by our names; a kind that is absent has all in our order. */
  readonly order: Readonly<Partial<Record<RecordKind, readonly string[]>>>;
  /** The peer's codes by ours, a table a field. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly records: Readonly<Record<RecordKind, readonly FieldLayout[]>>;
}
