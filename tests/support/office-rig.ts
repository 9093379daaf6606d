import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, ServiceError, WithStartWorkflowOperation, WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { attachmentsSeen } from '../../activities/office-case/attachments';
import { createBatchActivities } from '../../activities/batch';
import { BATCH_KINDS } from '../../activities/batch/registry';
import { BATCH_QUEUE } from '../../activities/batch/start';
import { openRegisterFiles } from '../../activities/contribution/intake/files';
import { createOfficeActivities } from '../../activities/office-case';
import { createWatchActivities } from '../../activities/xr-prepayment/watch';
import type { OfficeDeps } from '../../activities/office-case/context';
import { openCase } from '../../activities/office-case/open';
import type { RegisterOperations } from '../../activities/office-case/operations';
import { OFFICE_QUEUE, OFFICE_WORKFLOW, startOf } from '../../activities/office-case/start';
import type { CommandEnvelope, CommandResult } from '../../domain/commands';
import type { CaseDefinition } from '../../domain/office-case/definition';
import { decisionSubject } from '../../domain/office-case/digest';
import type { ActPayload, CaseActName, CaseState } from '../../domain/office-case/types';
import { isRefusal } from '../../domain/refusal';
import { createDataConverter } from '../../runtime/data-converter';
import { openDecisionKey, signDecision, verifyDecision, type Decision } from '../../runtime/decisions';
import { openKeyRing, type KeyRing } from '../../runtime/keys';
import { createLogger } from '../../runtime/logger';
import { OfficeCase } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { openEnvironment } from './admission-rig';
import { historiesOf } from './histories';
import { openMigratedStore } from './migrated';
import { seedOffice, type TestPerson } from './office-people';

export interface OfficeRigOptions {
  readonly people: readonly TestPerson[];
  readonly operations?: RegisterOperations;
  /** `skipping`: time passes as soon as the workflow only waits. */
  readonly time?: 'real' | 'skipping';
  readonly keyRingPath?: string;
  /** A database of a server; a file in the rig's folder by default. */
  readonly databaseUrl?: string;
  readonly suggestRollAt?: number;
  /** No worker in this process: the test starts programs of its own on `dataDir`. */
  readonly withoutWorker?: boolean;
  /** Batches are worked too. */
  readonly batches?: boolean;
}

/** An act of a test: whatever is not given is read from the case as it stands. */
export interface TestAct extends Partial<Pick<ActPayload, 'step' | 'slot' | 'round' | 'opinion' | 'form' | 'to'>> {
  readonly for?: string;
  /** Members that the signed decision shall have instead of the right ones. */
  readonly decision?: Partial<Decision>;
  /** The signed text itself. */
  readonly signed?: string;
  readonly commandId?: string;
}

/** Office cases on real parts: Temporal, worker, store, people. */
export interface OfficeRig {
  readonly store: Store;
  readonly env: TestWorkflowEnvironment;
  readonly client: Client;
  readonly deps: OfficeDeps;
  /** Folder of the keys, for a process that shall run beside it. */
  readonly dataDir: string;
  readonly keyRing: KeyRing;
  now(): number;
  advance(ms: number): Promise<void>;
  open(definition: CaseDefinition, makerId: string, division: string, form: Record<string, unknown>): Promise<string>;
  /** Signs a decision as the API does and gives the act as an update. */
  act(caseId: string, userId: string, act: CaseActName, given?: TestAct): Promise<CommandResult>;
  payload(caseId: string, userId: string, act: CaseActName, given?: TestAct): Promise<ActPayload>;
  send(caseId: string, payload: ActPayload, commandId?: string): Promise<CommandResult>;
  signal(caseId: string, payload: unknown, commandId?: string): Promise<void>;
  state(caseId: string): Promise<CaseState>;
  row(caseId: string): Promise<OfficeCase>;
  handle(caseId: string): WorkflowHandle;
  /** Waits until the row of the case is so. Throws Error after ten seconds. */
  until(caseId: string, fits: (state: CaseState) => boolean): Promise<CaseState>;
  /** Replays every run of every case by the code as it is. Throws DeterminismViolationError. Returns how many there were. */
  replayAll(): Promise<number>;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;

export async function openOfficeRig(options: OfficeRigOptions): Promise<OfficeRig> {
  const dir = mkdtempSync(join(tmpdir(), 'anjie-office-'));
  const keyRing = openKeyRing(options.keyRingPath ?? join(dir, 'key-ring.json'), { create: true });
  const store = await openMigratedStore({ databaseUrl: options.databaseUrl ?? `sqlite:${join(dir, 'anjie.db')}`, keyRing });
  await seedOffice(store, options.people);
  const logger = createLogger('test', 'silent');
  const env = await openEnvironment(options.time ?? 'real', options.suggestRollAt);
  const client = new Client({ connection: env.connection, namespace: env.namespace, dataConverter: createDataConverter(keyRing, 'client', logger) });
  const decisionKey = await openDecisionKey(dir);
  let offsetMs = 0;
  const now = (): number => Date.now() + offsetMs;
  const deps: OfficeDeps = { store, now, operations: options.operations ?? {}, verifyDecision: (text, at) => verifyDecision(decisionKey, text, at) };
  const workflowBundle = { codePath: process.env['ANJIE_WORKFLOW_BUNDLE'] ?? resolve('dist/workflow-bundle.js') };
  const workerOptions: WorkerOptions = {
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    taskQueue: OFFICE_QUEUE,
    workflowBundle,
    activities: { ...createOfficeActivities(deps), ...createWatchActivities({ store, now }) },
    dataConverter: createDataConverter(keyRing, 'worker', logger),
    maxCachedWorkflows: 50,
  };
  const batchOptions: WorkerOptions = { ...workerOptions, taskQueue: BATCH_QUEUE, activities: createBatchActivities({ store, now, registerFiles: openRegisterFiles(dir, keyRing) }, BATCH_KINDS) };
  const wanted = options.withoutWorker ? [] : [workerOptions, ...(options.batches ? [batchOptions] : [])];
  const workers = await Promise.all(wanted.map((each) => Worker.create(each)));
  const running = workers.map((worker) => worker.run());
  /** The first run of each case that was begun here. */
  const started = new Map<string, string>();

  const row = (caseId: string): Promise<OfficeCase> => store.read((manager) => manager.findOneByOrFail(OfficeCase, { id: caseId }));
  const stateOf = async (caseId: string): Promise<CaseState> => (await row(caseId)).state as CaseState;
  const envelope = (payload: unknown, commandId: string): CommandEnvelope => ({ commandId, payload, operator: { id: 'rig', name: '测试', type: '1' } });

  const payloadOf: OfficeRig['payload'] = async (caseId, userId, act, given = {}) => {
    const state = await stateOf(caseId);
    const attachments = await store.read((manager) => attachmentsSeen(manager, caseId));
    const maker = ['submit', 'amend', 'withdraw', 'void', 'urge'].includes(act);
    const { step = maker ? 'maker' : (state.step ?? 'maker'), slot = null, round = state.round, opinion = '测试意见', form, to } = given;
    const subject = { act, step, slot, round, opinion, ...(form ? { form } : {}), ...(to ? { to } : {}) };
    const life = { issuedAt: now(), expiresAt: now() + DAY_MS };
    const decision: Decision = {
      ...decisionSubject(state, subject, attachments), ...life, nonce: randomUUID(), userId, forUserId: given.for ?? userId, origin: 'test', ...given.decision,
    };
    return { ...subject, decision: given.signed ?? (await signDecision(decisionKey, decision)) };
  };

  const send: OfficeRig['send'] = async (caseId, payload, commandId = randomUUID()) => {
    const { workflowId, taskQueue, args } = await store.read(async (manager) => startOf(manager, await manager.findOneByOrFail(OfficeCase, { id: caseId })));
    const attempt = async (again: number): Promise<CommandResult> => {
      try {
        const result = await client.workflow.executeUpdateWithStart<() => Promise<unknown>, CommandResult, [CommandEnvelope]>('act', {
          args: [envelope(payload, commandId)],
          updateId: commandId,
          startWorkflowOperation: new WithStartWorkflowOperation(OFFICE_WORKFLOW, {
            workflowId, taskQueue, args: args as never, workflowIdConflictPolicy: 'USE_EXISTING', workflowTaskTimeout: '5s',
          }),
        });
        if (!started.has(caseId)) started.set(caseId, (await client.workflow.getHandle(caseId).describe()).runId);
        return result;
      } catch (error) {
        // The run rolled over under the command; whoever delivers it gives it again under its id, as the API does.
        if (error instanceof ServiceError && again > 0) return attempt(again - 1);
        const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
        if (!(cause instanceof ApplicationFailure) || !cause.type) throw error;
        return { status: 'refused', refusal: { code: cause.type as never, message: cause.message } };
      }
    };
    return attempt(5);
  };

  return {
    store,
    env,
    client,
    deps,
    dataDir: dir,
    keyRing,
    now,
    row,
    state: stateOf,
    payload: payloadOf,
    send,
    advance: async (ms) => {
      if (!('sleep' in env) || options.time !== 'skipping') throw new Error("time passes by itself: open the rig with time: 'skipping'");
      offsetMs += ms;
      await env.sleep(ms);
    },
    open: async (definition, makerId, division, form) => {
      const opened = await store.write((manager) => openCase(manager, { definition, division, makerId, form }, now()));
      if (isRefusal(opened)) throw new Error(opened.message);
      return opened.id;
    },
    act: async (caseId, userId, act, given = {}) => send(caseId, await payloadOf(caseId, userId, act, given), given.commandId),
    signal: (caseId, payload, commandId = randomUUID()) => client.workflow.getHandle(caseId).signal<[CommandEnvelope]>('act', envelope(payload, commandId)),
    handle: (caseId) => client.workflow.getHandle(caseId),
    until: async (caseId, fits) => {
      for (let tries = 0; tries < 200; tries += 1) {
        const state = await stateOf(caseId);
        if (fits(state)) return state;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`${caseId} stands at ${(await row(caseId)).waitsFor || (await row(caseId)).status}`);
    },
    replayAll: async () => {
      let runs = 0;
      for (const [id, firstRun] of started) {
        for (const history of await historiesOf({ client }, id, firstRun)) {
          await Worker.runReplayHistory({ workflowBundle, dataConverter: createDataConverter(keyRing, 'worker', logger) }, history, id);
          runs += 1;
        }
      }
      return runs;
    },
    close: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await env.teardown();
      await store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
