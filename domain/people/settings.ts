/** How log-in and sessions behave; a site may set each of them. All times in ms. */
export interface SessionSettings {
  /** Wrong passwords or codes in a row before the login name is locked. */
  readonly failuresBeforeLock: number;
  /** First lock; each further one lasts twice as long. */
  readonly lockMs: number;
  readonly longestLockMs: number;
  /** Failures older than this are forgotten. */
  readonly forgetFailuresMs: number;
  /** A session that is not used for so long is over. */
  readonly idleMs: number;
  /** Longest life of a session, used or not. */
  readonly absoluteMs: number;
  /** Time to enter the code after the password. */
  readonly challengeMs: number;
  /** Life of an activation code that was handed over. */
  readonly activationMs: number;
  /** Whether an account without TOTP can do nothing but set it up. */
  readonly secondFactorRequired: boolean;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const SESSION_SETTINGS: SessionSettings = {
  failuresBeforeLock: 5,
  lockMs: 15 * MINUTE_MS,
  longestLockMs: 24 * HOUR_MS,
  forgetFailuresMs: 24 * HOUR_MS,
  idleMs: 30 * MINUTE_MS,
  absoluteMs: 12 * HOUR_MS,
  challengeMs: 5 * MINUTE_MS,
  activationMs: 24 * HOUR_MS,
  secondFactorRequired: true,
};

/** Failed log-ins of one login name. */
export interface GuardState {
  readonly failures: number;
  readonly locks: number;
  readonly lockedUntil: number | null;
  readonly lastFailureAt: number;
}

/** Milliseconds for which the login name is still locked; 0 when it is not. */
export function lockedFor(guard: GuardState | null, now: number): number {
  return Math.max(0, (guard?.lockedUntil ?? 0) - now);
}

/** The state after one more failure: every fifth in a row locks, each time for twice as long. */
export function afterFailure(guard: GuardState | null, now: number, settings: SessionSettings): GuardState {
  const fresh = guard === null || now - guard.lastFailureAt > settings.forgetFailuresMs;
  const { failures, locks } = fresh ? { failures: 0, locks: 0 } : guard;
  if (failures + 1 < settings.failuresBeforeLock) return { failures: failures + 1, locks, lockedUntil: null, lastFailureAt: now };
  const lockMs = Math.min(settings.lockMs * 2 ** Math.min(locks, 20), settings.longestLockMs);
  return { failures: 0, locks: locks + 1, lockedUntil: now + lockMs, lastFailureAt: now };
}

/** A session ends when it is not used, when its time is over, or when somebody ended it. */
export function sessionProblem(
  session: { readonly lastSeenAt: number; readonly expiresAt: number; readonly endedAt: number | null },
  now: number,
  settings: SessionSettings,
): 'ended' | 'expired' | null {
  if (session.endedAt !== null) return 'ended';
  return now >= session.expiresAt || now - session.lastSeenAt >= settings.idleMs ? 'expired' : null;
}

const LEAST_LENGTH = 12;
const MOST_LENGTH = 128;
const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/];

/** Whether a new password is strong enough: 12 to 128 characters, three kinds of them, without the login name. */
export function isStrongPassword(password: string, loginName: string): boolean {
  const length = [...password].length;
  if (length < LEAST_LENGTH || length > MOST_LENGTH) return false;
  if (password.toLowerCase().includes(loginName.toLowerCase())) return false;
  return KINDS.filter((kind) => kind.test(password)).length >= 3 && new Set(password).size >= 5;
}
