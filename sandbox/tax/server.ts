import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatDateTime } from '../../domain/calendar';
import { parseFileName, READY_SUFFIX } from '../../domain/files/file-name';
import { MOST_READY_BYTES } from '../../domain/files/ready-file';
import { hang, jsonAnswer, send, sendPart, type Answer } from '../kit/answer';
import { BodyTooLarge, readBody } from '../kit/body';
import { listen } from '../kit/http-server';
import { findTasks, nameOf, NotTaken, receiptOf, takeFile, waitingPath } from './arrivals';
import { serveTaxControl } from './control';
import { live } from './day';
import type { Fault, FaultPlace } from './faults';
import { assemble, type Machinery, type MachineryOptions } from './machinery';
import { readOutFile } from './outgoing';
import { findListed, listedSince } from './shelf';

export interface TaxSandboxOptions extends MachineryOptions {
  /** 0 picks a free port. */
  readonly port: number;
  /** Loopback unless said otherwise: the controls have no password. */
  readonly host?: string;
  /** Milliseconds between two looks at the clock and the folder; 0: only when a control asks for it. */
  readonly everyMs?: number;
}

export interface TaxSandbox {
  readonly port: number;
  readonly url: string;
  /** Stops taking calls, ends the work that is under way, closes the books. */
  close(): Promise<void>;
}

/** Starts the tax office and its treasury. Rejects when the port is taken or the data folder cannot be written. */
export async function startTaxSandbox(options: TaxSandboxOptions): Promise<TaxSandbox> {
  const machinery = assemble(options);
  const { port, url, close } = await listen({
    ...options,
    serve: (request, response) => serve(machinery, request, response),
    onError: (error, response) => {
      machinery.onError(error);
      if (response.headersSent) response.destroy();
      else send(response, jsonAnswer({ code: 'WJ9999', text: '系统异常' }, 500));
    },
  });
  const stop = keepLiving(machinery, options.everyMs ?? 500);
  return {
    port,
    url,
    async close() {
      stop();
      await close();
      await machinery.lane.idle();
      machinery.books.close();
    },
  };
}

/** Lives on by the clock, one look after the other. */
function keepLiving(machinery: Machinery, everyMs: number): () => void {
  let stopped = false;
  const look = (): void => {
    if (!stopped) machinery.lane.run(() => live(machinery)).catch(machinery.onError);
  };
  // What a crash left half done goes on at once.
  look();
  if (everyMs === 0) return () => (stopped = true);
  const timer = setInterval(look, everyMs);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

async function serve(machinery: Machinery, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://office');
  const method = request.method ?? 'GET';
  try {
    if (url.pathname.startsWith('/_')) return send(response, await serveTaxControl(machinery, { method, url, body: await readBody(request) }));
    if (machinery.folder !== null) return send(response, jsonAnswer({ code: 'WJ0010', text: '本机关以文件夹交换' }, 404));
    if (url.pathname === '/tasks' && method === 'GET') return await serveTasks(machinery, response, url);
    if (url.pathname === '/files' && method === 'GET') return await serveList(machinery, response, url);
    const name = /^\/files\/([\w.-]{1,120})$/.exec(url.pathname)?.[1];
    if (name === undefined) return send(response, jsonAnswer({ code: 'WJ0001', text: '没有这个地址' }, 404));
    if (method === 'PUT') return name.endsWith(READY_SUFFIX) ? await serveReady(machinery, request, response, name.slice(0, -READY_SUFFIX.length)) : await serveBytes(machinery, request, response, name);
    if (method === 'GET') return await serveFile(machinery, response, name);
    send(response, jsonAnswer({ code: 'WJ0001', text: '只接受GET与PUT' }, 405));
  } catch (error) {
    if (error instanceof NotTaken) return send(response, jsonAnswer({ code: error.code, text: error.message }, error.status));
    if (error instanceof BodyTooLarge) return send(response, jsonAnswer({ code: 'WJ0015', text: '内容过长' }, 413));
    if (isAborted(error)) return void response.destroy();
    throw error;
  }
}

function isAborted(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR';
}

function fire(machinery: Machinery, at: FaultPlace, name: string): Fault[] {
  const item = parseFileName(name, machinery.format)?.item ?? '';
  return machinery.faults.fire({ at, item, name, time: formatDateTime(machinery.clock.now()) });
}

/** Lets a fault of the line act. True when it has dealt with the answer. */
async function departs(response: ServerResponse, fault: Fault, answer: Answer | null): Promise<boolean> {
  switch (fault.kind) {
    case 'delay':
      await sleep(fault.ms);
      return false;
    case 'hang':
    case 'reset':
      if (fault.phase === 'in-answer' && answer) await sendPart(response, answer);
      if (fault.kind === 'hang') await hang(response);
      else response.socket?.resetAndDestroy();
      return true;
    case 'garble':
      send(response, { status: 200, contentType: 'application/json', body: (answer ?? jsonAnswer({ code: '' })).body.subarray(0, -3) });
      return true;
    case 'http503':
      send(response, { status: 503, contentType: 'text/plain', body: Buffer.from('upstream unavailable', 'utf8') });
      return true;
    default:
      return false;
  }
}

/** Answers, with what faults make of it before and after the work. */
async function answerThrough(response: ServerResponse, faults: readonly Fault[], work: () => Promise<Answer>): Promise<void> {
  for (const fault of faults.filter(({ phase }) => phase === 'before-commit')) if (await departs(response, fault, null)) return;
  const answer = await work();
  for (const fault of faults.filter(({ phase }) => phase !== 'before-commit')) if (await departs(response, fault, answer)) return;
  send(response, answer);
}

/** No file is longer: two million rows of the fixed form. */
const MOST_BYTES = 1.3 * 2 ** 30;

/** The same chunks. Throws BodyTooLarge past the limit. */
async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new BodyTooLarge();
    yield chunk;
  }
}

/** Bytes of a file; until its `.ok` comes it is not there, and may be sent anew. */
async function serveBytes(machinery: Machinery, request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
  nameOf(machinery, name);
  const path = waitingPath(machinery, name);
  const part = `${path}.${process.hrtime.bigint()}.part`;
  try {
    await pipeline(request, limited, createWriteStream(part));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await answerThrough(response, fire(machinery, 'data', name), async () => {
    await rename(part, path);
    return jsonAnswer({ name }, 201);
  });
  await rm(part, { force: true });
}

/** The `.ok`: now the file is there, and is taken or not. Its rows are read afterwards. */
async function serveReady(machinery: Machinery, request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
  const body = await readBody(request);
  if (body.length > MOST_READY_BYTES) throw new BodyTooLarge();
  const fired = fire(machinery, 'send', name);
  const refuse = fired.find(({ kind }) => kind === 'refuse');
  await answerThrough(response, fired, async () => {
    const { arrival, repeated } = await machinery.lane.run(() => takeFile(machinery, name, body.toString('utf8'), refuse && (refuse.text ?? '系统维护，暂不受理')));
    machinery.lane.run(() => live(machinery)).catch(machinery.onError);
    return jsonAnswer(receiptOf(arrival, repeated));
  });
}

async function serveTasks(machinery: Machinery, response: ServerResponse, url: URL): Promise<void> {
  const of = Object.fromEntries(['item', 'line', 'poolarea_no', 'day', 'file_sn', 'name'].flatMap((key) => (url.searchParams.has(key) ? [[key, url.searchParams.get(key) ?? '']] : [])));
  if (!/^\d{1,6}$/.test(of['file_sn'] ?? '') && !of['name']) throw new NotTaken(400, 'WJ0001', '请给出 file_sn 或 name');
  await answerThrough(response, fire(machinery, 'task', of['name'] ?? ''), async () => {
    const tasks = findTasks(machinery, of).map((arrival) => receiptOf(arrival));
    return jsonAnswer({ tasks }, tasks.length === 0 ? 404 : 200);
  });
}

const MOST_LISTED = 500;

/** What was put on the shelf after `since`; ask again from `next`. */
async function serveList(machinery: Machinery, response: ServerResponse, url: URL): Promise<void> {
  const since = url.searchParams.get('since') ?? '0';
  if (!/^\d{1,15}$/.test(since)) throw new NotTaken(400, 'WJ0001', 'since 应为数字');
  await answerThrough(response, fire(machinery, 'list', ''), async () => {
    const listed = listedSince(machinery, Number(since), MOST_LISTED);
    const files = listed.map(({ cursor, name, item, at, ready }) => ({ cursor, name, item, at, ready: ready === 1 }));
    return jsonAnswer({ files, next: listed.at(-1)?.cursor ?? Number(since) });
  });
}

async function serveFile(machinery: Machinery, response: ServerResponse, asked: string): Promise<void> {
  const ok = asked.endsWith(READY_SUFFIX);
  const listed = findListed(machinery, ok ? asked.slice(0, -READY_SUFFIX.length) : asked);
  if (!listed || (ok && listed.ready === 0)) return send(response, jsonAnswer({ code: 'WJ0016', text: '没有这个文件' }, 404));
  if (ok) return send(response, { status: 200, contentType: 'text/plain;charset=UTF-8', body: Buffer.from(listed.ok, 'utf8') });
  const fired = fire(machinery, 'fetch', asked);
  for (const fault of fired) if (fault.kind !== 'garble' && fault.phase === 'before-commit' && (await departs(response, fault, null))) return;
  const bytes = listed.ready ? listed.bytes : Math.floor(listed.bytes / 2);
  const cut = fired.find(({ kind, phase }) => phase !== 'before-commit' && (kind === 'reset' || kind === 'hang'));
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
  const garbled = fired.some(({ kind }) => kind === 'garble');
  let sent = 0;
  for await (const chunk of readOutFile(machinery, listed.file, cut ? Math.floor(bytes / 2) : bytes)) {
    if (response.destroyed) return;
    if (garbled && sent <= bytes / 2 && sent + chunk.length > bytes / 2) chunk[Math.floor(bytes / 2) - sent] = 0xff;
    sent += chunk.length;
    if (!response.write(chunk)) await new Promise((drained) => response.once('drain', drained).once('close', drained));
  }
  if (cut?.kind === 'reset') return void response.socket?.resetAndDestroy();
  if (cut) return hang(response);
  response.end();
}
