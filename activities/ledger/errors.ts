export type LedgerProblem =
  /** Lines that do not sum to zero, fewer than two of them, or an unknown account. */
  | 'unbalanced'
  /** The key was posted with other content. */
  | 'keyConflict'
  | 'unknownEntry'
  /** The entry has its contra entry already. */
  | 'alreadyReversed'
  /** A contra entry is not mirrored again: what is right again is posted anew. */
  | 'contraOfContra';

/** An entry that the ledger refuses. Nothing was posted. */
export class LedgerError extends Error {
  constructor(
    readonly problem: LedgerProblem,
    message: string,
  ) {
    super(message);
    this.name = 'LedgerError';
  }
}
