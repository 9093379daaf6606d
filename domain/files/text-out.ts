import type { FileFormat } from '../../schemas/files/format';
import { encodeGb, hasRareCharacter } from './gb18030';
import { RowProblem } from './problems';

// A value with a control character would break the record or be lost in it.
const CONTROL = /[\u0000-\u001f\u007f]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** What a format says of texts that are written. */
export type TextRules = Pick<FileFormat, 'charset' | 'rareCharacters' | 'substitutes'>;

/**
 * Bytes of a text as the format writes it, substitutes taken where they are agreed. Throws RowProblem ROW_FIELD_INVALID (control
 * characters), ROW_RARE_CHARACTER (生僻字), ROW_TEXT_TOO_LONG (超长, more than `bytes`); nothing is ever cut.
 */
export function encodedText(text: string, field: { readonly name: string; readonly meaning: string; readonly bytes: number }, rules: TextRules): Buffer {
  if (CONTROL.test(text)) throw new RowProblem('ROW_FIELD_INVALID', field.name, `${field.meaning}含有制表、换行等控制字符`);
  const encoded = encodeWith(text, field, rules);
  if (encoded.length > field.bytes) {
    throw new RowProblem('ROW_TEXT_TOO_LONG', field.name, `${field.meaning}需 ${encoded.length} 字节，至多 ${field.bytes} 字节`);
  }
  return encoded;
}

function encodeWith(text: string, field: { readonly name: string; readonly meaning: string }, rules: TextRules): Buffer {
  const encoded = rules.charset === 'GB18030' ? encodeGb(text) : LONE_SURROGATE.test(text) ? null : Buffer.from(text, 'utf8');
  if (encoded === null) throw new RowProblem('ROW_FIELD_INVALID', field.name, `${field.meaning}含有不完整的字符`);
  if (rules.rareCharacters === 'allow' || rules.charset !== 'GB18030' || !hasRareCharacter(encoded)) return encoded;
  const rare = new RowProblem('ROW_RARE_CHARACTER', field.name, `${field.meaning}含有对方不能书写的生僻字`);
  if (rules.rareCharacters === 'reject') throw rare;
  const replaced = encodeGb([...text].map((character) => rules.substitutes[character] ?? character).join(''));
  if (replaced === null || hasRareCharacter(replaced)) throw rare;
  return replaced;
}
