import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatDateTime } from '../../domain/calendar';
import { encodeGatewayError } from '../../domain/national/codec';
import { send, sendSlowly, type Answer } from '../kit/answer';
import { readBody, BodyTooLarge } from '../kit/body';
import { listen } from '../kit/http-server';
import { sendBroken, withBrokenSum } from './answer';
import type { Centre } from './centre';
import { serveCentreControl } from './control';
import type { Fault } from './faults';
import type { Admitted, Arrival } from './gateway';
import { assemble, type Machinery, type MachineryOptions } from './machinery';
import { GatewayError, Refusal } from './refusal';

export interface SandboxOptions extends MachineryOptions {
  /** 0 picks a free port. */
  readonly port: number;
  /** Loopback unless said otherwise: the controls have no password. */
  readonly host?: string;
}

export interface Sandbox {
  readonly port: number;
  readonly url: string;
  /** Stops taking calls, lets running ones end, closes the books. */
  close(): Promise<void>;
}

/** What a fault of the program itself looks like from outside: nobody knows whether the message was booked. */
const SYSTEM_FAULT = '系统异常，请联系医保中心';

/** Starts the centre. Rejects when the port is taken or the data folder cannot be written. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const machinery = assemble(options);
  const { port, url, close } = await listen({
    ...options,
    serve: (request, response) => serve(machinery, request, response),
    onError: (error, response) => {
      machinery.onError(error);
      if (response.headersSent) response.destroy();
      else send(response, encoded(SYSTEM_FAULT));
    },
  });
  return {
    port,
    url,
    async close() {
      await close();
      machinery.staleView.drop();
      machinery.books.close();
    },
  };
}

async function serve(machinery: Machinery, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://centre');
  let body: Buffer;
  try {
    body = await readBody(request);
  } catch (error) {
    // The client left, or sent too much; in the second case it is told so.
    if (error instanceof BodyTooLarge) send(response, encoded('报文超过允许的大小', 413));
    else response.destroy();
    return;
  }
  if (url.pathname.startsWith('/_')) {
    send(response, await serveCentreControl(machinery, { method: request.method ?? 'GET', url, body }));
    return;
  }
  if (request.method !== 'POST') {
    send(response, encoded('只接受POST请求', 405));
    return;
  }
  await serveMessage(machinery, response, { path: url.pathname, headers: flatten(request), body });
}

async function serveMessage(machinery: Machinery, response: ServerResponse, arrival: Arrival): Promise<void> {
  const { centre, gateway, clock, faults } = machinery;
  let admitted: Admitted;
  try {
    admitted = gateway.admit(arrival);
  } catch (error) {
    return send(response, answerRefused(centre, error));
  }
  const fired = faults.fire({
    infno: admitted.infno,
    sentInfno: admitted.sentInfno,
    institution: admitted.header.fixmedins_code,
    msgid: admitted.header.msgid,
    at: formatDateTime(clock.now()),
  });
  if (machinery.latencyMs > 0) await sleep(machinery.latencyMs);
  const before = fired.filter((fault) => fault.phase === 'before-commit');
  for (const fault of before) {
    if (await departs(machinery, response, fault, null)) return;
  }
  for (const fault of fired.filter(({ kind }) => kind === 'staleRead')) pinBeforeWrite(machinery, admitted, fault);
  let answer: Answer;
  try {
    answer = centre.serve(admitted, arrival, {
      driftFen: Math.max(0, ...fired.filter(({ kind }) => kind === 'amountDrift').map(({ amountFen }) => amountFen)),
      stale: fired.some(({ kind }) => kind === 'staleRead'),
    });
  } catch (error) {
    return send(response, answerRefused(centre, error));
  }
  for (const fault of fired.filter(({ kind }) => kind === 'brokenSum')) answer = withBrokenSum(answer, fault.amountFen);
  for (const fault of fired.filter(({ phase }) => phase !== 'before-commit')) {
    if (await departs(machinery, response, fault, answer)) return;
  }
  send(response, answer);
}

/** Lets a fault act. True when it has dealt with the answer. */
async function departs(
  machinery: Machinery,
  response: ServerResponse,
  fault: Fault,
  answer: Answer | null,
): Promise<boolean> {
  switch (fault.kind) {
    case 'staleRead':
    case 'amountDrift':
    case 'brokenSum':
      return false;
    case 'expireSign':
      machinery.centre.expireSessions();
      return false;
    case 'delay':
      if (fault.phase !== 'in-answer' || !answer) {
        await sleep(fault.ms);
        return false;
      }
      await sendSlowly(response, fault.ms, answer);
      return true;
    case 'businessError':
      send(response, machinery.centre.refuse(new Refusal(fault.text, fault.code)));
      return true;
    default:
      await sendBroken(response, fault, answer);
      return true;
  }
}

/** A stale read set on a writing transaction keeps the books as they stand right before it. */
function pinBeforeWrite({ staleView }: Machinery, request: Admitted, fault: Fault): void {
  if (fault.infno !== '*' && WRITES.has(request.infno)) staleView.pin(fault.reads);
}

const WRITES: ReadonlySet<string> = new Set([
  '2401', '2402', '2403', '2404', '2405', '2301', '2302', '2304', '2305', '2601',
]);

function answerRefused(centre: Centre, error: unknown): Answer {
  if (error instanceof GatewayError) return encoded(error.text);
  if (error instanceof Refusal) return centre.refuse(error);
  throw error;
}

function encoded(text: string, status = 200): Answer {
  const { contentType, body } = encodeGatewayError(text);
  return { status, contentType, body: Buffer.from(body) };
}

function flatten(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  );
}
