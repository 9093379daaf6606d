import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Anjie';
const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
/** Steps before and after now whose code counts: clocks differ. */
const WINDOW = 1;

/** A new random secret in base 32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** Address that an authenticator app reads from a QR code. */
export function totpAddress(secret: string, loginName: string): string {
  return totpOf(secret, loginName).toString();
}

/** The code of a moment (epoch ms). */
export function totpCode(secret: string, at: number): string {
  return totpOf(secret).generate({ timestamp: at });
}

/**
 * The 30-second step that a code belongs to, or null when it is none of now. `lastStep` is the step of the last code that
 * was used: neither it nor an earlier one counts again.
 */
export function usableStep(secret: string, code: string, now: number, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW });
  if (delta === null) return null;
  const step = Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

function totpOf(secret: string, label = 'user'): TOTP {
  return new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS });
}
