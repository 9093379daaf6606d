/** A side cannot be read as declared; the message says where, in Chinese, without values of rows. */
export class UnreadableInput extends Error {
  override readonly name = 'UnreadableInput';
}
