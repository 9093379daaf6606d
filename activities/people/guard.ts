import { LessThan, type EntityManager } from 'typeorm';
import { afterFailure, lockedFor, type SessionSettings } from '../../domain/people/settings';
import { currentKeyRing } from '../../runtime/keys';
import { LoginGuard } from '../../store/entities';
import { insertOnce, lockRow } from '../../store/rows';
import { recordAudit } from './audit';

/** The key under which failures of a login name are counted, whether such an account exists or not. */
export function guardKey(loginName: string): string {
  return currentKeyRing().keyedHash(`login ${loginName.toLowerCase()}`);
}

/** Milliseconds for which a login name is locked; 0 when it is not. */
export async function lockOf(manager: EntityManager, key: string, now: number): Promise<number> {
  return lockedFor(await manager.findOneBy(LoginGuard, { loginKey: key }), now);
}

/** Takes the row of a login name for the rest of the transaction, so that failures that come at once are each counted. */
export async function holdGuard(manager: EntityManager, key: string, now: number): Promise<LoginGuard> {
  await insertOnce(manager, LoginGuard, { loginKey: key, failures: 0, locks: 0, lockedUntil: null, lastFailureAt: now });
  const guard = await lockRow(manager, LoginGuard, { loginKey: key });
  if (!guard) throw new Error('the guard of a login name vanished while it was held');
  return guard;
}

export interface Failure {
  readonly userId: string | null;
  readonly origin: string;
  readonly reason: 'password' | 'code' | 'inactive';
  readonly now: number;
}

/** Counts a failure on a held guard and tells for how long the name is locked by it; 0 when it is not. */
export async function countFailure(manager: EntityManager, guard: LoginGuard, failure: Failure, settings: SessionSettings): Promise<number> {
  const { userId, origin, reason, now } = failure;
  const next = afterFailure(guard, now, settings);
  await manager.update(LoginGuard, { loginKey: guard.loginKey }, { ...next });
  await recordAudit(manager, { event: 'session.failed', at: now, userId, origin, detail: { reason, login: guard.loginKey.slice(0, 16) } });
  const lockMs = lockedFor(next, now);
  if (lockMs > 0) {
    await recordAudit(manager, { event: 'session.locked', at: now, userId, origin, detail: { minutes: Math.ceil(lockMs / 60_000), login: guard.loginKey.slice(0, 16) } });
  }
  return lockMs;
}

/** Forgets the failures of a login name after a success, and those of all names that are old. */
export async function clearGuard(manager: EntityManager, guard: LoginGuard, now: number, settings: SessionSettings): Promise<void> {
  await manager.update(LoginGuard, { loginKey: guard.loginKey }, { failures: 0, locks: 0, lockedUntil: null });
  await manager.delete(LoginGuard, { lastFailureAt: LessThan(now - 2 * settings.forgetFailuresMs) });
}
