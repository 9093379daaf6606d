/** GB18030 by bytes: lengths of characters and what text takes, without converting what need not be. */
import iconv from 'iconv-lite';

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Bytes of the character that begins at `at`: 1, 2 or 4; 0 when the bytes before `end` are none. A character that reaches over
 * `end` is none, so that one cut at the edge of a field is seen.
 */
export function characterBytes(bytes: Uint8Array, at: number, end: number): 0 | 1 | 2 | 4 {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  if (first === 0x80 || first === 0xff || at + 1 >= end) return 0;
  const second = bytes[at + 1] as number;
  if (second >= 0x40 && second !== 0x7f && second !== 0xff) return 2;
  if (second < 0x30 || second > 0x39 || at + 3 >= end) return 0;
  const third = bytes[at + 2] as number;
  const fourth = bytes[at + 3] as number;
  return third >= 0x81 && third <= 0xfe && fourth >= 0x30 && fourth <= 0x39 ? 4 : 0;
}

/** Decodes bytes that may hold other than ASCII; null when they are no GB18030 text. */
export function decodeGb(bytes: Buffer, from: number, end: number): string | null {
  for (let at = from; at < end; ) {
    const length = characterBytes(bytes, at, end);
    if (length === 0) return null;
    at += length;
  }
  const text = iconv.decode(bytes.subarray(from, end), 'gb18030');
  return text.includes('\ufffd') ? null : text;
}

/** Bytes of a text; null when it holds half a character (a lone surrogate), which no encoding writes. */
export function encodeGb(text: string): Buffer | null {
  return LONE_SURROGATE.test(text) ? null : iconv.encode(text, 'gb18030');
}

/** Whether encoded text holds a character of four bytes: those are the ones that GBK does not have. */
export function hasRareCharacter(encoded: Uint8Array): boolean {
  for (let at = 0; at < encoded.length; ) {
    const length = characterBytes(encoded, at, encoded.length);
    if (length === 4) return true;
    at += length || 1;
  }
  return false;
}
