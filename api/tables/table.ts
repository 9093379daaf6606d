/** How a value of a column is read: `fen` amounts in fen, `count` whole numbers, `date` yyyy-MM-dd, codes of a division or of an insurance. */
export type ColumnType = 'text' | 'count' | 'fen' | 'date' | 'division' | 'insutype';

export interface TableColumn {
  readonly name: string;
  readonly zh: string;
  readonly type: ColumnType;
}

export type TableCell = string | number | null;

/** A table that is handed out as a file. Rows may be read while they are written. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: Iterable<readonly TableCell[]> | AsyncIterable<readonly TableCell[]>;
}

/** What a file says of itself before its rows. */
export interface TableHead {
  readonly title: string;
  /** Month, span of days or state that the rows are of. */
  readonly period: string;
  /** Whose rows they are, by name. */
  readonly division: string;
  /** When it was made (epoch ms), and by whom. */
  readonly at: number;
  readonly by: string;
  nameOf(division: string): string;
}

/** Heads of columns; amounts say their unit. */
export function headsOf(columns: readonly TableColumn[]): string[] {
  return columns.map(({ zh, type }) => (type === 'fen' ? `${zh}（元）` : zh));
}
