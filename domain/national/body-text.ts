/** Text of an HTTP body: UTF-8, with or without a byte order mark, unless its content type declares a Chinese encoding. */
import { MessageError } from './message-error';

const DECLARED = /charset="?(gbk|gb2312|gb18030)"?/i;

/**
 * Bytes that are neither valid UTF-8 nor declared otherwise are refused: guessing an encoding might turn a half answer into
 * a whole one. Throws MessageError MESSAGE_NOT_UTF8, or MESSAGE_EMPTY when there is nothing but space.
 */
export function readBodyText(body: string | Uint8Array, contentType = ''): string {
  const text = typeof body === 'string' ? body.replace(/^\ufeff/, '') : decodeBytes(body, contentType);
  if (text.trim() === '') throw new MessageError('MESSAGE_EMPTY', 'body', 'not empty', '报文为空');
  return text;
}

function decodeBytes(body: Uint8Array, contentType: string): string {
  const encoding = DECLARED.test(contentType) ? 'gb18030' : 'utf-8';
  try {
    // The decoder drops a leading byte order mark by itself.
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    throw new MessageError('MESSAGE_NOT_UTF8', 'body', encoding, '报文的字符编码不正确，应为 UTF-8');
  }
}
