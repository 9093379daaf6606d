import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createBatchActivities } from '../../activities/batch';
import type { BatchDeps, BatchKinds } from '../../activities/batch/kind';
import { openBatch, type NewBatch } from '../../activities/batch/open';
import { BATCH_QUEUE, BATCH_WORKFLOW, batchWorkflowId } from '../../activities/batch/start';
import { createTaxActivities } from '../../activities/tax';
import { openTaxExchange } from '../../activities/tax/exchange';
import type { BatchCommand } from '../../domain/batch/steps';
import type { CommandEnvelope, CommandResult } from '../../domain/commands';
import { isRefusal } from '../../domain/refusal';
import { createDataConverter } from '../../runtime/data-converter';
import { openKeyRing, type KeyRing } from '../../runtime/keys';
import { createLogger } from '../../runtime/logger';
import { Batch } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { openEnvironment } from './admission-rig';
import { openMigratedStore } from './migrated';

export interface BatchRigOptions {
  readonly kinds: BatchKinds;
  readonly keyRingPath?: string;
  readonly suggestRollAt?: number;
  /** Called with the store once its schema stands. */
  readonly prepare?: (store: Store) => Promise<void>;
}

/** Batches on real parts: Temporal, worker, store. */
export interface BatchRig {
  readonly store: Store;
  readonly client: Client;
  readonly keyRing: KeyRing;
  readonly deps: BatchDeps;
  open(order: Partial<NewBatch> & Pick<NewBatch, 'kind' | 'parameters'>): Promise<Batch>;
  /** Gives an order as an update with start, as the API does. */
  order(batch: Batch, name: BatchCommand, commandId?: string): Promise<CommandResult>;
  handle(batch: Batch): WorkflowHandle;
  row(batch: Batch): Promise<Batch>;
  /** Waits until the batch stands so. Throws Error after twenty seconds. */
  until(batch: Batch, fits: (row: Batch) => boolean): Promise<Batch>;
  close(): Promise<void>;
}

export async function openBatchRig({ kinds, keyRingPath, suggestRollAt, prepare }: BatchRigOptions): Promise<BatchRig> {
  const dir = mkdtempSync(join(tmpdir(), 'anjie-batch-'));
  const keyRing = openKeyRing(keyRingPath ?? join(dir, 'key-ring.json'), { create: true });
  const store = await openMigratedStore({ databaseUrl: `sqlite:${join(dir, 'anjie.db')}`, keyRing });
  await prepare?.(store);
  const logger = createLogger('test', 'silent');
  const env = await openEnvironment('real', suggestRollAt);
  const client = new Client({ connection: env.connection, namespace: env.namespace, dataConverter: createDataConverter(keyRing, 'client', logger) });
  const deps: BatchDeps = { store, now: Date.now, tax: await openTaxExchange({ dataDir: dir, shared: null }) };
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    taskQueue: BATCH_QUEUE,
    workflowBundle: { codePath: process.env['ANJIE_WORKFLOW_BUNDLE'] ?? resolve('dist/workflow-bundle.js') },
    activities: { ...createBatchActivities(deps, kinds), ...createTaxActivities(deps, kinds) },
    dataConverter: createDataConverter(keyRing, 'worker', logger),
    maxCachedWorkflows: 50,
  });
  const running = worker.run();
  const row = (batch: Batch): Promise<Batch> => store.read((manager) => manager.findOneByOrFail(Batch, { id: batch.id }));
  return {
    store,
    client,
    keyRing,
    deps,
    row,
    open: async (order) => {
      const batch = await store.write((manager) => openBatch(manager, kinds, { division: '990101', period: '2026-11', makerId: 'maker', ...order }, Date.now()));
      if (isRefusal(batch)) throw new Error(batch.message);
      return batch;
    },
    order: (batch, name, commandId = randomUUID()) =>
      client.workflow.executeUpdateWithStart<() => Promise<unknown>, CommandResult, [CommandEnvelope]>(name, {
        args: [{ commandId, payload: {}, operator: { id: 'rig', name: '测试', type: '1' } }],
        updateId: commandId,
        startWorkflowOperation: new WithStartWorkflowOperation(BATCH_WORKFLOW, {
          workflowId: batchWorkflowId(batch), taskQueue: BATCH_QUEUE, args: [{ batchId: batch.id }] as never, workflowIdConflictPolicy: 'USE_EXISTING', workflowTaskTimeout: '5s',
        }),
      }),
    handle: (batch) => client.workflow.getHandle(batchWorkflowId(batch)),
    until: async (batch, fits) => {
      for (let tries = 0; tries < 400; tries += 1) {
        const now = await row(batch);
        if (fits(now)) return now;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`${batch.id} stands at ${(await row(batch)).state}`);
    },
    close: async () => {
      worker.shutdown();
      await running;
      await env.teardown();
      await store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
