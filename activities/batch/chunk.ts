import type { EntityManager } from 'typeorm';
import { phaseOf } from '../../domain/batch/state';
import type { ChunkInput } from '../../domain/batch/steps';
import type { ChunkOutcome } from '../../domain/batch/types';
import { failpoint } from '../../runtime/failpoint';
import { currentKeyRing } from '../../runtime/keys';
import { insertRows } from '../../store/bulk';
import { Batch, BatchChunk } from '../../store/entities';
import { lockRow } from '../../store/rows';
import type { BatchDeps, BatchKind, BatchKinds, Chunk } from './kind';
import { RECEIPT } from './phases';
import { kindOf } from './registry';

/** The batch is no longer in the phase in which the chunk was begun: what the chunk wrote is rolled back. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * Carries one chunk through one phase and leaves the receipt in the same transaction: whoever comes second finds it and does
 * nothing. The batch is locked last, so that chunks side by side wait for one another only to commit.
 */
export async function workChunk(deps: BatchDeps, kinds: BatchKinds, { batchId, phase, chunk: chunkNo }: ChunkInput, heartbeat: () => void): Promise<{ stopped: boolean }> {
  const { batch, row } = await deps.store.read(async (manager) => ({
    batch: await manager.findOneByOrFail(Batch, { id: batchId }),
    row: await manager.findOneByOrFail(BatchChunk, { batchId, chunkNo }),
  }));
  if (row[RECEIPT[phase]] !== null) return { stopped: false };
  if (phaseOf(batch) !== phase || batch.hold !== null) return { stopped: true };
  const kind = kindOf(kinds, batch.kind);
  const chunk: Chunk = { no: chunkNo, from: row.fromKey, through: row.throughKey, rows: row.total };
  const read = phase === 'work' ? await kind.read(deps, batch, chunk, heartbeat) : undefined;
  try {
    await deps.store.write(async (manager) => {
      const locked = await lockRow(manager, BatchChunk, { batchId, chunkNo });
      if (!locked || locked[RECEIPT[phase]] !== null) return;
      const outcome = await perform(manager, kind, batch, phase, chunk, read, locked);
      await failpoint('after-answer-before-commit');
      await receipt(manager, { batchId, phase, chunkNo, outcome, now: deps.now() });
    });
  } catch (error) {
    if (error instanceof Stopped) return { stopped: true };
    throw error;
  }
  await failpoint('after-commit');
  return { stopped: false };
}

async function perform(manager: EntityManager, kind: BatchKind, batch: Batch, phase: ChunkInput['phase'], chunk: Chunk, read: unknown, row: BatchChunk): Promise<ChunkOutcome | null> {
  if (phase === 'work') {
    const outcome = await kind.work(manager, batch, chunk, read);
    await keepRejects(manager, batch.id, chunk.no, outcome);
    return outcome;
  }
  if (phase === 'post') await kind.post?.(manager, batch, chunk);
  // What was never worked leaves nothing to take back.
  if (phase === 'discard' && row.workedAt !== null) await kind.discard(manager, batch, chunk);
  if (phase === 'undo') await kind.undo?.(manager, batch, chunk);
  return null;
}

async function keepRejects(manager: EntityManager, batchId: string, chunkNo: number, { rejects }: ChunkOutcome): Promise<void> {
  const keys = currentKeyRing();
  const counts = new Map<number, number>();
  const rows = rejects.map(({ rowNo, subject, code, text }) => {
    const no = counts.get(rowNo) ?? 0;
    counts.set(rowNo, no + 1);
    return [batchId, rowNo, no, chunkNo, subject, code, keys.encrypt(text)];
  });
  await insertRows(manager, 'batch_reject', ['batch_id', 'row_no', 'no', 'chunk_no', 'subject', 'code', 'text'], rows);
}

async function receipt(
  manager: EntityManager,
  { batchId, phase, chunkNo, outcome, now }: { batchId: string; phase: ChunkInput['phase']; chunkNo: number; outcome: ChunkOutcome | null; now: number },
): Promise<void> {
  const came = outcome ? { done: outcome.done, rejected: new Set(outcome.rejects.map(({ rowNo }) => rowNo)).size, sums: outcome.sums } : {};
  await manager.update(BatchChunk, { batchId, chunkNo }, { [RECEIPT[phase]]: now, ...came });
  const batch = await lockRow(manager, Batch, { id: batchId });
  if (!batch || phaseOf(batch) !== phase) throw new Stopped();
  await manager.update(Batch, { id: batchId }, {
    phaseDone: batch.phaseDone + 1,
    ...(outcome ? { done: batch.done + (came.done ?? 0), rejected: batch.rejected + (came.rejected ?? 0) } : {}),
  });
}
