import { readonly, ref } from 'vue';

/** A refused request, as the API's problem+json says it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(readonly body: ProblemBody) {
    super(body.detail ?? body.title);
  }

  get code(): string {
    return this.body.code;
  }
}

export interface ProblemBody {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly next?: string;
  readonly incident?: string;
  readonly errors?: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  /** Members of single codes, such as who decided first. */
  readonly [member: string]: unknown;
}

interface Request {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** The same key for every try of one deed, so that a double click does it once. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 30_000;

let csrf = '';
const lost = ref(0);

/** Counts how often the session was found to be over; whoever watches it asks for a new log-in. */
export const sessionLost = readonly(lost);

export function setCsrf(token: string): void {
  csrf = token;
}

export function writeHeaders(key?: string): Record<string, string> {
  return { 'X-Anjie-Csrf': csrf, ...(key === undefined ? {} : { 'Idempotency-Key': key }) };
}

/** Asks the API. Throws ApiProblem for every answer that is not a success, and for no answer. */
export async function ask<T>(path: string, request: Request = {}): Promise<T> {
  const response = await send(path, request, 'application/json');
  return (response.status === 204 ? undefined : await response.json().catch(() => undefined)) as T;
}

/** Asks for a file. Throws as `ask` does. */
export async function askFile(path: string, request: Request): Promise<Blob> {
  return (await send(path, request, 'application/pdf')).blob();
}

async function send(path: string, request: Request, accept: string): Promise<Response> {
  const { method = 'GET', query, body, key, signal } = request;
  const time = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(addressOf(path, query), {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        Accept: accept,
        'Accept-Language': document.documentElement.lang || 'zh-CN',
        ...(method === 'GET' ? {} : writeHeaders(key)),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, time]) : time,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem({ status: 0, code: 'NO_ANSWER', title: '服务没有应答' });
  }
  if (response.ok) return response;
  throw problemOf(response.status, await response.json().catch(() => undefined));
}

/** The problem of an answer; a lost session is told to whoever watches. */
export function problemOf(status: number, answer: unknown): ApiProblem {
  const problem = new ApiProblem(isProblem(answer) ? answer : { status, code: 'HTTP', title: `HTTP ${status}` });
  // A wrong password or code in a form of one's account is 401 as well, and ends no session.
  if (status === 401 && problem.code !== 'LOGIN_FAILED' && csrf !== '') {
    csrf = '';
    lost.value += 1;
  }
  return problem;
}

function isProblem(answer: unknown): answer is ProblemBody {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'title' in answer;
}

/** A path with its query; what is empty is left out. */
export function addressOf(path: string, query: Request['query'] = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`;
}

/** A new key for one deed. Works without a secure context, where randomUUID does not exist. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `web-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
