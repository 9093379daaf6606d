import { IsNull, type EntityManager } from 'typeorm';
import { phaseOf, type BatchTraits } from '../../domain/batch/state';
import type { BatchLook } from '../../domain/batch/steps';
import { progressText } from '../../domain/batch/text';
import type { BatchPhase } from '../../domain/batch/types';
import { isRefusal } from '../../domain/refusal';
import { Batch, BatchChunk } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { insertRows } from '../../store/bulk';
import type { BatchDeps, BatchKind, BatchKinds, Frozen } from './kind';
import { RECEIPT } from './phases';
import { kindOf } from './registry';

/** Chunks that are handed out at once: so many fit a run of the workflow before it rolls over. */
const HANDED_OUT = 200;

/** Freezes a batch that was only accepted, and says what is to be done next. */
export async function look(deps: BatchDeps, kinds: BatchKinds, { batchId }: { batchId: string }, heartbeat: () => void): Promise<BatchLook> {
  const batch = await deps.store.read((manager) => manager.findOneByOrFail(Batch, { id: batchId }));
  const kind = kindOf(kinds, batch.kind);
  if (batch.state === 'accepted' && batch.hold === null) await freeze(deps, kind, batch, heartbeat);
  return deps.store.read((manager) => seen(manager, kind, batchId));
}

async function freeze(deps: BatchDeps, kind: BatchKind, batch: Batch, heartbeat: () => void): Promise<void> {
  const frozen = await kind.freeze(deps, batch, heartbeat);
  await deps.store.write(async (manager) => {
    const locked = await lockRow(manager, Batch, { id: batch.id });
    // Two runs of this step may be under way; what was frozen first stands.
    if (locked?.state !== 'accepted') return;
    const now = deps.now();
    if (isRefusal(frozen)) await manager.update(Batch, { id: batch.id }, { state: 'refused', reason: frozen.message.slice(0, 200), finishedAt: now });
    else await plan(manager, batch.id, frozen, now);
  });
}

async function plan(manager: EntityManager, batchId: string, { frozen, ranges }: Frozen, now: number): Promise<void> {
  const columns = ['batch_id', 'chunk_no', 'from_key', 'through_key', 'total', 'done', 'rejected'];
  await insertRows(manager, 'batch_chunk', columns, ranges.map(({ from, through, rows }, chunkNo) => [batchId, chunkNo, from, through, rows, 0, 0]));
  const total = ranges.reduce((sum, { rows }) => sum + rows, 0);
  await manager.update(Batch, { id: batchId }, { state: 'working', frozen, chunks: ranges.length, total, phaseStartedAt: now });
}

async function seen(manager: EntityManager, kind: BatchKind, batchId: string): Promise<BatchLook> {
  const batch = await manager.findOneByOrFail(Batch, { id: batchId });
  const { state, hold, title, chunks } = batch;
  const phase = phaseOf(batch);
  const open = phase === null || hold !== null ? null : await openChunks(manager, batchId, phase);
  const work = open === null || phase === null ? null : { phase, title, chunks, open, parallel: kind.parallel };
  return { state, held: hold !== null, title, work, text: textOf(batch) };
}

async function openChunks(manager: EntityManager, batchId: string, phase: BatchPhase): Promise<readonly number[]> {
  const open = { batchId, [RECEIPT[phase]]: IsNull() };
  const rows = await manager.find(BatchChunk, { where: open, order: { chunkNo: 'ASC' }, take: HANDED_OUT, select: { chunkNo: true } });
  return rows.map(({ chunkNo }) => chunkNo);
}

/** How many chunks a phase has still to finish. */
export function countOpen(manager: EntityManager, batchId: string, phase: BatchPhase): Promise<number> {
  return manager.countBy(BatchChunk, { batchId, [RECEIPT[phase]]: IsNull() });
}

export function traitsOf(kind: BatchKind): BatchTraits {
  return { confirms: kind.confirmedBy !== null, posts: kind.post !== undefined };
}

function textOf(batch: Batch): string {
  const why = batch.reason === null ? '' : `\n\n${batch.reason}`;
  return `**${batch.title}**\n\n${progressText(batch)}${why}`;
}
