import type { Request } from 'express';
import { Problem } from './problem';
import { parseStrictJson } from './strict-json';

/** Largest JSON body of fee lines, of any other command, and largest CSV file, bytes. */
export const FEES_JSON_LIMIT = 5_000_000;
export const COMMAND_JSON_LIMIT = 256_000;
export const CSV_LIMIT = 20_000_000;

export interface MediaType {
  readonly type: string;
  readonly charset: string;
}

/** The media type of a request's body. Throws Problem 415 when there is none, or none of `allowed`, or it is compressed. */
export function requireMediaType(request: Request, allowed: readonly string[]): MediaType {
  const header = request.headers['content-type'] ?? '';
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw new Problem('CONTENT_ENCODING_UNSUPPORTED');
  if (!allowed.includes(type)) throw new Problem('CONTENT_TYPE_UNSUPPORTED', { detail: `应为 ${allowed.join(' 或 ')}` });
  const charset = parameters.find((part) => part.startsWith('charset='))?.slice('charset='.length).replaceAll('"', '');
  return { type, charset: charset ?? 'utf-8' };
}

/** Refuses a body where none is expected; an empty JSON object is let through, since some clients cannot send nothing. */
export async function requireNoBody(request: Request): Promise<void> {
  const length = request.headers['content-length'];
  if (request.headers['transfer-encoding'] === undefined && (length === undefined || length === '0')) return;
  const body = await readBytes(request, COMMAND_JSON_LIMIT);
  if (body.length > 0 && body.toString('utf8').trim() !== '{}') throw new Problem('BODY_UNEXPECTED');
}

/** Reads and parses a JSON body strictly. Throws Problem or StrictJsonError. */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const { charset } = requireMediaType(request, ['application/json']);
  if (charset !== 'utf-8' && charset !== 'utf8') throw new Problem('CONTENT_TYPE_UNSUPPORTED', { detail: 'JSON 须为 UTF-8' });
  return parseStrictJson(decodeUtf8(await readBytes(request, limit)));
}

/** Decodes UTF-8 text; bytes that are none and a byte-order mark are refused. */
function decodeUtf8(bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Problem('TEXT_NOT_UTF8');
  }
  if (text.startsWith('\ufeff')) throw new Problem('JSON_INVALID', { detail: '开头有字节顺序标记（BOM）' });
  return text;
}

/** Collects a body of at most `limit` bytes. Throws Problem BODY_TOO_LARGE as soon as it is exceeded, BODY_INCOMPLETE when it breaks off. */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of limitedBody(request, limit)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The chunks of a body, counted. */
export async function* limitedBody(request: Request, limit: number): AsyncGenerator<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  let length = 0;
  try {
    // The socket is still needed for the answer when reading stops early.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw tooLarge(limit);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('BODY_INCOMPLETE');
  }
}

function tooLarge(limit: number): Problem {
  return new Problem('BODY_TOO_LARGE', { detail: `至多 ${limit} 字节` });
}
