import { randomUUID } from 'node:crypto';
import { totpCode } from '../../activities/people/totp';
import { SigningSession } from '../../cli/sign/api';
import { logInOf, readLogIns } from '../../cli/story/clearing/office';
import type { TestStack } from '../support/stack';

/** What a test looks at in an answer about office cases. */
export interface DeskAnswer {
  readonly status: number;
  readonly replayed: boolean;
  // Members are those of the operation.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** A person of the demonstration, logged in at a running stack. */
export interface StackDesk {
  readonly login: string;
  /** Sends one request. Throws TypeError when the connection breaks. */
  ask(path: string, body?: unknown, key?: string): Promise<DeskAnswer>;
  /** Opens and submits a case; its number. Throws Error when it is refused. */
  open(definition: string, division: string, form: object): Promise<string>;
  /** Reads the case and acts on what it shows. */
  act(caseNo: string, act: string, given?: object): Promise<DeskAnswer>;
}

export async function sitDown(stack: TestStack, login: string): Promise<StackDesk> {
  const { password, totpSecret } = logInOf(readLogIns(stack.dataDir), login);
  const secrets = { password: async () => password, code: async () => totpCode(totpSecret, Date.now()) };
  const { token } = await SigningSession.open(stack.api, login, secrets);
  const ask: StackDesk['ask'] = async (path, body, key = randomUUID()) => {
    const [method = 'GET', target = '/'] = path.split(' ');
    const headers = { authorization: `Bearer ${token}`, ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': key }) };
    const answer = await fetch(`${stack.api}${target}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: answer.status, replayed: answer.headers.get('idempotency-replayed') === 'true', body: await answer.json() };
  };
  return {
    login,
    ask,
    open: async (definition, division, form) => {
      const { status, body } = await ask('POST /v1/office-cases', { definition, division, form, submit: true });
      if (status !== 201) throw new Error(`${login} could not open ${definition}: ${JSON.stringify(body)}`);
      return String(body.caseNo);
    },
    act: async (caseNo, act, given = {}) => {
      const { step, slot, round, seenHash } = (await ask(`GET /v1/office-cases/${caseNo}`)).body;
      return ask(`POST /v1/office-cases/${caseNo}/acts`, { act, step: step ?? 'maker', slot: slot ?? null, round, opinion: '测试意见', seenHash, ...given });
    },
  };
}
