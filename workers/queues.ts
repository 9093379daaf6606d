import { createReconcileActivities } from '../activities/reconcile';
import type { ReconcileDeps } from '../activities/reconcile/context';
import { createRegisterActivities } from '../activities/register';

/** The task queues: one worker process each, as many processes of a kind as the load wants. */
export const QUEUES = {
  /** 住院 */
  admission: createRegisterActivities,
  /** 日对账 */
  reconcile: createReconcileActivities,
} as const satisfies Record<string, (deps: ReconcileDeps) => object>;

export type QueueName = keyof typeof QUEUES;

export function isQueueName(text: string): text is QueueName {
  return Object.hasOwn(QUEUES, text);
}
