/** Gateway signatures (网关签名) as pure functions of secrets, body, time and nonce. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Profile } from '../../schemas/national/profile';

/** What the gateway issued to the institution. */
export interface GatewaySecrets {
  /** Application id (x-tif-paasid) or institution key (x-ca-key, apikey). */
  readonly paasid: string;
  readonly secret: string;
}

export type SignatureHeaders = Readonly<Record<string, string>>;
type Family = Profile['signature']['family'];

const seconds = (moment: Date): string => String(Math.floor(moment.getTime() / 1000));

function signTif(secrets: GatewaySecrets, timestamp: string, nonce: string): string {
  return createHash('sha256').update(timestamp + secrets.secret + nonce + timestamp, 'utf8').digest('hex');
}

function signCa(secrets: GatewaySecrets, timestamp: string, body: string | Uint8Array): string {
  const hmac = createHmac('sm3', secrets.secret).update(`${timestamp}\n`, 'utf8');
  return `${timestamp}:${hmac.update(typeof body === 'string' ? Buffer.from(body, 'utf8') : body).digest('hex').toUpperCase()}`;
}

function tifHeaders(secrets: GatewaySecrets, timestamp: string, nonce: string): SignatureHeaders {
  return {
    'x-tif-paasid': secrets.paasid,
    'x-tif-timestamp': timestamp,
    'x-tif-nonce': nonce,
    'x-tif-signature': signTif(secrets, timestamp, nonce),
  };
}

/** HTTP headers that sign a request. `body` is exactly what is sent; `nonce` is random and used once. */
export function signatureHeaders(
  profile: Pick<Profile, 'signature'>,
  secrets: GatewaySecrets,
  body: string | Uint8Array,
  now: Date,
  nonce: string,
): SignatureHeaders {
  const timestamp = seconds(now);
  switch (profile.signature.family) {
    case 'none':
      return {};
    case 'x-tif':
      return tifHeaders(secrets, timestamp, nonce);
    case 'apikey':
      return { apikey: secrets.paasid, ...tifHeaders(secrets, timestamp, nonce) };
    case 'x-ca':
      return { 'x-ca-key': secrets.paasid, 'x-ca-signature': signCa(secrets, timestamp, body) };
  }
}

export type SignatureVerdict = 'valid' | 'missing' | 'wrong' | 'expired';

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function readSigned(family: Family, headers: SignatureHeaders): { timestamp: string; names: readonly string[] } {
  if (family === 'x-ca') return { timestamp: headers['x-ca-signature']?.split(':')[0] ?? '', names: ['x-ca-key', 'x-ca-signature'] };
  const tif = ['x-tif-paasid', 'x-tif-timestamp', 'x-tif-nonce', 'x-tif-signature'];
  return { timestamp: headers['x-tif-timestamp'] ?? '', names: family === 'apikey' ? ['apikey', ...tif] : tif };
}

/**
 * Checks a request's signature as a gateway does. Header names are lower case. A signature is expired when its time is more
 * than `maxSkewSeconds` away from `now`.
 */
export function verifySignature(
  profile: Pick<Profile, 'signature'>,
  secrets: GatewaySecrets,
  headers: SignatureHeaders,
  body: string | Uint8Array,
  now: Date,
  maxSkewSeconds = 300,
): SignatureVerdict {
  const { family } = profile.signature;
  if (family === 'none') return 'valid';
  const { timestamp, names } = readSigned(family, headers);
  if (names.some((name) => !headers[name])) return 'missing';
  if (!/^\d{1,12}$/.test(timestamp)) return 'wrong';
  const signedAt = new Date(Number(timestamp) * 1000);
  const expected = signatureHeaders(profile, secrets, body, signedAt, headers['x-tif-nonce'] ?? '');
  if (names.some((name) => !same(expected[name] ?? '', headers[name] ?? ''))) return 'wrong';
  return Math.abs(now.getTime() - signedAt.getTime()) <= maxSkewSeconds * 1000 ? 'valid' : 'expired';
}
