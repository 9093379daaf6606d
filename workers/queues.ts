import { createBatchActivities } from '../activities/batch';
import type { BatchDeps } from '../activities/batch/kind';
import { BATCH_KINDS } from '../activities/batch/registry';
import { createOfficeActivities } from '../activities/office-case';
import type { OfficeDeps } from '../activities/office-case/context';
import { OPERATIONS } from '../activities/office-case/registry';
import { createReconcileActivities } from '../activities/reconcile';
import type { ReconcileDeps } from '../activities/reconcile/context';
import { createRegisterActivities } from '../activities/register';
import { createTaxActivities } from '../activities/tax';
import { createWatchActivities } from '../activities/xr-prepayment/watch';

/** What the activities of any queue are given. */
export type WorkerDeps = ReconcileDeps & Pick<OfficeDeps, 'verifyDecision'> & Pick<BatchDeps, 'registerFiles' | 'tax'>;

/** The task queues: one worker process each, as many processes of a kind as the load wants. */
export const QUEUES = {
  /** 住院 */
  admission: createRegisterActivities,
  /** 日对账 */
  reconcile: createReconcileActivities,
  /** 办件 */
  office: createOfficeQueue,
  /** 批次 */
  batch: createBatchQueue,
} as const satisfies Record<string, (deps: WorkerDeps) => object>;

export type QueueName = keyof typeof QUEUES;

export function isQueueName(text: string): text is QueueName {
  return Object.hasOwn(QUEUES, text);
}

function createOfficeQueue({ store, now, verifyDecision }: WorkerDeps): object {
  return { ...createOfficeActivities({ store, now, verifyDecision, operations: OPERATIONS }), ...createWatchActivities({ store, now }) };
}

function createBatchQueue({ store, now, registerFiles, tax }: WorkerDeps): object {
  const deps: BatchDeps = { store, now, ...(registerFiles ? { registerFiles } : {}), ...(tax ? { tax } : {}) };
  return { ...createBatchActivities(deps, BATCH_KINDS), ...createTaxActivities(deps, BATCH_KINDS) };
}
