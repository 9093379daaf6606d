import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { createApp } from '../../api/app';
import { openCaseParts } from '../../api/cases/parts';
import { CommandDesk } from '../../api/commands';
import { openPeopleParts } from '../../api/people-parts';
import { createHttpServer, listen, type ServerLimits } from '../../api/server';
import { Sweeper } from '../../api/sweeper';
import { tokenVerifier } from '../../api/token-verifier';
import { openStay, type OpenedStay } from '../../domain/admission/state';
import { fen } from '../../domain/money';
import type { Institution } from '../../runtime/institutions';
import { createDataConverter } from '../../runtime/data-converter';
import { openKeyRing, type KeyRing } from '../../runtime/keys';
import { createLogger } from '../../runtime/logger';
import { openTokens, type Tokens } from '../../runtime/tokens';
import { loadProfiles } from '../../schemas/national/load-profiles';
import { Admission } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { createDatabaseOn, describeOnMariaDb } from '../support/databases';
import { sharedMariaDb, type TestServer } from '../support/mariadb';
import { openMigratedStore } from '../support/migrated';
import { RULES } from '../support/rules';
import { expectDeclared } from './declared';

export const INSTITUTION = 'H99000000001';
export const OTHER_INSTITUTION = 'H99000000003';

export const INSTITUTIONS: readonly Institution[] = [INSTITUTION, OTHER_INSTITUTION].map((fixmedinsCode) => ({
  fixmedinsCode,
  name: `示例机构 ${fixmedinsCode.slice(-1)}`,
  admdvs: '990100',
  level: '3',
  profile: 'default',
  gateway: { url: null, paasid: '', secret: '' },
  operators: [],
}));

/** A real Temporal server with the echo workflow, one for a test file. */
export interface TemporalForTests {
  readonly env: TestWorkflowEnvironment;
  readonly address: string;
  stop(): Promise<void>;
}

/** A store, keys and tokens in a temporary folder. */
export interface Ground {
  readonly dataDir: string;
  readonly store: Store;
  readonly keyRing: KeyRing;
  readonly tokens: Tokens;
  readonly clerk: string;
  readonly otherClerk: string;
  close(): Promise<void>;
}

/** One API instance on a ground. */
export interface Instance {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  readonly commands: CommandDesk;
  readonly sweeper: Sweeper;
  readonly stopping: AbortController;
  stop(): Promise<void>;
}

const logger = createLogger('test', 'silent');

/** The server that grounds take their databases from; without one they are files. */
let server: TestServer | undefined;
let onFiles = true;

/** Runs test files once more, with all their grounds on MariaDB. `load` requires the files. */
export function groundsOnMariaDb(title: string, load: () => void): void {
  describeOnMariaDb(title, () => {
    onFiles = false;
    beforeAll(async () => {
      server = await sharedMariaDb();
    }, 90_000);
    load();
  });
}

/** For what has no SQL of its own: once is enough. */
export function describeOnSqlite(title: string, body: () => void): void {
  if (onFiles) describe(title, body);
}

/** Opens the ground on a database of its own: a file in a new folder, or one of the server's. */
export async function openGround(): Promise<Ground> {
  const dataDir = mkdtempSync(join(tmpdir(), 'anjie-api-'));
  const keyRing = openKeyRing(join(dataDir, 'key-ring.json'), { create: true });
  const databaseUrl = server ? server.url(await createDatabaseOn(server)) : `sqlite:${join(dataDir, 'anjie.db')}`;
  const store = await openMigratedStore({ databaseUrl, keyRing });
  const tokens = await openTokens({ dataDir, tokens: { jwksUrl: null, issuer: 'anjie-dev', audience: 'anjie' } });
  const issue = (sub: string, institution: string): Promise<string> =>
    tokens.issueDevToken({ sub, name: '测试收费员', institution, roles: ['clerk'], expiresIn: '1h' });
  return {
    dataDir, store, keyRing, tokens,
    clerk: await issue('0101', INSTITUTION),
    otherClerk: await issue('0301', OTHER_INSTITUTION),
    close: async () => {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts Temporal (TEMPORAL_CLI_PATH) and a worker of the echo workflow that opens rows in the ground's store. */
export async function startTemporal(ground: Ground): Promise<TemporalForTests> {
  const path = process.env['TEMPORAL_CLI_PATH'];
  if (!path) throw new Error('TEMPORAL_CLI_PATH names no Temporal program');
  const env = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'existing-path', path } } });
  const dataConverter = createDataConverter(ground.keyRing, 'worker', logger);
  const bundle = await bundleWorkflowCode({
    workflowsPath: require.resolve('./echo-admission'),
    failureConverterPath: dataConverter.failureConverterPath,
    logger: { log: () => undefined, trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error },
  });
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: 'admission',
    workflowBundle: bundle,
    dataConverter,
    maxCachedWorkflows: 100,
    activities: { openRow: (opened: OpenedStay) => insertAdmission(ground.store, opened) },
  });
  const running = worker.run();
  return {
    env,
    address: env.address,
    stop: async () => {
      worker.shutdown();
      await running;
      await env.teardown();
    },
  };
}

/** A Temporal client as the API makes it. */
export function clientOf(ground: Ground, temporal: TemporalForTests): Client {
  return new Client({ connection: temporal.env.connection, dataConverter: createDataConverter(ground.keyRing, 'client', logger) });
}

/** Starts an API instance in this process. */
export async function startInstance(ground: Ground, client: Client, options: { sweep?: boolean; limits?: ServerLimits } = {}): Promise<Instance> {
  const { store, keyRing, tokens } = ground;
  const stopping = new AbortController();
  const commands = new CommandDesk(store, client, logger);
  const sweeper = new Sweeper(commands, logger, 200);
  const people = await openPeopleParts({ dataDir: ground.dataDir, people: { publicUrl: null, provider: null } });
  const config = { dataDir: ground.dataDir, attachments: { mostBytes: 1_000_000 }, codec: { uiOrigins: [] }, temporal: { namespace: 'default' } };
  const app = createApp({
    store, temporal: client, commands, sweeper, keyRing, logger,
    stopping: stopping.signal,
    people,
    cases: openCaseParts({ config, store, keyRing, people, logger }),
    verifyToken: tokenVerifier(tokens, 'anjie', INSTITUTIONS),
    institutions: INSTITUTIONS,
    profiles: loadProfiles(),
  });
  const server = createHttpServer(app, options.limits);
  if (options.sweep !== false) await sweeper.start();
  const port = await listen(server, 0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    port, server, commands, sweeper, stopping,
    stop: async () => {
      stopping.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await sweeper.stop();
      await commands.drain(2_000);
    },
  };
}

/** Inserts the row of a stay as the process does when it opens it. */
export async function insertAdmission(store: Store, opened: OpenedStay, stage: Admission['stage'] = 'admitted'): Promise<void> {
  const { institution, iptNo, round } = opened;
  const id = `${institution}/${iptNo}/${round}`;
  await store.write(async (manager) => {
    if (await manager.existsBy(Admission, { id })) return;
    await manager.insert(Admission, {
      id, institution, ipt_no: iptNo, round, stage,
      workflowId: `admission/${institution}/${iptNo}`,
      profile: opened.profile, psn_no: 'P0001', personKey: null, patientName: '示例甲', certno: '990101195803120019',
      insutype: opened.insutype, insuplc_admdvs: '990100', med_type: opened.medType, mdtrt_id: 'M0001',
      admittedAt: opened.begntime, dischargedAt: null, waitsFor: '等待费用上传或出院办理', dueAt: null,
      medfeeFen: fen(0), fundFen: fen(0), depositFen: fen(0),
      state: { ...openStay(opened, RULES), stage }, form: {}, version: 1, createdAt: Date.now(), updatedAt: Date.now(),
    });
  });
}

/** Members that tests look at; an answer has those of its operation. */
export interface AnswerBody {
  readonly [member: string]: unknown;
  readonly code?: string;
  readonly commandId?: string;
  readonly status?: string | number;
  readonly text?: string;
  readonly result?: { readonly [member: string]: unknown };
  readonly errors?: readonly { readonly path: string; readonly code: string }[];
  readonly rows?: readonly { readonly row: number; readonly field: string; readonly code: string }[];
  readonly items?: readonly { readonly [member: string]: unknown }[];
  readonly nextCursor?: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}

export interface Ask {
  readonly token?: string | null;
  readonly key?: string;
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Buffer;
  readonly type?: string;
  readonly prefer?: string;
  readonly headers?: Record<string, string>;
}

/** Sends one request; `path` begins with the method, as in `POST /v1/admissions`. Each answer must be as the OpenAPI document says. */
export async function ask(instance: Pick<Instance, 'url'>, path: string, options: Ask = {}): Promise<Answer> {
  const [method = 'GET', target = '/'] = path.split(' ');
  const headers: Record<string, string> = { ...options.headers };
  if (options.token) headers['authorization'] = `Bearer ${options.token}`;
  if (options.key !== undefined) headers['idempotency-key'] = options.key;
  if (options.prefer !== undefined) headers['prefer'] = options.prefer;
  const content = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  if (content !== undefined) headers['content-type'] = options.type ?? 'application/json';
  const response = await fetch(`${instance.url}${target}`, { method, headers, ...(content === undefined ? {} : { body: content as string }) });
  expectDeclared(method, target, response);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : { text } };
}
