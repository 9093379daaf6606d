import { type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import { type KeyRing, keyIdOf } from './keys';

/** `encoding` of an encrypted payload. */
export const ENCRYPTED_ENCODING = 'binary/encrypted';

/**
 * What a worker hands to workflow code in place of a plain payload. Its content never reaches the code: the shape checks of
 * commands refuse it like any other malformed command, and the workflow records that.
 */
export const REFUSED_PAYLOAD = { refusedPayload: 'plain' } as const;

/** Thrown for a payload that reached us unencrypted. Carries no content. */
export class PlainPayloadError extends ValueError {
  override readonly name = 'PlainPayloadError';
  constructor(readonly encoding: string) {
    super(
      `a payload came unencrypted (encoding ${JSON.stringify(encoding)}); from the command line give --codec-endpoint and --codec-auth`,
    );
  }
}

export interface PayloadCodecOptions {
  readonly keyRing: KeyRing;
  /**
   * What to do with an unencrypted payload: `throw` a PlainPayloadError (clients), or `mark` it as REFUSED_PAYLOAD (workers:
   * throwing there would fail the workflow task again and again and block the workflow for good).
   */
  readonly plain: 'throw' | 'mark';
  /** Told about every unencrypted payload, for the log and the alarm; gets its encoding only. */
  readonly onPlain?: (encoding: string) => void;
}

/** Encrypts every payload by AES-256-GCM under the ring's current key; see docs/decisions/0002-payload-codec.md. */
export function createPayloadCodec(options: PayloadCodecOptions): PayloadCodec {
  return {
    encode: (payloads) => Promise.resolve(payloads.map((payload) => encryptPayload(options.keyRing, payload))),
    decode: async (payloads) => payloads.map((payload) => decodeOne(options, payload)),
  };
}

/** One payload, metadata and data, as ciphertext. The key id is repeated in the metadata for people who read histories. */
export function encryptPayload(keyRing: KeyRing, payload: Payload): Payload {
  const data = keyRing.encrypt(packPayload(payload));
  return { metadata: { encoding: Buffer.from(ENCRYPTED_ENCODING), 'key-id': Buffer.from(keyIdOf(data)) }, data };
}

/**
 * The payload that `encryptPayload` took.
 * @throws KeyRingError `unknownKey` (names the key id) or `damagedCiphertext`.
 */
export function decryptPayload(keyRing: KeyRing, payload: Payload): Payload {
  return unpackPayload(keyRing.decrypt(Buffer.from(payload.data ?? [])));
}

/** The `encoding` of a payload, or empty text. */
export function encodingOf(payload: Payload): string {
  const encoding = payload.metadata?.['encoding'];
  return encoding ? Buffer.from(encoding).toString('utf8') : '';
}

function decodeOne(options: PayloadCodecOptions, payload: Payload): Payload {
  const encoding = encodingOf(payload);
  if (encoding === ENCRYPTED_ENCODING) return decryptPayload(options.keyRing, payload);
  options.onPlain?.(encoding);
  if (options.plain === 'throw') throw new PlainPayloadError(encoding);
  return { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(REFUSED_PAYLOAD)) };
}

/** Length of the metadata JSON (4 bytes, big endian) · metadata as JSON of base64 · data. */
function packPayload(payload: Payload): Buffer {
  const metadata = Object.entries(payload.metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  const head = Buffer.from(JSON.stringify(Object.fromEntries(metadata)));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  // In workflow code the payload of `undefined` carries a plain empty array.
  return Buffer.concat([length, head, Buffer.from(payload.data ?? [])]);
}

function unpackPayload(bytes: Buffer): Payload {
  const end = 4 + bytes.readUInt32BE(0);
  const head = JSON.parse(bytes.subarray(4, end).toString('utf8')) as Record<string, string>;
  const metadata = Object.entries(head).map(([key, value]) => [key, new Uint8Array(Buffer.from(value, 'base64'))]);
  return { metadata: Object.fromEntries(metadata) as Record<string, Uint8Array>, data: new Uint8Array(bytes.subarray(end)) };
}
