import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Client, ServiceError, WithStartWorkflowOperation, WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { createNationalGateway } from '../../activities/national/gateway';
import { systemClock } from '../../activities/national/types';
import { createReconcileActivities } from '../../activities/reconcile';
import { stayCommands } from '../../activities/reconcile/give-command';
import { createRegisterActivities } from '../../activities/register';
import type { ReconcileDeps } from '../../activities/reconcile/context';
import type { CommandEnvelope, CommandResult } from '../../domain/commands';
import type { AdmissionState } from '../../domain/admission/state';
import { createDataConverter } from '../../runtime/data-converter';
import { openKeyRing } from '../../runtime/keys';
import { createLogger } from '../../runtime/logger';
import { SEARCH_ATTRIBUTES } from '../../runtime/temporal';
import { loadProfiles } from '../../schemas/national/load-profiles';
import type { Profile } from '../../schemas/national/profile';
import { admissionRulesOf, type AdmissionRules } from '../../schemas/processes/admission-rules';
import { startSandbox, type Sandbox } from '../../sandbox/national/server';
import type { Store } from '../../store/open-store';
import { demo, storeUpload, type DemoPatient } from './demo-data';
import { openMigratedStore } from './migrated';

export { demoFees, demoPatient, type DemoPatient } from './demo-data';

export const HOSPITAL = 'H99000000001';
const OPERATOR = { id: 'C001', name: '示例收费员', type: '1' } as const;

export interface RigOptions {
  readonly profile?: string;
  /** Settings of the profile, for the centre and for the hospital alike. */
  readonly settings?: Partial<Profile>;
  /** Members of the hospital's entry at the centre, such as clr_way. */
  readonly contract?: Record<string, unknown>;
  /** `skipping`: time passes as soon as the workflow only waits. */
  readonly time?: 'real' | 'skipping';
  readonly rules?: Partial<AdmissionRules>;
  readonly timeoutMs?: number;
  /** An existing key ring, for recorded histories. */
  readonly keyRingPath?: string;
  /** Events after which the server suggests to continue as new. */
  readonly suggestRollAt?: number;
}

/** A hospital on real parts: Temporal, worker, store, gateway, and the sandbox centre over HTTP. */
export interface Rig {
  readonly sandbox: Sandbox;
  readonly store: Store;
  readonly env: TestWorkflowEnvironment;
  readonly deps: ReconcileDeps;
  readonly profile: Profile;
  readonly client: Client;
  handle(iptNo: string): WorkflowHandle;
  admit(patient: DemoPatient, extra?: { readonly round?: number } & Record<string, unknown>): Promise<CommandResult>;
  command(iptNo: string, name: string, payload: object, commandId?: string): Promise<CommandResult>;
  /** The same command as a signal, which nobody answers. */
  signal(iptNo: string, name: string, payload: object, commandId?: string): Promise<void>;
  /** Stores the lines as the API does, then uploads them. */
  uploadFees(iptNo: string, rows: readonly Record<string, string>[]): Promise<CommandResult>;
  /** Time on the clock of hospital and centre, ms. */
  now(): number;
  /** Lets time pass everywhere: timers, deadlines, the centre's clock. Only with `time: 'skipping'`. */
  advance(ms: number): Promise<void>;
  state(iptNo: string): Promise<AdmissionState>;
  faults(...faults: readonly object[]): Promise<void>;
  records<T = Record<string, unknown>>(kind: string): Promise<T[]>;
  /** Moves the clocks of the hospital and of the centre to a moment (epoch ms), from which they go on. */
  setClock(at: number): Promise<void>;
  close(): Promise<void>;
}

interface DemoInstitution {
  readonly fixmedins_code: string;
  readonly fixmedins_name: string;
  readonly admdvs: string;
  readonly level: '1' | '2' | '3';
}

export async function openRig(options: RigOptions = {}): Promise<Rig> {
  const dir = mkdtempSync(join(tmpdir(), 'anjie-rig-'));
  const profiles: Record<string, Profile> = { ...loadProfiles() };
  const shipped = found(profiles[options.profile ?? 'default'], `profile ${options.profile}`);
  const profile: Profile = { ...shipped, ...options.settings };
  profiles[profile.id] = profile;
  const sandbox = await startSandbox({ port: 0, dataDir: join(dir, 'centre'), profile });
  const institutions = demo<{ institutions: DemoInstitution[] }>('institutions').institutions.map((each) => ({
    ...each,
    paasid: `demo-${each.fixmedins_code}`,
    secret: 'test-secret-of-the-sandbox',
    ...(each.fixmedins_code === HOSPITAL ? options.contract : {}),
  }));
  await put(sandbox, '_data', { institutions, persons: demo<{ persons: unknown }>('people').persons, items: demo<{ items: unknown }>('catalogue').items });

  const keyRing = openKeyRing(options.keyRingPath ?? join(dir, 'key-ring.json'), { create: true });
  const store = await openMigratedStore({ databaseUrl: `sqlite:${join(dir, 'anjie.db')}`, keyRing });
  const logger = createLogger('test', 'silent');
  let offsetMs = 0;
  const now = (): number => Date.now() + offsetMs;
  const served = institutions.map((each) => ({
    fixmedinsCode: each.fixmedins_code,
    name: each.fixmedins_name,
    admdvs: each.admdvs,
    level: each.level,
    profile: profile.id,
    gateway: { url: sandbox.url, paasid: each.paasid, secret: each.secret },
    operators: [],
  }));
  const gateway = createNationalGateway({
    store,
    profiles,
    logger,
    // A signature holds for minutes of real time, so only an unsigned hospital's messages go by the moved clock.
    clock: profile.signature.family === 'none' ? { now } : systemClock,
    config: {
      national: { baseUrl: sandbox.url, timeoutMs: options.timeoutMs ?? 1_500, concurrency: 16, processes: 1, institutionsPath: '', institutions: served },
      profilesDir: null,
      logLevel: 'silent',
    },
  });

  const env = await openEnvironment(options.time ?? 'real', options.suggestRollAt);
  const dataConverter = createDataConverter(keyRing, 'client', logger);
  const temporal = new Client({ connection: env.connection, namespace: env.namespace, dataConverter });
  const deps: ReconcileDeps = {
    store,
    gateway,
    institution: (code) => found(served.find((each) => each.fixmedinsCode === code), code),
    profile: (id) => found(profiles[id], id),
    now,
    command: stayCommands(temporal),
  };
  const workers = await Promise.all(
    (['admission', 'reconcile'] as const).map((taskQueue) =>
      Worker.create({
        connection: env.nativeConnection,
        namespace: env.namespace ?? 'default',
        taskQueue,
        workflowBundle: { codePath: process.env['ANJIE_WORKFLOW_BUNDLE'] ?? resolve('dist/workflow-bundle.js') },
        activities: taskQueue === 'admission' ? createRegisterActivities(deps) : createReconcileActivities(deps),
        dataConverter: createDataConverter(keyRing, 'worker', logger),
        maxCachedWorkflows: 50,
      }),
    ),
  );
  const running = workers.map((worker) => worker.run());
  const rounds = new Map<string, number>();

  const update = async (work: () => Promise<CommandResult>, again = 5): Promise<CommandResult> => {
    try {
      return await work();
    } catch (error) {
      // The run rolled over under the command; whoever delivers it gives it again under its id, as the API does.
      if (error instanceof ServiceError && again > 0) return update(work, again - 1);
      // A validator's refusal arrives as a failure; the API turns it into the same result.
      const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
      if (!(cause instanceof ApplicationFailure) || !cause.type) throw error;
      return { status: 'refused', refusal: { code: cause.type as never, message: cause.message } };
    }
  };
  const envelope = (payload: object, commandId: string): CommandEnvelope => ({ commandId, payload, operator: OPERATOR });
  const handle = (iptNo: string) => temporal.workflow.getHandle(`admission/${HOSPITAL}/${iptNo}`);

  const command: Rig['command'] = (iptNo, name, payload, commandId = randomUUID()) =>
    update(() => handle(iptNo).executeUpdate<CommandResult, [CommandEnvelope]>(name, { args: [envelope(payload, commandId)], updateId: commandId }));

  return {
    sandbox,
    store,
    env,
    deps,
    profile,
    client: temporal,
    handle,
    now: deps.now,
    advance: async (ms) => {
      if (!('sleep' in env) || options.time !== 'skipping') throw new Error("time passes by itself: open the rig with time: 'skipping'");
      offsetMs += ms;
      await put(sandbox, '_clock', { offsetMs });
      await env.sleep(ms);
    },
    admit: (patient, extra = {}) => {
      rounds.set(patient.iptNo, extra.round ?? 1);
      const { begntime, med_type, ...form } = patient.admission;
      const opened = {
        institution: HOSPITAL, iptNo: patient.iptNo, round: 1, profile: profile.id,
        insutype: patient.patient.insutype, medType: String(med_type), begntime: String(begntime), ...extra,
      };
      const payload = {
        credential: patient.credential, insutype: opened.insutype, medType: opened.medType, begntime: opened.begntime,
        form, diagnoses: patient.diagnoses, ...extra,
      };
      const commandId = randomUUID();
      return update(() =>
        temporal.workflow.executeUpdateWithStart<() => Promise<unknown>, CommandResult, [CommandEnvelope]>('admit', {
          args: [envelope(payload, commandId)],
          updateId: commandId,
          startWorkflowOperation: new WithStartWorkflowOperation('admission', {
            workflowId: `admission/${HOSPITAL}/${patient.iptNo}`,
            taskQueue: 'admission',
            args: [{ opened, rules: { ...admissionRulesOf(profile), secondLookSeconds: 0.1, ...options.rules } }],
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowTaskTimeout: '5s',
          }),
        }),
      );
    },
    command,
    signal: (iptNo, name, payload, commandId = randomUUID()) => handle(iptNo).signal<[CommandEnvelope]>(name, envelope(payload, commandId)),
    uploadFees: async (iptNo, rows) =>
      command(iptNo, 'uploadFees', await storeUpload(store, { admissionId: `${HOSPITAL}/${iptNo}/${rounds.get(iptNo) ?? 1}`, rows })),
    state: (iptNo) => handle(iptNo).query<AdmissionState>('state'),
    faults: (...faults) => put(sandbox, '_faults', { faults }),
    setClock: async (at) => {
      offsetMs = at - Date.now();
      await put(sandbox, '_clock', { offsetMs });
    },
    records: async <T>(kind: string) => {
      const answer = (await (await fetch(`${sandbox.url}/_records?kind=${kind}`)).json()) as Record<string, T[]>;
      return answer[kind] ?? [];
    },
    close: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await env.teardown();
      gateway.close();
      await store.close();
      await sandbox.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const INDEXED_AS = { Keyword: 2, Int: 3, Datetime: 6, KeywordList: 7 } as const;

export async function openEnvironment(time: 'real' | 'skipping', suggestRollAt?: number): Promise<TestWorkflowEnvironment> {
  const path = time === 'real' ? process.env['TEMPORAL_CLI_PATH'] : process.env['TEMPORAL_TEST_SERVER_PATH'];
  if (!path) throw new Error('the Temporal programs are found by tests/support/global-setup.ts');
  const executable = { type: 'existing-path' as const, path };
  if (time === 'skipping') {
    const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
    const searchAttributes = Object.fromEntries(Object.entries(SEARCH_ATTRIBUTES).map(([name, kind]) => [name, INDEXED_AS[kind]]));
    await env.connection.operatorService.addSearchAttributes({ namespace: env.namespace, searchAttributes });
    return env;
  }
  const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, kind]) => ['--search-attribute', `${name}=${kind}`]);
  const fast = ['history.transferProcessorMaxPollRPS=1000', 'history.timerProcessorMaxPollRPS=1000'];
  const settings = suggestRollAt === undefined ? fast : [...fast, `limit.historyCount.suggestContinueAsNew=${suggestRollAt}`];
  const extraArgs = [...attributes, ...settings.flatMap((setting) => ['--dynamic-config-value', setting])];
  return TestWorkflowEnvironment.createLocal({ server: { executable, extraArgs } });
}

async function put(sandbox: Sandbox, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${sandbox.url}/${path}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`no ${what}`);
  return value;
}
