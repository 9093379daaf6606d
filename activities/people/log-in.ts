import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { lockedFor, type SessionSettings } from '../../domain/people/settings';
import { refusal } from '../../domain/refusal';
import { OfficeUser, UserSession } from '../../store/entities';
import { lockRow } from '../../store/rows';
import type { Transactions } from '../../store/transactions';
import { recordAudit } from './audit';
import { clearGuard, countFailure, guardKey, holdGuard, lockOf } from './guard';
import { isPassword } from './passwords';
import { endSession, findSession, openSession, type OpenedSession } from './sessions';
import { usableStep } from './totp';

export interface LogInDeps {
  readonly store: Transactions;
  readonly settings: SessionSettings;
  /** Epoch ms. */
  readonly now: () => number;
}

/** How a step of a log-in ended. `locked` says for how many ms. */
export type LogInStep =
  | { readonly state: 'secondFactor'; readonly opened: OpenedSession }
  | { readonly state: 'ready'; readonly opened: OpenedSession }
  | { readonly state: 'refused'; readonly refusal: Refusal }
  | { readonly state: 'locked'; readonly forMs: number };

const FAILED: LogInStep = { state: 'refused', refusal: refusal('LOGIN_FAILED') };
/** Wrong codes after which the password has to be given again. */
const MOST_WRONG_CODES = 5;

/**
 * First step of a log-in: login name and password. Unknown name, wrong password, disabled account and expired activation code
 * take the same work and get the same answer. Throws PasswordsBusy.
 */
export async function logIn(deps: LogInDeps, given: { readonly login: string; readonly password: string; readonly origin: string }): Promise<LogInStep> {
  const { store, settings, now } = deps;
  const { password, origin } = given;
  const loginName = given.login.toLowerCase();
  const key = guardKey(loginName);
  const before = await store.read(async (manager) => ({
    lockMs: await lockOf(manager, key, now()),
    user: await manager.findOneBy(OfficeUser, { loginName }),
  }));
  if (before.lockMs > 0) return { state: 'locked', forMs: before.lockMs };
  const right = await isPassword(before.user?.passwordHash ?? null, password);
  const at = now();
  return store.write(async (manager) => {
    const guard = await holdGuard(manager, key, at);
    // Guesses that were sent at once are checked at once: those that come after the lock do not count, even the right one.
    const lockMs = lockedFor(guard, at);
    if (lockMs > 0) return { state: 'locked', forMs: lockMs };
    const user = await manager.findOneBy(OfficeUser, { loginName });
    const unchanged = user !== null && user.passwordHash === before.user?.passwordHash;
    if (!right || !unchanged || !mayEnter(user, at)) {
      const forMs = await countFailure(manager, guard, { userId: user?.id ?? null, origin, reason: right ? 'inactive' : 'password', now: at }, settings);
      return forMs > 0 ? { state: 'locked', forMs } : FAILED;
    }
    if (user.totpConfirmedAt === null) {
      await clearGuard(manager, guard, at, settings);
      return { state: 'ready', opened: await enter(manager, deps, user, origin, 'password') };
    }
    // The failures stay counted until the code is right as well.
    return { state: 'secondFactor', opened: await openSession(manager, { userId: user.id, stage: 'secondFactor', origin, now: at, lifeMs: settings.challengeMs }) };
  });
}

/** Second step: the code of the authenticator. The challenge ends with it, right or (after five) wrong. */
export async function giveSecondFactor(deps: LogInDeps, given: { readonly challenge: string; readonly code: string; readonly origin: string }): Promise<LogInStep> {
  const { store, settings, now } = deps;
  const at = now();
  return store.write(async (manager) => {
    const lookUp = await findSession(manager, given.challenge, at, settings);
    if (lookUp.kind !== 'found' || lookUp.session.stage !== 'secondFactor') return { state: 'refused', refusal: refusal('CHALLENGE_INVALID') };
    const guard = await holdGuard(manager, guardKey(lookUp.user.loginName), at);
    const lockMs = lockedFor(guard, at);
    if (lockMs > 0) return { state: 'locked', forMs: lockMs };
    const user = await lockRow(manager, OfficeUser, { id: lookUp.user.id });
    const session = await lockRow(manager, UserSession, { id: lookUp.session.id });
    if (!user || session?.endedAt !== null) return { state: 'refused', refusal: refusal('CHALLENGE_INVALID') };
    if (!(await useCode(manager, user, given.code, at))) {
      const failures = session.failures + 1;
      await manager.update(UserSession, { id: session.id }, { failures });
      if (failures >= MOST_WRONG_CODES) await endSession(manager, session.id, 'replaced', at);
      const forMs = await countFailure(manager, guard, { userId: user.id, origin: given.origin, reason: 'code', now: at }, settings);
      return forMs > 0 ? { state: 'locked', forMs } : FAILED;
    }
    await clearGuard(manager, guard, at, settings);
    await endSession(manager, session.id, 'replaced', at);
    return { state: 'ready', opened: await enter(manager, deps, user, given.origin, 'totp') };
  });
}

/** Lets somebody in whom the identity provider vouches for. Null when no active account has this subject. */
export async function enterBySubject(deps: LogInDeps, subject: string, origin: string): Promise<OpenedSession | null> {
  return deps.store.write(async (manager) => {
    const user = await manager.findOneBy(OfficeUser, { subject });
    if (user?.status === 'active') return enter(manager, deps, user, origin, 'provider');
    await recordAudit(manager, { event: 'session.failed', at: deps.now(), userId: user?.id ?? null, origin, detail: { reason: 'provider' } });
    return null;
  });
}

/** Takes a code of the user's authenticator, whose row is held; false when it does not count. */
export async function useCode(manager: EntityManager, user: OfficeUser, code: string, now: number): Promise<boolean> {
  if (user.totpSecret === null) return false;
  const step = usableStep(user.totpSecret, code, now, user.totpLastStep);
  if (step === null) return false;
  await manager.update(OfficeUser, { id: user.id }, { totpLastStep: step });
  return true;
}

/** Opens the session that a person works in; one with its set-up before it can do nothing else. */
export async function enter(manager: EntityManager, deps: Pick<LogInDeps, 'settings' | 'now'>, user: OfficeUser, origin: string, by: 'password' | 'totp' | 'provider' | 'setUp'): Promise<OpenedSession> {
  const at = deps.now();
  const stage = by === 'provider' || setUpLeft(user, deps.settings).length === 0 ? 'ready' : 'setUp';
  const opened = await openSession(manager, { userId: user.id, stage, origin, now: at, lifeMs: deps.settings.absoluteMs });
  await recordAudit(manager, { event: 'session.opened', at, userId: user.id, sessionId: opened.session.id, origin, detail: { by, stage } });
  return opened;
}

/** What a person still has to set up before he works. */
export function setUpLeft(user: Pick<OfficeUser, 'passwordExpiresAt' | 'totpConfirmedAt'>, settings: SessionSettings): readonly ('password' | 'totp')[] {
  return [
    ...(user.passwordExpiresAt === null ? [] : (['password'] as const)),
    ...(user.totpConfirmedAt !== null || !settings.secondFactorRequired ? [] : (['totp'] as const)),
  ];
}

function mayEnter(user: OfficeUser, at: number): boolean {
  return user.status === 'active' && (user.passwordExpiresAt === null || user.passwordExpiresAt > at);
}
