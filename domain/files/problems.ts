import { outcomeOf, type OutcomeCode } from '../outcomes';

/** Something about one row: the row is refused, the file goes on. The message is Chinese and shows no personal data. */
export class RowProblem extends Error {
  override readonly name = 'RowProblem';
  constructor(
    readonly code: OutcomeCode,
    /** Name of the field, or empty. */
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** Something about a file as a whole: nothing of it is posted. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  constructor(
    readonly code: OutcomeCode,
    /** Chinese; without one the outcome's own words are used. */
    message?: string,
    /** Record in the file, the header is 0; null for the whole. */
    readonly record: number | null = null,
  ) {
    super(message ?? `${outcomeOf(code).title}：${outcomeOf(code).next}`);
  }
}
