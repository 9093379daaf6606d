import iconv from 'iconv-lite';

/** Encodings of text files from outside; gbk and gb2312 are subsets of gb18030. */
const GB_CHARSETS: ReadonlySet<string> = new Set(['gb18030', 'gbk', 'gb2312']);

/** Bytes that are no text of the announced encoding, or an encoding that is not taken; the message is Chinese. */
export class TextProblem extends Error {
  override readonly name = 'TextProblem';
  constructor(
    readonly code: 'TEXT_NOT_UTF8' | 'CONTENT_TYPE_UNSUPPORTED',
    message: string,
  ) {
    super(message);
  }
}

/** Text of a file as its bytes arrive, UTF-8 or GB18030. Throws TextProblem. */
export async function* decodedText(chunks: AsyncIterable<Buffer>, charset: string): AsyncGenerator<string> {
  const decode = decoderOf(charset);
  for await (const chunk of chunks) yield decode(chunk);
  yield decode(null);
}

/** Decodes chunk by chunk; null ends the text. */
function decoderOf(charset: string): (chunk: Buffer | null) => string {
  if (charset === 'utf-8' || charset === 'utf8') {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return (chunk) => {
      try {
        return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
      } catch {
        throw new TextProblem('TEXT_NOT_UTF8', '不是 UTF-8；国标编码的文件请注明 charset=gb18030');
      }
    };
  }
  if (!GB_CHARSETS.has(charset)) throw new TextProblem('CONTENT_TYPE_UNSUPPORTED', 'CSV 的 charset 应为 utf-8 或 gb18030');
  const decoder = iconv.getDecoder('gb18030');
  return (chunk) => {
    const text = chunk === null ? (decoder.end() ?? '') : decoder.write(chunk);
    if (text.includes('\ufffd')) throw new TextProblem('TEXT_NOT_UTF8', '不是 GB18030');
    return text;
  };
}
