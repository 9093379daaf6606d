import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The key ring: the keys that encrypt personal data in the database, in Temporal's payloads and in stored messages.
 *
 * File: `{"current": id, "keys": {id: base64 of 32 bytes}, "checks": {id: hex}, "hashKey": base64 of 32 bytes}`, mode 0600.
 * `checks` lets a damaged key be told from a damaged ciphertext; a hand-written ring may leave it out.
 * Ciphertext: version 1 (1 byte) · length of the key id (1) · key id · nonce (12) · AES-256-GCM text · tag (16);
 * the header up to the nonce is authenticated.
 */
export interface KeyRing {
  readonly path: string;
  /** Id of the key that encrypts now. */
  readonly currentKeyId: string;
  /** Ids of all keys that can decrypt. */
  readonly keyIds: readonly string[];
  /** Encrypts bytes or UTF-8 text with the current key. */
  encrypt(plain: Buffer | string): Buffer;
  /** Throws KeyRingError `unknownKey` (names the key id) or `damagedCiphertext`. */
  decrypt(ciphertext: Buffer): Buffer;
  /** Adds a key that can decrypt but does not encrypt yet, and returns its id: first step of a rotation over many machines. */
  addKey(): string;
  /** Makes `keyId`, or a new key, the current one and returns its id. Old keys stay for reading. */
  rotate(keyId?: string): string;
  /** HMAC-SHA-256 in hex, for looking up personal data without storing it. Its key never rotates. */
  keyedHash(text: string): string;
  /** Encrypts and decrypts a probe with every key; throws KeyRingError naming the key that fails. */
  prove(): void;
}

export type KeyRingProblem =
  | 'missingRing'
  | 'damagedRing'
  | 'damagedKey'
  | 'unknownKey'
  | 'damagedCiphertext'
  | 'rotationUnderWay'
  | 'noRingInUse';

/** A key ring or a ciphertext that cannot be used. Messages name files and key ids, never key material or plain text. */
export class KeyRingError extends Error {
  constructor(
    readonly problem: KeyRingProblem,
    message: string,
    readonly keyId?: string,
  ) {
    super(message);
    this.name = 'KeyRingError';
  }
}

interface RingFile {
  current: string;
  keys: Record<string, string>;
  checks: Record<string, string>;
  hashKey: string;
}

interface LoadedRing {
  file: RingFile;
  keys: ReadonlyMap<string, Buffer>;
  hashKey: Buffer;
}

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Opens the key ring at `path`. With `create`, a missing ring is generated; of several processes that do so at once
 * one wins and all use its ring. Throws KeyRingError `missingRing`, `damagedRing` or `damagedKey`.
 */
export function openKeyRing(path: string, options: { create?: boolean } = {}): KeyRing {
  if (options.create) createRingIfMissing(path);
  return new FileKeyRing(path);
}

/** Encrypts with one given key under its id; the layout is described at KeyRing. */
export function encryptWithKey(keyId: string, key: Buffer, plain: Buffer): Buffer {
  const id = Buffer.from(keyId, 'utf8');
  const header = Buffer.concat([Buffer.from([VERSION, id.length]), id]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(header);
  return Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Id of the key that a ciphertext was made with. Throws KeyRingError `damagedCiphertext` when there is no header. */
export function keyIdOf(ciphertext: Buffer): string {
  const length = ciphertext[1] ?? 0;
  const keyId = ciphertext.subarray(2, 2 + length).toString('utf8');
  const complete = ciphertext.length >= 2 + length + NONCE_BYTES + TAG_BYTES;
  if (ciphertext[0] !== VERSION || !complete || !KEY_ID.test(keyId)) {
    throw new KeyRingError('damagedCiphertext', 'not a ciphertext of this program: its header is damaged');
  }
  return keyId;
}

let ringInUse: KeyRing | undefined;

/**
 * Sets the key ring that encrypted columns use in this process; pass undefined to forget it. It is process-wide because
 * TypeORM builds column transformers when entity classes load, before any ring is open.
 */
export function useKeyRing(ring: KeyRing | undefined): void {
  ringInUse = ring;
}

/** The ring that `useKeyRing` set. Throws KeyRingError `noRingInUse`. */
export function currentKeyRing(): KeyRing {
  if (!ringInUse) throw new KeyRingError('noRingInUse', 'no key ring is in use: call useKeyRing or openStore first');
  return ringInUse;
}

class FileKeyRing implements KeyRing {
  private ring: LoadedRing;

  constructor(readonly path: string) {
    this.ring = loadRing(path);
  }

  get currentKeyId(): string {
    return this.ring.file.current;
  }

  get keyIds(): readonly string[] {
    return [...this.ring.keys.keys()];
  }

  encrypt(plain: Buffer | string): Buffer {
    const bytes = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain;
    return encryptWithKey(this.currentKeyId, this.keyOf(this.currentKeyId), bytes);
  }

  decrypt(ciphertext: Buffer): Buffer {
    const keyId = keyIdOf(ciphertext);
    const headerEnd = 2 + Buffer.byteLength(keyId, 'utf8');
    const textStart = headerEnd + NONCE_BYTES;
    const textEnd = ciphertext.length - TAG_BYTES;
    const decipher = createDecipheriv(CIPHER, this.keyOf(keyId), ciphertext.subarray(headerEnd, textStart), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(ciphertext.subarray(0, headerEnd));
    decipher.setAuthTag(ciphertext.subarray(textEnd));
    try {
      return Buffer.concat([decipher.update(ciphertext.subarray(textStart, textEnd)), decipher.final()]);
    } catch {
      throw new KeyRingError(
        'damagedCiphertext',
        `a ciphertext made with key ${keyId} does not open: it was changed, or this ring holds another key by that id`,
        keyId,
      );
    }
  }

  addKey(): string {
    return this.change((file) => addKeyTo(file));
  }

  rotate(keyId?: string): string {
    return this.change((file) => {
      const next = keyId ?? addKeyTo(file);
      if (file.keys[next] === undefined) throw unknownKey(next, this.path);
      file.current = next;
      return next;
    });
  }

  keyedHash(text: string): string {
    return createHmac('sha256', this.ring.hashKey).update(text, 'utf8').digest('hex');
  }

  prove(): void {
    this.ring = loadRing(this.path);
    for (const [keyId, key] of this.ring.keys) {
      const probe = randomBytes(KEY_BYTES);
      if (!this.decrypt(encryptWithKey(keyId, key, probe)).equals(probe)) throw damagedKey(keyId, this.path);
    }
  }

  /** The key by its id; looks into the file again first, because another process may have rotated. */
  private keyOf(keyId: string): Buffer {
    const known = this.ring.keys.get(keyId);
    if (known) return known;
    this.ring = loadRing(this.path);
    const fresh = this.ring.keys.get(keyId);
    if (!fresh) throw unknownKey(keyId, this.path);
    return fresh;
  }

  /** Changes the file under a lock file and replaces it by a rename, so that readers see the old or the new ring. */
  private change(edit: (file: RingFile) => string): string {
    const lock = `${this.path}.lock`;
    claimLock(lock);
    try {
      const { file } = loadRing(this.path);
      const keyId = edit(file);
      const temporary = temporaryName(this.path);
      writePrivateFile(temporary, file);
      renameSync(temporary, this.path);
      syncDirectory(dirname(this.path));
      this.ring = loadRing(this.path);
      return keyId;
    } finally {
      rmSync(lock, { force: true });
    }
  }
}

function createRingIfMissing(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const file: RingFile = { current: '', keys: {}, checks: {}, hashKey: randomBytes(KEY_BYTES).toString('base64') };
  file.current = addKeyTo(file);
  const temporary = temporaryName(path);
  writePrivateFile(temporary, file);
  try {
    // A hard link never replaces an existing file, so the first process wins and a half-written ring is never seen.
    linkSync(temporary, path);
    syncDirectory(dirname(path));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function addKeyTo(file: RingFile): string {
  const keyId = `k${randomBytes(6).toString('hex')}`;
  const key = randomBytes(KEY_BYTES);
  file.keys[keyId] = key.toString('base64');
  file.checks[keyId] = checkOf(keyId, key);
  return keyId;
}

function checkOf(keyId: string, key: Buffer): string {
  return createHmac('sha256', key).update(`key check ${keyId}`).digest('hex').slice(0, 16);
}

function loadRing(path: string): LoadedRing {
  const file = parseRing(path, readRing(path));
  const keys = new Map<string, Buffer>();
  for (const [keyId, text] of Object.entries(file.keys)) keys.set(keyId, decodeKey(path, keyId, text, file.checks[keyId]));
  if (!keys.has(file.current)) throw unknownKey(file.current, path);
  return { file, keys, hashKey: decodeKey(path, 'hashKey', file.hashKey) };
}

function readRing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new KeyRingError('missingRing', `there is no key ring at ${path}; restore it from its backup`);
  }
}

function parseRing(path: string, text: string): RingFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new KeyRingError('damagedRing', `the key ring at ${path} is not JSON; restore it from its backup`);
  }
  const ring = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof RingFile, unknown>>;
  const { current, keys, checks = {}, hashKey } = ring;
  if (typeof current !== 'string' || typeof hashKey !== 'string' || !isTextRecord(keys) || !isTextRecord(checks)) {
    throw new KeyRingError('damagedRing', `the key ring at ${path} lacks current, keys or hashKey`);
  }
  return { current, keys, checks, hashKey };
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'string');
}

function decodeKey(path: string, keyId: string, text: string, check?: string): Buffer {
  const key = Buffer.from(text, 'base64');
  const wellFormed = KEY_ID.test(keyId) && key.length === KEY_BYTES && key.toString('base64') === text;
  if (!wellFormed || (check !== undefined && !sameText(check, checkOf(keyId, key)))) throw damagedKey(keyId, path);
  return key;
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function damagedKey(keyId: string, path: string): KeyRingError {
  return new KeyRingError('damagedKey', `key ${keyId} in the key ring at ${path} is damaged; restore it from its backup`, keyId);
}

function unknownKey(keyId: string, path: string): KeyRingError {
  return new KeyRingError('unknownKey', `key ${keyId} is not in the key ring at ${path}; restore the ring that holds it`, keyId);
}

function temporaryName(path: string): string {
  return `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
}

function writePrivateFile(path: string, file: RingFile): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(file, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function claimLock(lock: string): void {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    throw new KeyRingError('rotationUnderWay', `another rotation holds ${lock}; remove that file if its process died`);
  }
}

function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}
