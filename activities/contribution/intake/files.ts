import { join } from 'node:path';
import { type EncryptedFiles, openEncryptedFiles } from '../../../runtime/encrypted-files';
import type { KeyRing } from '../../../runtime/keys';

/** Largest register file, bytes. */
export const FILE_LIMIT = 400_000_000;

/** Register files in the data folder: the API writes them, workers of batches read them. */
export function openRegisterFiles(dataDir: string, keyRing: Pick<KeyRing, 'encrypt' | 'decrypt'>): EncryptedFiles {
  return openEncryptedFiles(join(dataDir, 'register-files'), keyRing, FILE_LIMIT);
}
