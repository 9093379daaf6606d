import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operations } from '../../activities/people';
import { type FirstLogIn, type FirstPeople, newLogIns, setUpPeople } from '../../activities/people/set-up';
import { totpCode } from '../../activities/people/totp';
import { createApp } from '../../api/app';
import type { ApiParts } from '../../api/parts';
import { openPeopleParts } from '../../api/people-parts';
import type { Route } from '../../api/route';
import { delegationRoutes } from '../../api/routes/people-delegations';
import { peopleRoutes } from '../../api/routes/people';
import { sessionRoutes } from '../../api/routes/session';
import { providerRoutes } from '../../api/routes/session-provider';
import { unmaskRoutes } from '../../api/routes/unmask';
import { createHttpServer, listen } from '../../api/server';
import { demoPeople } from '../../cli/demo-people';
import type { Refusal } from '../../domain/commands';
import type { SessionSettings } from '../../domain/people/settings';
import type { Config } from '../../runtime/config';
import { createLogger } from '../../runtime/logger';
import { AuditEvent } from '../../store/entities';
import type { Store } from '../../store/open-store';
import type { OperationContext } from '../../activities/office-case/operations';
import { INSTITUTIONS } from '../api/harness';
import type { TestDatabase } from '../support/databases';

export const PROVINCE = '990000';
export const CITY = '990100';
export const OTHER_CITY = '990200';
export const COUNTY = '990101';
/** 2026-11-23 10:00 in Shanghai, a Monday. */
export const START = Date.UTC(2026, 10, 23, 2);

/** The province, its first two cities and the counties of the first. */
export function fewPeople(): FirstPeople {
  const { divisions, users } = demoPeople();
  const few = /^(9900|9901|9902)/;
  return { divisions: divisions.filter(({ code }) => few.test(code)), users: users.filter(({ posts }) => posts.every(({ division }) => few.test(division))) };
}

export interface PeopleAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Members that a test looks at are those of its operation.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface PeopleAsk {
  readonly token?: string;
  readonly cookie?: string;
  readonly csrf?: string;
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The routes of people and sessions on a database, with a clock that a test moves. */
export interface PeopleRig {
  readonly url: string;
  readonly store: Store;
  readonly logIns: readonly FirstLogIn[];
  now(): number;
  pass(ms: number): void;
  ask(path: string, options?: PeopleAsk): Promise<PeopleAnswer>;
  /** Logs in with password and code; the clock moves one step first, so that a code is never used twice. */
  enter(login: string): Promise<{ token: string; csrf: string; cookie: string }>;
  logInOf(login: string): FirstLogIn;
  /** Names of the audit's events, oldest first. */
  audited(): Promise<readonly string[]>;
  /** What a case `people-change` does at its effect. */
  change(form: Record<string, unknown>, by?: readonly string[], division?: string): Promise<{ result: object } | Refusal>;
  close(): Promise<void>;
}

interface RigOptions {
  readonly settings?: Partial<SessionSettings>;
  readonly people?: Pick<Config['people'], 'publicUrl' | 'provider'>;
  /** Routes of others beside those of people. */
  readonly routes?: readonly Route[];
}

export async function openPeopleRig(database: TestDatabase, options: RigOptions = {}): Promise<PeopleRig> {
  const store = await database.openMigrated();
  const dataDir = mkdtempSync(join(tmpdir(), 'anjie-people-'));
  const first = fewPeople();
  const logIns = newLogIns(first);
  let now = START;
  await setUpPeople(store, first, logIns, now);
  const { publicUrl, provider } = options.people ?? { publicUrl: null, provider: null };
  const people = { ...(await openPeopleParts({ dataDir, people: { publicUrl, provider, session: options.settings ?? {} } })), now: () => now };
  const parts = {
    store, people, keyRing: database.keyRing, institutions: INSTITUTIONS, cases: { temporalUrl: () => null }, logger: createLogger('test', 'silent'), stopping: new AbortController().signal,
  } as unknown as ApiParts;
  const server = createHttpServer(createApp(parts, [...sessionRoutes, ...providerRoutes, ...peopleRoutes, ...delegationRoutes, ...unmaskRoutes, ...(options.routes ?? [])]));
  const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  const logInOf = (login: string): FirstLogIn => logIns.find((each) => each.login === login) ?? fail(login);
  const ask = (path: string, given: PeopleAsk = {}): Promise<PeopleAnswer> => askAt(url, path, given);
  let caseNumber = 0;
  return {
    url, store, logIns, ask, logInOf,
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    enter: async (login) => {
      now += 30_000;
      const { password, totpSecret } = logInOf(login);
      const first = await ask('POST /v1/session', { body: { login, password } });
      const second = await ask('POST /v1/session/second-factor', { body: { challenge: first.body.challenge, code: totpCode(totpSecret, now) } });
      if (second.status !== 200) throw new Error(`${login} did not get in: ${JSON.stringify([first.body, second.body])}`);
      return { token: second.body.token, csrf: second.body.csrf, cookie: cookieIn(second) };
    },
    audited: () => store.read(async (manager) => (await manager.find(AuditEvent, { order: { id: 'ASC' } })).map(({ event }) => event)),
    change: (form, by = ['sheng-guanli-1', 'sheng-anquan-1'], division = PROVINCE) => {
      caseNumber += 1;
      return applyPeopleChange(store, contextOf(form, by, division, now, `people-change/${division}/${caseNumber}`));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function fail(login: string): never {
  throw new Error(`no log-in ${login}`);
}

/** The cookie that an answer sets, as the browser sends it back. */
export function cookieIn(answer: PeopleAnswer): string {
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function askAt(url: string, path: string, { token, cookie, csrf, body, raw, headers }: PeopleAsk): Promise<PeopleAnswer> {
  const [method = 'GET', target = '/'] = path.split(' ');
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${url}${target}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(csrf === undefined ? {} : { 'x-anjie-csrf': csrf }),
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : { text } };
}

/** A case as the engine describes it to the operation: the first is the maker, the others signed. */
export function contextOf(form: Record<string, unknown>, by: readonly string[], division: string, now: number, caseId = `people-change/${division}/1`): OperationContext {
  const actors = by.map((userId, index) => ({ act: index === 0 ? ('submit' as const) : ('approve' as const), userId, personKey: '', step: 'effect', at: now }));
  return { caseId, caseNo: caseId, definition: 'people-change', division, period: null, form, step: 'effect', actors, now };
}

export async function applyPeopleChange(store: Store, context: OperationContext): Promise<{ result: object } | Refusal> {
  const apply = operations['people.change']?.apply;
  if (!apply) throw new Error('there is no operation people.change');
  return store.write((manager) => apply(manager, context));
}
