import { In, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { phaseOf } from '../../domain/batch/state';
import type { batchesPage } from '../../schemas/api/ops';
import { Batch as BatchRun, Reconciliation, XrClearingBatch, XrIntakeFile } from '../../store/entities';
import type { OpsScope } from './scope';

/** Of each kind, the newest. */
const MOST_OF_A_KIND = 50;
const UNDER_WAY = ['loading', 'generating', 'running', 'accepted', 'working', 'posting', 'discarding', 'undoing'];

/** One batch and how far it is. */
type Batch = z.output<typeof batchesPage>['items'][number];

/** Batches (批次) of a scope: those under way first, then the newest. */
export async function batchesWithin(manager: EntityManager, { divisions, institutions }: OpsScope): Promise<readonly Batch[]> {
  const office = In([...divisions]);
  const files = await manager.find(XrIntakeFile, { where: { division: office }, order: { id: 'DESC' }, take: MOST_OF_A_KIND });
  const clearings = await manager.find(XrClearingBatch, { where: { office }, order: { period: 'DESC', id: 'DESC' }, take: MOST_OF_A_KIND });
  const days = await manager.find(Reconciliation, { where: { institution: In([...institutions]) }, order: { startedAt: 'DESC' }, take: MOST_OF_A_KIND });
  const runs = await manager.find(BatchRun, { where: { division: office }, order: { createdAt: 'DESC' }, take: MOST_OF_A_KIND });
  const batches = [...runs.map(ofRun), ...files.map(ofFile), ...clearings.map(ofClearing), ...days.map(ofDay)];
  return batches.sort((a, b) => Number(isUnderWay(b)) - Number(isUnderWay(a)) || (b.startedAt ?? 0) - (a.startedAt ?? 0));
}

function isUnderWay({ state }: Batch): boolean {
  return UNDER_WAY.includes(state);
}

/** How far the phase under way is, in rows; of what stands, the rows that it works on. */
function ofRun(row: BatchRun): Batch {
  const { id, title, state, hold, total, chunks, phaseDone, rejected, createdAt, finishedAt } = row;
  const done = phaseOf(row) === null ? total : chunks === 0 ? 0 : Math.floor((total * phaseDone) / chunks);
  return { id, kind: 'batch', title, state: hold ?? state, done: state === 'accepted' ? 0 : done, total: state === 'accepted' ? null : total, failed: rejected, startedAt: createdAt, finishedAt };
}

function ofFile(row: XrIntakeFile): Batch {
  const { id, division, state, lines, announced, rejected, receivedAt } = row;
  return { id: `intake/${id}`, kind: 'intake', title: `异地结算接收 ${division}`, state, done: lines, total: announced, failed: rejected, startedAt: receivedAt, finishedAt: null };
}

function ofClearing({ id, office, period, status, items, generatedAt, approvedAt }: XrClearingBatch): Batch {
  const total = status === 'generating' ? null : items;
  return { id, kind: 'clearing', title: `月度清算 ${office} ${period}`, state: status, done: items, total, failed: 0, startedAt: generatedAt, finishedAt: approvedAt };
}

function ofDay({ id, institution, businessDate, state, startedAt, finishedAt }: Reconciliation): Batch {
  const isDone = finishedAt !== null;
  return {
    id, kind: 'reconciliation', title: `日对账 ${institution} ${businessDate}`, state, done: isDone ? 1 : 0, total: 1, failed: state === 'failed' || state === 'differs' ? 1 : 0, startedAt, finishedAt,
  };
}
