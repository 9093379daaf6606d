import iconv from 'iconv-lite';
import { RegisterFileProblem } from './problem';

/** Bytes of one line at most. */
const MOST_LINE = 8_000;
const NEWLINE = 0x0a;
const GB_CHARSETS: ReadonlySet<string> = new Set(['gb18030', 'gbk', 'gb2312']);

/** A line without its end, and where it began in the file. */
export interface ByteLine {
  readonly bytes: Buffer;
  readonly offset: number;
}

/**
 * The lines of a file, some at a time. A line ends at a line feed, in UTF-8 as in GB18030, none of whose characters holds that
 * byte: a cell cannot hold a line break. `first` is where the bytes begin in the file. Throws RegisterFileProblem for a line that is too long.
 */
export async function* byteLines(bytes: AsyncIterable<Buffer>, first = 0): AsyncGenerator<readonly ByteLine[]> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = first;
  for await (const chunk of bytes) {
    const held = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: ByteLine[] = [];
    let from = 0;
    for (let end = held.indexOf(NEWLINE, from); end >= 0; end = held.indexOf(NEWLINE, from)) {
      lines.push({ bytes: held.subarray(from, end), offset: offset + from });
      from = end + 1;
    }
    rest = held.subarray(from);
    offset += from;
    if (rest.length > MOST_LINE || lines.some((line) => line.bytes.length > MOST_LINE)) throw new RegisterFileProblem('CSV_MALFORMED', `有一行超过 ${MOST_LINE} 字节`);
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0) yield [{ bytes: rest, offset }];
}

/** Reads the text of a line; throws RegisterFileProblem where it is none of the charset, or the charset is not taken. */
export function lineDecoder(charset: string): (line: ByteLine) => string {
  const decode = charset === 'utf-8' || charset === 'utf8' ? utf8 : GB_CHARSETS.has(charset) ? gb18030 : null;
  if (!decode) throw new RegisterFileProblem('CONTENT_TYPE_UNSUPPORTED', 'charset 应为 utf-8 或 gb18030');
  return ({ bytes, offset }) => {
    const text = decode(bytes);
    const from = offset === 0 && text.startsWith('\ufeff') ? 1 : 0;
    return text.slice(from, text.endsWith('\r') ? -1 : undefined);
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new RegisterFileProblem('TEXT_NOT_UTF8', '不是 UTF-8；国标编码的文件请注明 charset=gb18030');
  }
}

function gb18030(bytes: Buffer): string {
  const text = iconv.decode(bytes, 'gb18030', { stripBOM: false });
  if (text.includes('\ufffd')) throw new RegisterFileProblem('TEXT_NOT_UTF8', '不是 GB18030');
  return text;
}
