/** Stands for a character that must not be printed, so that its place is seen. */
const HIDDEN = '□';

/**
 * Text of others (names, items, platform words) as it may stand on paper: white space becomes one space; control
 * characters, marks that turn the writing direction, invisible characters and halves of surrogate pairs become `□`.
 */
export function printable(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, HIDDEN)
    .trim();
}
