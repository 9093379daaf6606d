/**
 * The one list of headers that answers carry beyond those of the transport (Content-Type, Content-Length, Date …). The
 * OpenAPI document and the reference page are made from it, and the compiler lets no reply send another one.
 */

interface ResponseHeader {
  readonly description: string;
  readonly schema: { readonly type: 'string' | 'integer'; readonly [keyword: string]: unknown };
}

export const RESPONSE_HEADERS = {
  'Idempotency-Replayed': { description: '同一幂等键的重发：这是第一次的结果', schema: { type: 'string', const: 'true' } },
  'Preference-Applied': { description: '采用的等待时间，请求带有 Prefer 时返回', schema: { type: 'string', pattern: '^wait=\\d{1,2}$' } },
  Location: { description: '查询办理结果的地址；登录时为要前往的地址', schema: { type: 'string', pattern: '^(/|https?://)' } },
  'Set-Cookie': { description: '会话或登录途中的标记，脚本不可读', schema: { type: 'string' } },
  'Retry-After': { description: '几秒后可以再问或重发', schema: { type: 'integer', minimum: 1 } },
  'WWW-Authenticate': { description: '须携带 Bearer 令牌', schema: { type: 'string' } },
  Allow: { description: '此地址支持的方法', schema: { type: 'string' } },
  'Content-Language': { description: '说明所用的语言：默认中文，按请求头 Accept-Language 可为英文', schema: { type: 'string', enum: ['zh-CN', 'en'] } },
  Vary: { description: '内容随哪些请求头而异', schema: { type: 'string' } },
  'Content-Disposition': { description: '建议的文件名', schema: { type: 'string' } },
  'Cache-Control': { description: '任何答复都不得缓存', schema: { type: 'string', const: 'no-store' } },
  'Content-Security-Policy': { description: '页面中不得执行或载入任何内容', schema: { type: 'string' } },
  'Referrer-Policy': { description: '不透露来源地址', schema: { type: 'string', const: 'no-referrer' } },
  'X-Content-Type-Options': { description: '以 Content-Type 为准', schema: { type: 'string', const: 'nosniff' } },
} as const satisfies Record<string, ResponseHeader>;

export type HeaderName = keyof typeof RESPONSE_HEADERS;
export type ReplyHeaders = Readonly<Partial<Record<HeaderName, string>>>;

/** What the pages of the workbench may do: load and call what comes from here, and nothing else. */
export const OWN_ASSETS_ONLY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** What every answer carries, a problem too. */
export const EVERY_ANSWER = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const satisfies ReplyHeaders;

/** What the first and each later answer to a command may carry, whether it was done or refused. */
export const COMMAND_HEADERS: readonly HeaderName[] = ['Idempotency-Replayed', 'Preference-Applied'];

/** Seconds after which a command under way, or a service that is away, is worth another request. */
export const RETRY_AFTER_SECONDS = '2';

/** What a problem carries by its status and the language that it is told in. 405 has `Allow` besides, which is known only where it is thrown. */
export function headersOfProblem(status: number, language: 'zh-CN' | 'en' = 'zh-CN'): ReplyHeaders {
  const told = { 'Content-Language': language, Vary: 'Accept-Language' };
  if (status === 401) return { ...told, 'WWW-Authenticate': 'Bearer realm="anjie"' };
  return status === 429 || status === 503 ? { ...told, 'Retry-After': RETRY_AFTER_SECONDS } : told;
}

/** The names under which a problem's headers stand in the OpenAPI document. */
export function headerNamesOfProblem(status: number): readonly HeaderName[] {
  return [...(status === 405 ? (['Allow'] as const) : []), ...(Object.keys(headersOfProblem(status)) as HeaderName[])];
}
