/** An answer of the API that is no success, as a person should read it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Problem {
  readonly title?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly next?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly rows?: readonly { readonly row: number; readonly message?: string }[];
  readonly platform?: { readonly infno: string; readonly code: string; readonly text: string };
}

interface CommandAnswer {
  readonly status: 'accepted' | 'done' | 'refused';
  readonly result?: Record<string, unknown>;
  readonly problem?: Problem;
}

export interface Api {
  get<T>(path: string): Promise<T>;
  /** Gives a command and waits for its end, however long. Throws Refused. */
  command(method: 'POST' | 'DELETE', path: string, body: unknown): Promise<Record<string, unknown>>;
  /** As `command`, with a CSV file. */
  upload(path: string, csv: Buffer, charset: string): Promise<Record<string, unknown>>;
  /** Sends what is answered with a body of its own, as the office's routes do, and waits for its end. Throws Refused. */
  post<T>(path: string, body: unknown): Promise<T>;
  /** As `post`, with a file. */
  file<T>(path: string, content: string, type: string): Promise<T>;
  /** Records a print and gives its bytes. Throws Refused. */
  print(path: string): Promise<Buffer>;
}

const WAIT_SECONDS = 30;
const LONGEST_MS = 180_000;
const SHOWN_FAULTS = 3;

/**
 * The HTTP API as the story uses it. Every command carries a key of its own, made of `keyPrefix` and its number, and is
 * repeated with the same key when the connection breaks, which is harmless.
 */
export function openApi(base: string, token: string, keyPrefix: string): Api {
  let commands = 0;

  async function send(method: string, path: string, headers: Record<string, string>, body?: string | Uint8Array): Promise<Response> {
    const init = { method, headers: { authorization: `Bearer ${token}`, ...headers }, ...(body === undefined ? {} : { body }) };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await fetch(`${base}${path}`, init);
      } catch (error) {
        if (attempt === 5) throw error;
        await pause(500 * attempt);
      }
    }
  }

  async function get<T>(path: string): Promise<T> {
    const answer = await send('GET', path, {});
    if (!answer.ok) throw refusedBy(answer.status, (await answer.json()) as Problem);
    return (await answer.json()) as T;
  }

  /** Sends under a new key; says at which address a command goes on that took longer than the wait, and what was answered. */
  async function answered(method: string, path: string, type: string, body?: string | Uint8Array): Promise<{ readonly later: string | null; readonly body: unknown }> {
    commands += 1;
    const headers: Record<string, string> = { 'idempotency-key': `${keyPrefix}-${commands}`, prefer: `wait=${WAIT_SECONDS}` };
    if (body !== undefined) headers['content-type'] = type;
    const answer = await send(method, path, headers, body);
    const told: unknown = await answer.json();
    if (!answer.ok) throw refusedBy(answer.status, told as Problem);
    return { later: answer.status === 202 ? (told as { location: string }).location : null, body: told };
  }

  async function give(method: string, path: string, type: string, body?: string | Uint8Array): Promise<Record<string, unknown>> {
    const { later, body: told } = await answered(method, path, type, body);
    return later === null ? ((told as CommandAnswer).result ?? {}) : finish(later);
  }

  async function print(path: string): Promise<Buffer> {
    commands += 1;
    const answer = await send('POST', path, { 'idempotency-key': `${keyPrefix}-${commands}` });
    if (!answer.ok) throw refusedBy(answer.status, (await answer.json()) as Problem);
    return Buffer.from(await answer.arrayBuffer());
  }

  async function postOwn<T>(path: string, content: string, type: string): Promise<T> {
    const { later, body } = await answered('POST', path, type, content);
    if (later !== null) await finish(later);
    return body as T;
  }

  /** Asks for the end of a command that took longer than the wait. */
  async function finish(location: string): Promise<Record<string, unknown>> {
    const deadline = Date.now() + LONGEST_MS;
    for (;;) {
      const command = await get<CommandAnswer>(location);
      if (command.status === 'done') return command.result ?? {};
      if (command.status === 'refused') throw refusedBy(409, command.problem ?? {});
      if (Date.now() > deadline) throw new Error(`${location} 在 ${LONGEST_MS / 1000} 秒内没有办完`);
      await pause(300);
    }
  }

  return {
    get,
    command: (method, path, body) => give(method, path, 'application/json', body === undefined ? undefined : JSON.stringify(body)),
    upload: (path, csv, charset) => give('POST', path, `text/csv; charset=${charset}`, new Uint8Array(csv)),
    post: (path, body) => postOwn(path, JSON.stringify(body), 'application/json'),
    file: postOwn,
    print,
  };
}

function refusedBy(status: number, problem: Problem): Refused {
  const platform = problem.platform ? `；平台 ${problem.platform.infno}：${problem.platform.text}` : '';
  const faults = (problem.errors ?? []).slice(0, SHOWN_FAULTS).map((fault) => `${fault.path}：${fault.message}`);
  const rows = (problem.rows ?? []).slice(0, SHOWN_FAULTS).map((row) => `第 ${row.row} 行：${row.message ?? ''}`);
  const words = [problem.title, problem.detail, ...faults, ...rows, problem.next].filter(Boolean).join('；');
  return new Refused(status, problem.code ?? '', `${problem.code ?? status} ${words}${platform}`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
