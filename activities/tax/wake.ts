import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { TAX_WORKFLOW } from '../../domain/tax/steps';
import { Command } from '../../store/entities';
import { insertOnce } from '../../store/rows';
import { BATCH_QUEUE } from '../batch/start';

/** The run that people and confirmed batches start; the Schedule starts its own. */
export const TAX_EXCHANGE_ID = 'tax-exchange/on-demand';

/** How the exchange is started by whatever it is told first. */
export const TAX_EXCHANGE_START = { type: TAX_WORKFLOW, taskQueue: BATCH_QUEUE, summary: '医税交换', input: {} } as const;

/** Leaves word, in the transaction of what made a file ready, that there is something to send; the API's sweeper delivers it. */
export async function wakeExchange(manager: EntityManager, division: string, because: string, now: number): Promise<void> {
  const idempotencyKey = createHash('sha256').update(`tax-exchange/${because}`).digest('hex');
  await insertOnce(manager, Command, {
    id: randomUUID(), institution: division, idempotencyKey, bodyHash: idempotencyKey, process: 'batch', workflowId: TAX_EXCHANGE_ID, name: 'proceed',
    payload: { payload: {}, operator: { id: 'system', name: '系统', type: '1' }, start: TAX_EXCHANGE_START },
    state: 'accepted', leaseUntil: now, result: null, createdAt: now, doneAt: null,
  });
}
