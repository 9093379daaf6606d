import { DOCUMENT_NUMBER } from '../domain/documents/number';

const HASH = /^[0-9a-f]{64}$/;
const ADDRESS = /\/v1\/documents\/([^/?#\s]+)\/verify\?hash=([0-9a-f]+)$/;

/** Number and hash of a paper: of the address that its QR code says, or as they were typed; null until both are whole. */
export function scannedDocument(text: string, hash: string): { readonly number: string; readonly hash: string } | null {
  const plain = text.normalize('NFKC').trim();
  const scanned = ADDRESS.exec(plain);
  const found = scanned ? { number: scanned[1] ?? '', hash: scanned[2] ?? '' } : { number: plain, hash: hash.normalize('NFKC').replace(/\s/g, '').toLowerCase() };
  return DOCUMENT_NUMBER.test(found.number) && HASH.test(found.hash) ? found : null;
}
