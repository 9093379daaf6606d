/** Stable codes of what can be wrong with a national message (报文). */
export type MessageErrorCode =
  | 'MESSAGE_UNKNOWN_TRANSACTION'
  | 'MESSAGE_EMPTY'
  | 'MESSAGE_NOT_UTF8'
  | 'MESSAGE_NOT_JSON'
  | 'MESSAGE_DUPLICATE_MEMBER'
  | 'MESSAGE_BAD_TEXT'
  | 'MESSAGE_TOO_DEEP'
  | 'MESSAGE_NOT_AN_ENVELOPE'
  | 'MESSAGE_INFCODE_MISSING'
  | 'MESSAGE_INPUT_TOO_LARGE'
  | 'MESSAGE_TOO_MANY_ROWS'
  | 'MESSAGE_NODE_REQUIRED'
  | 'MESSAGE_FIELD_REQUIRED'
  | 'MESSAGE_NOT_AN_OBJECT'
  | 'MESSAGE_NOT_A_LIST'
  | 'MESSAGE_NOT_TEXT'
  | 'MESSAGE_TOO_LONG'
  | 'MESSAGE_NOT_DECIMAL'
  | 'MESSAGE_TOO_MANY_DECIMALS'
  | 'MESSAGE_NUMBER_TOO_LARGE'
  | 'MESSAGE_NOT_AN_INTEGER'
  | 'MESSAGE_NOT_A_DATE'
  | 'MESSAGE_NOT_A_TIME'
  | 'MESSAGE_NOT_A_BOOLEAN'
  | 'MESSAGE_NOT_BYTES'
  | 'MESSAGE_NOT_IN_CODE_TABLE'
  | 'MESSAGE_NO_PATH'
  | 'MESSAGE_BAD_MSGID';

/** Thrown for a message that breaks its schema or cannot be read. It never carries the offending value, which may be personal. */
export class MessageError extends Error {
  override readonly name = 'MessageError';

  constructor(
    readonly code: MessageErrorCode,
    /** Where, in default names: `input.feedetail[3].cnt`; `body` for the message as a whole. */
    readonly path: string,
    /** The rule that is broken, such as `decimal(16,2)` or `codeTable:med_type`. */
    readonly rule: string,
    /** One Chinese sentence for the person who has to correct it. */
    readonly text: string,
  ) {
    super(`${code} at ${path} (${rule}): ${text}`);
  }
}
