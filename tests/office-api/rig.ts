import { randomUUID } from 'node:crypto';
import { csrfOf, endSession, openSession } from '../../activities/people/sessions';
import { delegationRoutes } from '../../api/routes/people-delegations';
import { sessionRoutes } from '../../api/routes/session';
import { createApp } from '../../api/app';
import { openCaseParts } from '../../api/cases/parts';
import { CommandDesk } from '../../api/commands';
import type { ApiParts } from '../../api/parts';
import { openPeopleParts } from '../../api/people-parts';
import type { Route } from '../../api/route';
import { attachmentRoutes } from '../../api/routes/attachments';
import { inboxRoutes } from '../../api/routes/inbox';
import { officeCaseRoutes } from '../../api/routes/office-cases';
import { bulkRoutes } from '../../api/routes/office-cases-bulk';
import { whyRoutes } from '../../api/routes/why';
import { createHttpServer, listen } from '../../api/server';
import { Sweeper } from '../../api/sweeper';
import type { CaseDefinition } from '../../domain/office-case/definition';
import { createLogger } from '../../runtime/logger';
import type { CaseDefinitions } from '../../schemas/processes/load-cases';
import { CaseAct, Command, OfficeCase } from '../../store/entities';
import { expectDeclared } from '../api/declared';
import { openOfficeRig, type OfficeRig, type OfficeRigOptions } from '../support/office-rig';

const HOUR_MS = 3_600_000;
/** Largest attachment here, bytes. */
export const MOST_BYTES = 300_000;

export interface OfficeAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Members that a test looks at are those of its operation.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface OfficeAsk {
  readonly body?: unknown;
  readonly raw?: string | Buffer;
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One person at his desk: a session, and the requests that he sends. */
export interface Desk {
  readonly userId: string;
  readonly token: string;
  readonly csrf: string;
  ask(path: string, given?: OfficeAsk): Promise<OfficeAnswer>;
  /** Opens and submits a case. */
  apply(definition: CaseDefinition, division: string, form: Record<string, unknown>, key?: string): Promise<OfficeAnswer>;
  read(caseNo: string): Promise<OfficeAnswer>;
  /** Reads the case and gives an act on what it shows; members of `given` take the place of what was read. */
  act(caseNo: string, act: string, given?: Record<string, unknown>, key?: string): Promise<OfficeAnswer>;
  logOut(): Promise<void>;
}

/** Office cases by HTTP on a real Temporal server, worker and database. */
export interface OfficeApi {
  readonly rig: OfficeRig;
  readonly url: string;
  readonly parts: ApiParts;
  desk(userId: string): Promise<Desk>;
  /** Sends a request without a session. */
  ask(path: string, given?: OfficeAsk): Promise<OfficeAnswer>;
  rowsOf(): Promise<{ cases: number; commands: number; acts: number }>;
  workflows(): Promise<number>;
  close(): Promise<void>;
}

export interface OfficeApiOptions extends OfficeRigOptions {
  readonly definitions: readonly CaseDefinition[];
  /** Routes of registers beside those of cases. */
  readonly routes?: readonly Route[];
}

export async function openOfficeApi(options: OfficeApiOptions): Promise<OfficeApi> {
  const rig = await openOfficeRig(options);
  const { store, client, dataDir, keyRing } = rig;
  const logger = createLogger('test', 'silent');
  const stopping = new AbortController();
  const commands = new CommandDesk(store, client, logger);
  const sweeper = new Sweeper(commands, logger, 200);
  const people = { ...(await openPeopleParts({ dataDir, people: { publicUrl: null, provider: null } })), now: rig.now };
  const definitions: CaseDefinitions = Object.fromEntries(options.definitions.map((each) => [each.key, each]));
  const config = { dataDir, attachments: { mostBytes: MOST_BYTES }, codec: { uiOrigins: ['http://127.0.0.1:8233'] }, temporal: { namespace: 'default' } };
  const parts: ApiParts = {
    store, temporal: client, commands, sweeper, people, keyRing, logger,
    cases: openCaseParts({ config, store, keyRing, people, logger, definitions, operations: options.operations ?? {} }),
    verifyToken: () => Promise.reject(new Error('no institution calls here')),
    institutions: [],
    profiles: {},
    stopping: stopping.signal,
  };
  const served = [...bulkRoutes, ...officeCaseRoutes, ...inboxRoutes, ...attachmentRoutes, ...whyRoutes, ...sessionRoutes, ...delegationRoutes, ...(options.routes ?? [])];
  const server = createHttpServer(createApp(parts, served));
  await sweeper.start();
  const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  return {
    rig, url, parts,
    ask: (path, given) => ask(url, path, given),
    desk: async (userId) => {
      const given = { userId, stage: 'ready' as const, origin: '127.0.0.1', now: rig.now(), lifeMs: HOUR_MS };
      const { token, session } = await store.write((manager) => openSession(manager, given));
      return deskOf(url, userId, token, () => store.write((manager) => endSession(manager, session.id, 'logOut', rig.now())));
    },
    rowsOf: () =>
      store.read(async (manager) => ({
        cases: await manager.count(OfficeCase),
        commands: await manager.count(Command),
        acts: await manager.count(CaseAct),
      })),
    workflows: async () => {
      let count = 0;
      for await (const each of client.workflow.list({ query: "WorkflowType = 'officeCase'" })) if (each.workflowId !== '') count += 1;
      return count;
    },
    close: async () => {
      stopping.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await sweeper.stop();
      await commands.drain(2_000);
      await rig.close();
    },
  };
}

function deskOf(url: string, userId: string, token: string, logOut: () => Promise<void>): Desk {
  const asks = (path: string, given: OfficeAsk = {}): Promise<OfficeAnswer> => ask(url, path, { ...given, headers: { authorization: `Bearer ${token}`, ...given.headers } });
  const read = (caseNo: string): Promise<OfficeAnswer> => asks(`GET /v1/office-cases/${caseNo}`);
  return {
    userId, token, csrf: csrfOf(token), ask: asks, read, logOut,
    apply: (definition, division, form, key = randomUUID()) => asks('POST /v1/office-cases', { body: { definition: definition.key, division, form, submit: true }, key }),
    act: async (caseNo, act, given = {}, key = randomUUID()) => {
      const { body: seen } = await read(caseNo);
      const { step, slot, round, seenHash } = seen;
      return asks(`POST /v1/office-cases/${caseNo}/acts`, { body: { act, step: step ?? 'maker', slot: slot ?? null, round, opinion: '测试意见', seenHash, ...given }, key });
    },
  };
}

async function ask(url: string, path: string, { body, raw, key, headers = {} }: OfficeAsk = {}): Promise<OfficeAnswer> {
  const [method = 'GET', target = '/'] = path.split(' ');
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${url}${target}`, {
    method,
    headers: {
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined || key === null ? {} : { 'idempotency-key': key }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content as string }),
  });
  expectDeclared(method, target, response);
  const type = response.headers.get('content-type') ?? '';
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body: type.includes('json') ? JSON.parse(bytes.toString('utf8')) : bytes };
}
