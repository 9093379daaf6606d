import type { RecordFault, XrRecord } from '../../../domain/clearing/record';
import type { Fen } from '../../../domain/money';

/** Totals of an intake: what the trailer says, and what its lines come to. */
export interface Totals {
  readonly lines: number;
  readonly medfee: Fen;
  /** Sum of all fund parts, the personal account included. */
  readonly funds: Fen;
  readonly cash: Fen;
}

export interface Header {
  /** Division whose office sends. */
  readonly division: string;
}

/** What a line of an intake is. `line` counts from 1 among the data lines. */
export type IntakeLine =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'record'; readonly line: number; readonly record: XrRecord }
  | { readonly kind: 'fault'; readonly line: number; readonly fault: RecordFault; readonly amounts: Pick<Totals, 'medfee' | 'funds' | 'cash'> | null }
  | { readonly kind: 'trailer'; readonly totals: Totals };

/** Lines of one file at most. */
export const MOST_LINES = 200_000;

/** Why a file is refused as a whole. */
export type FileProblemCode =
  | 'XR_FILE_HEADER_INVALID'
  | 'XR_FILE_TRAILER_MISSING'
  | 'XR_FILE_TOTALS_DIFFER'
  | 'XR_FILE_TOO_LONG'
  | 'TEXT_NOT_UTF8'
  | 'CSV_MALFORMED'
  | 'JSON_INVALID'
  | 'CONTENT_TYPE_UNSUPPORTED';

/** A file that cannot be taken, with what is wrong, in Chinese. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  constructor(
    readonly code: FileProblemCode,
    message: string,
  ) {
    super(message);
  }
}
