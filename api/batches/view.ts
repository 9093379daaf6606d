import { LessThan, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { batchWorkflowId } from '../../activities/batch/start';
import { sumsOf } from '../../activities/batch/sums';
import { paceOf } from '../../domain/batch/pace';
import type { batchView } from '../../schemas/api/batches';
import { Batch } from '../../store/entities';
import type { ApiParts } from '../parts';

type BatchView = z.output<typeof batchView>;
type Summary = Omit<BatchView, 'parameters' | 'sums' | 'before' | 'confirmCaseNo' | 'undoCaseNo' | 'temporalUrl'>;

/** A batch as lists show it. */
export function viewBatchRow(batch: Batch, now: number): Summary {
  const { id, kind, title, division, period, state, hold, total, done, rejected, chunks, phaseDone, reason, createdAt, finishedAt } = batch;
  return { id, kind, title, division, period, state, hold, total, done, rejected, chunks, phaseDone, ...paceOf(batch, now), reason, createdAt, finishedAt };
}

/** A batch with its sums, and those of the last one of its kind that took effect, for comparison. */
export async function viewBatch(manager: EntityManager, parts: ApiParts, batch: Batch): Promise<BatchView> {
  const { id, kind, division, parameters, confirmCaseNo, undoCaseNo, createdAt } = batch;
  const before = await manager.findOne(Batch, { where: { kind, division, state: 'done', createdAt: LessThan(createdAt) }, order: { createdAt: 'DESC' } });
  return {
    ...viewBatchRow(batch, parts.people.now()),
    parameters: parameters as BatchView['parameters'],
    sums: await sumsOf(manager, id),
    before: before && { id: before.id, sums: await sumsOf(manager, before.id) },
    confirmCaseNo,
    undoCaseNo,
    temporalUrl: parts.cases.temporalUrl(batchWorkflowId(batch)),
  };
}
