import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../../domain/commands';
import { isRefusal } from '../../../domain/refusal';
import type { EncryptedFiles } from '../../../runtime/encrypted-files';
import { Batch, ContributionFile } from '../../../store/entities';
import type { Transactions } from '../../../store/transactions';
import type { BatchKinds } from '../../batch/kind';
import { openBatch } from '../../batch/open';
import { wakeBatch } from '../../batch/wake';
import { REGISTER_INTAKE } from '../editions';
import { checkRegister } from './check';
import type { RegisterFormat } from './rows';

export interface ReceiveDeps {
  readonly store: Transactions;
  readonly files: EncryptedFiles;
  readonly kinds: BatchKinds;
  /** Epoch ms. */
  readonly now: () => number;
}

export interface RegisterSource extends RegisterFormat {
  readonly bytes: AsyncIterable<Buffer>;
  readonly receivedBy: string;
  /** Refuses by throwing where the sender may not keep this division's register. */
  readonly mayKeep: (division: string) => void;
}

/** States of a batch after which the same content may be sent anew. */
const WITHOUT_EFFECT: readonly Batch['state'][] = ['refused', 'cancelled', 'undone'];

/**
 * Keeps a register file, encrypted, and opens the batch that works it. The same content is worked once while its batch stands:
 * `repeated` says that it was sent before. Throws RegisterFileProblem for a file that is refused as a whole, and what `bytes` and
 * `mayKeep` throw; then nothing is left of it.
 */
export async function receiveRegister({ store, files, kinds, now }: ReceiveDeps, source: RegisterSource): Promise<{ batch: Batch; repeated: boolean } | Refusal> {
  const id = randomUUID();
  const hash = createHash('sha256');
  const { format, charset, receivedBy } = source;
  await files.write(id, hashing(source.bytes, hash));
  const contentHash = hash.digest('hex');
  let kept = false;
  try {
    const { division, rows, base } = await checkRegister(files.read(id), { format, charset });
    source.mayKeep(division);
    const opened = await store.write(
      async (manager): Promise<{ batch: Batch; repeated: boolean } | Refusal> => {
        const known = await standingBatch(manager, division, contentHash);
        if (known) return { batch: known, repeated: true };
        await manager.insert(ContributionFile, { id, contentHash, division, format, charset, total: rows, baseFen: base, batchId: null, receivedBy, receivedAt: now() });
        const batch = await openBatch(manager, kinds, { kind: REGISTER_INTAKE, division, period: null, parameters: { file: id }, makerId: receivedBy }, now());
        if (isRefusal(batch)) {
          await manager.delete(ContributionFile, { id });
          return batch;
        }
        await manager.update(ContributionFile, { id }, { batchId: batch.id });
        await wakeBatch(manager, batch, 'opened', now());
        return { batch, repeated: false };
      },
      { verify: async (manager) => openedBatch(manager, id) },
    );
    kept = !isRefusal(opened) && !opened.repeated;
    return opened;
  } finally {
    if (!kept) await files.remove(id);
  }
}

async function openedBatch(manager: EntityManager, fileId: string): Promise<{ batch: Batch; repeated: boolean } | undefined> {
  const file = await manager.findOneBy(ContributionFile, { id: fileId });
  const id = file?.batchId ?? null;
  const batch = id === null ? null : await manager.findOneBy(Batch, { id });
  return batch ? { batch, repeated: false } : undefined;
}

/** The batch that works, or worked, the same content and stands. */
async function standingBatch(manager: EntityManager, division: string, contentHash: string): Promise<Batch | null> {
  for (const { batchId } of await manager.findBy(ContributionFile, { contentHash, division })) {
    const batch = batchId === null ? null : await manager.findOneBy(Batch, { id: batchId });
    if (batch && !WITHOUT_EFFECT.includes(batch.state)) return batch;
  }
  return null;
}

async function* hashing(bytes: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
