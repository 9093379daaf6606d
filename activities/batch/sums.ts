import type { EntityManager } from 'typeorm';
import type { BatchSums } from '../../domain/batch/types';
import { add, type Fen, ZERO } from '../../domain/money';
import { BatchChunk } from '../../store/entities';

/** Sums of a batch over all chunks that were worked, by the kind's own names. */
export async function sumsOf(manager: EntityManager, batchId: string): Promise<BatchSums> {
  const sums: Record<string, Fen> = {};
  const chunks = await manager.find(BatchChunk, { where: { batchId }, order: { chunkNo: 'ASC' } });
  for (const { sums: some, workedAt, undoneAt } of chunks) {
    if (workedAt === null || undoneAt !== null) continue;
    for (const [name, amount] of Object.entries((some ?? {}) as BatchSums)) sums[name] = add(sums[name] ?? ZERO, amount);
  }
  return sums;
}
