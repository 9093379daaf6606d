import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** A hung connection is dropped at last, so that a forgotten fault does not keep sockets for ever. */
const LONGEST_HANG_MS = 120_000;

export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, contentType: 'application/json;charset=UTF-8', body: Buffer.from(JSON.stringify(value), 'utf8') };
}

export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  response.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': answer.body.length });
  response.end(answer.body);
}

/** Half of the answer, a pause, then the rest. */
export async function sendSlowly(response: ServerResponse, ms: number, answer: Answer): Promise<void> {
  await sendPart(response, answer);
  await sleep(ms);
  if (!response.destroyed) response.end(answer.body.subarray(half(answer)));
}

/** The first half of an answer that will not be finished. */
export async function sendPart(response: ServerResponse, answer: Answer): Promise<void> {
  response.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': answer.body.length });
  await new Promise<void>((resolve) => {
    response.write(answer.body.subarray(0, half(answer)), () => {
      resolve();
    });
  });
}

function half(answer: Answer): number {
  return Math.floor(answer.body.length / 2);
}

/** Says nothing (more) until the client leaves, or two minutes. */
export async function hang(response: ServerResponse): Promise<void> {
  const left = new AbortController();
  response.once('close', () => {
    left.abort();
  });
  await sleep(LONGEST_HANG_MS, undefined, { signal: left.signal, ref: false }).catch((error: unknown) => {
    if (!left.signal.aborted) throw error;
  });
  response.socket?.destroy();
}
