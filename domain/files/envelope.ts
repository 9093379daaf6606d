/**
 * Sealed transport: the finished bytes encrypted by SM4-CBC and signed by SM2 (with SM3, user id 1234567812345678) over the plain
 * bytes. `AJS1`, a version byte, 16 bytes IV, cipher text, then 32 bytes SM3 of the plain bytes and 64 bytes signature (r, s).
 * Keys come from the caller.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, type Hash } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import type { Chunks } from './form';
import { FileProblem } from './problems';

const MAGIC = Buffer.from('AJS1\x01', 'latin1');
const IV_BYTES = 16;
const TAIL_BYTES = 32 + 64;
const BLOCK = 16;
/** The id that GM/T 0009 names for who has none of his own. */
export const SM2_USER_ID = '1234567812345678';
/** Order of the SM2 curve; r and s are 1 to n−1. */
const ORDER = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123');

export interface SealKeys {
  /** SM4, 16 bytes. */
  readonly sm4Key: Buffer;
  /** SM2 private key of the sender, 64 hex digits. */
  readonly privateKey: string;
}

export interface OpenKeys {
  readonly sm4Key: Buffer;
  /** SM2 public key of the sender, 130 hex digits, `04` first. */
  readonly publicKey: string;
}

/** SM3 over the identity of the key and then the message, which is what SM2 signs. */
function signedHash(publicKey: string): Hash {
  return createHash('sm3').update(sm2.getZ(publicKey, SM2_USER_ID));
}

/** SM2 signature, r and s in 128 hex digits, of a message whose hash was made by `signedHash`. */
function signatureOf(hash: Hash, privateKey: string): string {
  return sm2.doSignature(hash.digest(), privateKey, { hash: false });
}

/** Whether a signature (128 hex digits) is of these hashed bytes. r or s outside 1 to n−1 is none, whatever the library says. */
export function signatureHolds(digest: Buffer, signature: string, publicKey: string): boolean {
  const [r, s] = [BigInt(`0x${signature.slice(0, 64)}`), BigInt(`0x${signature.slice(64)}`)];
  if (r <= 0n || s <= 0n || r >= ORDER || s >= ORDER) return false;
  return sm2.doVerifySignature(digest, signature, publicKey, { hash: false });
}

/** Seals bytes in constant memory. `iv` is random but in tests. */
export async function* sealed(plain: Chunks, { sm4Key, privateKey }: SealKeys, iv: Buffer = randomBytes(IV_BYTES)): AsyncGenerator<Buffer> {
  const cipher = createCipheriv('sm4-cbc', sm4Key, iv);
  const digest = createHash('sm3');
  const hash = signedHash(sm2.getPublicKeyFromPrivateKey(privateKey));
  yield Buffer.concat([MAGIC, iv]);
  for await (const chunk of plain) {
    digest.update(chunk);
    hash.update(chunk);
    const encrypted = cipher.update(chunk);
    if (encrypted.length > 0) yield encrypted;
  }
  yield Buffer.concat([cipher.final(), digest.digest(), Buffer.from(signatureOf(hash, privateKey), 'hex')]);
}

/**
 * Opens sealed bytes in constant memory. Plain bytes are given before the signature could be checked, so the caller puts them
 * aside and uses none until the end. Throws FileProblem FILE_ENVELOPE_INVALID (not ours, cut), FILE_DECRYPT_FAILED (wrong key,
 * broken padding, another mode), FILE_SIGNATURE_INVALID.
 */
export async function* opened(chunks: Chunks, { sm4Key, publicKey }: OpenKeys): AsyncGenerator<Buffer> {
  const head = MAGIC.length + IV_BYTES;
  const digest = createHash('sm3');
  const hash = signedHash(publicKey);
  let decipher: ReturnType<typeof createDecipheriv> | null = null;
  let held: Buffer = Buffer.alloc(0);
  let encryptedBytes = 0;
  const take = (plain: Buffer): Buffer => {
    digest.update(plain);
    hash.update(plain);
    return plain;
  };
  for await (const chunk of chunks) {
    held = Buffer.concat([held, chunk]);
    if (decipher === null) {
      if (held.length < head) continue;
      if (!held.subarray(0, MAGIC.length).equals(MAGIC)) throw new FileProblem('FILE_ENVELOPE_INVALID');
      decipher = createDecipheriv('sm4-cbc', sm4Key, held.subarray(MAGIC.length, head));
      held = held.subarray(head);
    }
    if (held.length <= TAIL_BYTES) continue;
    const encrypted = held.subarray(0, held.length - TAIL_BYTES);
    encryptedBytes += encrypted.length;
    const plain = take(decipher.update(encrypted));
    held = Buffer.from(held.subarray(held.length - TAIL_BYTES));
    if (plain.length > 0) yield plain;
  }
  if (decipher === null || held.length !== TAIL_BYTES || encryptedBytes === 0 || encryptedBytes % BLOCK !== 0) throw new FileProblem('FILE_ENVELOPE_INVALID');
  let last: Buffer;
  try {
    last = take(decipher.final());
  } catch {
    throw new FileProblem('FILE_DECRYPT_FAILED');
  }
  if (last.length > 0) yield last;
  // A wrong key gives a padding that looks right once in 256 times; the digest tells it from a forged signature.
  if (!digest.digest().equals(held.subarray(0, 32))) throw new FileProblem('FILE_DECRYPT_FAILED', '解密后的摘要不符');
  if (!signatureHolds(hash.digest(), held.subarray(32).toString('hex'), publicKey)) throw new FileProblem('FILE_SIGNATURE_INVALID');
}
