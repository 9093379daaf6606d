import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type Batch, Command } from '../../store/entities';
import { insertOnce } from '../../store/rows';
import { BATCH_QUEUE, BATCH_WORKFLOW, batchWorkflowId } from './start';

/** How the workflow of a batch is started by whatever it is told first. */
export function batchStart(batch: Pick<Batch, 'kind' | 'division' | 'id' | 'title'>): { workflowId: string; start: object } {
  return {
    workflowId: batchWorkflowId(batch),
    start: { type: BATCH_WORKFLOW, taskQueue: BATCH_QUEUE, summary: batch.title, input: { batchId: batch.id } },
  };
}

/**
 * Leaves word, in the transaction of what changed the batch, that its workflow has something to do; the API's sweeper
 * delivers it. `because` is unique for the batch.
 */
export async function wakeBatch(manager: EntityManager, batch: Pick<Batch, 'kind' | 'division' | 'id' | 'title'>, because: string, now: number): Promise<void> {
  const { workflowId, start } = batchStart(batch);
  const idempotencyKey = createHash('sha256').update(`${batch.id}/${because}`).digest('hex');
  await insertOnce(manager, Command, {
    id: randomUUID(), institution: batch.division, idempotencyKey, bodyHash: idempotencyKey, process: 'batch', workflowId, name: 'proceed',
    payload: { payload: {}, operator: { id: 'system', name: '系统', type: '1' }, start },
    state: 'accepted', leaseUntil: now, result: null, createdAt: now, doneAt: null,
  });
}
