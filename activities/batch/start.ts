import type { Batch } from '../../store/entities';

export const BATCH_QUEUE = 'batch';
export const BATCH_WORKFLOW = 'batch';

/** Id of the workflow of a batch: `batch/{kind}/{division}/{id}`. */
export function batchWorkflowId({ kind, division, id }: Pick<Batch, 'kind' | 'division' | 'id'>): string {
  return `batch/${kind}/${division}/${id}`;
}
