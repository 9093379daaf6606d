import type { ColumnType } from '../../domain/matching/declaration';
import { foreignIdent, list, literal, whole } from '../../domain/matching/sql/text';

/** Where a column's value stands: under a name, or in so many bytes from a byte that is counted from 1. */
export type Piece = string | { readonly at: number; readonly bytes: number };

/** How a column is read; without it, under its own name. */
export interface ColumnSource {
  /** The first piece that is not empty. */
  readonly from?: readonly Piece[];
  /** The same for every row, instead. */
  readonly constant?: string;
  /** How amounts are written: integer fen (a sign and leading zeros are fine), or yuan with at most two decimals. */
  readonly unit?: 'fen' | 'yuan';
}

interface Columns {
  readonly columns?: Readonly<Record<string, ColumnSource>>;
}

/** Text with a line of column names. */
export interface DelimitedSource extends Columns {
  readonly kind: 'delimited';
  readonly path: string;
  /** Column names in the order of the file. */
  readonly header: readonly string[];
  readonly delimiter?: ',' | '|' | '\t' | ';';
  readonly charset?: 'utf-8' | 'gb18030';
}

/**
 * Records of one length ending in CR LF, GB18030. Only ASCII columns can be read: bytes above 127 become DEL, and a column that
 * holds one is refused.
 */
export interface FixedSource extends Columns {
  readonly kind: 'fixed';
  readonly path: string;
  /** CR LF included. */
  readonly recordBytes: number;
  /** First byte of records that are rows, `D` by default; others are header and trailer. */
  readonly rows?: string;
}

export interface ParquetSource extends Columns {
  readonly kind: 'parquet';
  readonly path: string;
}

/** A table of our database, read page by page along a key column that no two rows share. */
export interface TableSource extends Columns {
  readonly kind: 'table';
  readonly table: string;
  readonly pageBy: string;
  /** Columns with the values that a row may have. */
  readonly where?: Readonly<Record<string, readonly (string | number)[]>>;
}

export type FileSource = DelimitedSource | FixedSource | ParquetSource;
export type Source = FileSource | TableSource;

/**
 * Expression of one column over raw text; NULL says that it cannot be read. `raw` gives the text of a piece. Each form that most
 * files have is tried first, since these expressions are most of the time of reading.
 */
export function columnExpression(type: ColumnType, name: string, source: ColumnSource, raw: (piece: Piece) => string): string {
  const pieces = source.constant === undefined ? (source.from ?? [name]).map((piece) => trimmed(raw(piece))) : [literal(source.constant)];
  switch (type) {
    case 'text':
      return ascii(firstOf(pieces), pieces.length > 0 && raw === fixedPiece);
    case 'fen':
      return source.unit === 'yuan' ? yuan(firstOf(pieces)) : fen(firstOf(pieces));
    case 'date':
      return day(pieces);
  }
}

/** Looks before it trims: most texts have no blanks at their ends, and trimming each would be half the time of reading. */
function trimmed(text: string): string {
  return `CASE WHEN starts_with(${text}, ' ') OR suffix(${text}, ' ') THEN trim(${text}) ELSE ${text} END`;
}

/** The first text that is not empty. */
function firstOf(pieces: readonly string[]): string {
  const [only = "''"] = pieces;
  return pieces.length === 1 ? `coalesce(${only}, '')` : `coalesce(${list(pieces.map((piece) => `nullif(${piece}, '')`))}, '')`;
}

/** DEL stands for what was not ASCII. */
function ascii(text: string, masked: boolean): string {
  return masked ? `CASE WHEN NOT contains(${text}, chr(127)) THEN ${text} END` : text;
}

function fen(text: string): string {
  const value = `try_cast(${text} AS BIGINT)`;
  return `CASE WHEN ${value}::VARCHAR = ${text} THEN ${value} WHEN regexp_full_match(${text}, '[+-]?[0-9]{1,15}') THEN ${value} END`;
}

function yuan(text: string): string {
  return `CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]{1,13}([.][0-9]{1,2})?') THEN (try_cast(${text} AS DECIMAL(18, 2)) * 100)::BIGINT END`;
}

/** `yyyyMMdd…` and `yyyy-MM-dd…` both become `yyyy-MM-dd`; empty and all zeros become empty; what is no day is NULL. */
function day(pieces: readonly string[]): string {
  const text = firstOf(pieces.map((piece) => `CASE WHEN ltrim(${piece}, '0') <> '' THEN ${piece} END`));
  const compact = `substr(${text}, 1, 4) || '-' || substr(${text}, 5, 2) || '-' || substr(${text}, 7, 2)`;
  const full = `CASE WHEN ${text} = '' THEN '' WHEN contains(${text}, '-') THEN try_cast(left(${text}, 10) AS DATE)::VARCHAR ELSE try_cast(${compact} AS DATE)::VARCHAR END`;
  const [first = "''"] = pieces;
  return `CASE WHEN try_cast(${first} AS DATE)::VARCHAR = ${first} THEN ${first} ELSE ${full} END`;
}

/** Text of a piece in a record line `l` of fixed positions. Throws RangeError for a name. */
export function fixedPiece(piece: Piece): string {
  if (typeof piece === 'string') throw new RangeError(`a record of fixed length has no column ${piece}`);
  return `substr(l, ${whole(piece.at)}, ${whole(piece.bytes)})`;
}

/** Text of a piece under a name. Throws RangeError for a position. */
export function namedPiece(piece: Piece): string {
  if (typeof piece !== 'string') throw new RangeError('only records of fixed length have positions');
  return `${foreignIdent(piece)}::VARCHAR`;
}
