import { randomUUID } from 'node:crypto';
import { totpCode } from '../../activities/people/totp';

/** A person of the demonstration who works by HTTP, as the workbench does. */
export interface Person {
  /** Sends one request. Throws Error for an answer that is no success. */
  ask<T>(path: string, body?: unknown): Promise<T>;
}

export interface LogIn {
  readonly login: string;
  readonly password: string;
  readonly totpSecret: string;
}

export async function logIn(api: string, { login, password, totpSecret }: LogIn): Promise<Person> {
  const first = await send<{ challenge: string }>(api, 'POST /v1/session', { login, password }, '');
  const { token } = await send<{ token: string }>(api, 'POST /v1/session/second-factor', { challenge: first.challenge, code: totpCode(totpSecret, Date.now()) }, '');
  return { ask: (path, body) => send(api, path, body, token) };
}

async function send<T>(api: string, path: string, body: unknown, token: string): Promise<T> {
  const [method = 'GET', target = '/'] = path.split(' ');
  const response = await fetch(`${api}${target}`, {
    method,
    headers: {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T & { code?: string; detail?: string };
  if (response.status !== 200 && response.status !== 201) throw new Error(`${path} ${response.status} ${answer.code ?? ''} ${answer.detail ?? ''}`);
  return answer;
}
