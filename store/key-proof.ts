import { KeyRingError, type KeyRing } from '../runtime/keys';
import { KeyProof } from './entities';
import { StoreError } from './errors';
import { insertOnce } from './rows';
import type { Transactions } from './transactions';

const NAME = 'ring';
const SAMPLE = 'anjie key proof';

/**
 * Proves that the key ring in use is the one that this database was written with; the first use of a database leaves
 * the proof. Throws StoreError `foreignKeyRing`.
 */
export async function proveKeyRing(transactions: Transactions, ring: KeyRing): Promise<void> {
  try {
    const proof = await transactions.read((manager) => manager.findOneBy(KeyProof, { name: NAME }));
    if (proof && (proof.sample !== SAMPLE || proof.sampleHash !== ring.keyedHash(SAMPLE))) throw foreignKeyRing();
    if (proof) return;
  } catch (error) {
    throw error instanceof KeyRingError ? foreignKeyRing(error) : error;
  }
  const left = await transactions.write((manager) =>
    insertOnce(manager, KeyProof, { name: NAME, sample: SAMPLE, sampleHash: ring.keyedHash(SAMPLE) }),
  );
  if (!left) await proveKeyRing(transactions, ring);
}

function foreignKeyRing(cause?: unknown): StoreError {
  return new StoreError('foreignKeyRing', '这个数据库是用另一份密钥环写的：请恢复那一份密钥环。', { cause });
}
