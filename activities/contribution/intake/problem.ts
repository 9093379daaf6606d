import type { OutcomeCode } from '../../../domain/outcomes';

/** A register file that is refused as a whole; the message says in Chinese what is wrong. */
export class RegisterFileProblem extends Error {
  override readonly name = 'RegisterFileProblem';
  constructor(
    readonly code: Extract<OutcomeCode, `CONTRIB_FILE_${string}` | 'CSV_MALFORMED' | 'JSON_INVALID' | 'TEXT_NOT_UTF8' | 'CONTENT_TYPE_UNSUPPORTED'>,
    message: string,
  ) {
    super(message);
  }
}
