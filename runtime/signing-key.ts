import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CryptoKey, type JWK, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';

/** Signature algorithm of all keys that this installation makes for itself. */
export const SIGNING_ALGORITHM = 'ES256';

/** A key pair of this installation; `kid` is the thumbprint of its public half. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

type EcJwk = JWK & { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string };

/**
 * Opens the key pair in a file, which is made with mode 0600 when it is missing. Of several processes that start at once
 * one wins and all use its key. Throws the file system's error, or SyntaxError when the file is damaged.
 */
export async function openSigningKey(path: string): Promise<SigningKey> {
  const jwk = readKey(path) ?? (await createKey(path));
  const publicJwk: JWK = { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y };
  return {
    kid: await calculateJwkThumbprint(publicJwk),
    privateKey: await importAsymmetric(jwk, path),
    publicKey: await importAsymmetric(publicJwk, path),
  };
}

async function importAsymmetric(jwk: JWK, path: string): Promise<CryptoKey> {
  const key = await importJWK(jwk, SIGNING_ALGORITHM);
  if (key instanceof Uint8Array) throw new Error(`${path} holds a symmetric key`);
  return key;
}

function readKey(path: string): EcJwk | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return JSON.parse(text) as EcJwk;
}

/** A hard link never replaces a file, so the first process's key is used by all. */
async function createKey(path: string): Promise<EcJwk> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(await exportJWK(privateKey))}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  const stored = readKey(path);
  if (!stored) throw new Error(`${path} vanished while it was made`);
  return stored;
}
