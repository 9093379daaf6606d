import type { Refusal } from '../../domain/commands';
import { isStrongPassword, lockedFor } from '../../domain/people/settings';
import { refusal } from '../../domain/refusal';
import { OfficeUser } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { recordAudit } from './audit';
import { countFailure, guardKey, holdGuard } from './guard';
import { enter, type LogInDeps, type LogInStep, useCode } from './log-in';
import { hashPassword, isPassword } from './passwords';
import { endSessionsOf } from './sessions';
import { newTotpSecret, totpAddress, usableStep } from './totp';

interface By {
  readonly userId: string;
  readonly origin: string;
}

const refused = (problem: Refusal): LogInStep => ({ state: 'refused', refusal: problem });

/**
 * Changes a person's password: the present one (or the activation code) has to be given, wrong ones count as failed
 * log-ins. Ends all sessions and opens a new one. Throws PasswordsBusy.
 */
export async function changePassword(deps: LogInDeps, by: By, given: { readonly current: string; readonly next: string }): Promise<LogInStep> {
  const { store, settings, now } = deps;
  const before = await store.read((manager) => manager.findOneBy(OfficeUser, { id: by.userId }));
  if (!before || before.passwordHash === null) return refused(refusal('LOGIN_BY_PROVIDER', '该账号没有本系统的密码。'));
  const right = await isPassword(before.passwordHash, given.current);
  const strong = given.next !== given.current && isStrongPassword(given.next, before.loginName);
  const passwordHash = right && strong ? await hashPassword(given.next) : null;
  const at = now();
  return store.write(async (manager) => {
    const guard = await holdGuard(manager, guardKey(before.loginName), at);
    const lockMs = lockedFor(guard, at);
    if (lockMs > 0) return { state: 'locked', forMs: lockMs };
    const user = await lockRow(manager, OfficeUser, { id: by.userId });
    if (!right || user?.passwordHash !== before.passwordHash) {
      const forMs = await countFailure(manager, guard, { ...by, reason: 'password', now: at }, settings);
      return forMs > 0 ? { state: 'locked', forMs } : refused(refusal('LOGIN_FAILED'));
    }
    if (passwordHash === null) return refused(refusal('PASSWORD_WEAK'));
    const change = { passwordHash, passwordExpiresAt: null, updatedAt: at };
    await manager.update(OfficeUser, { id: user.id }, change);
    await recordAudit(manager, { event: 'password.changed', at, userId: user.id, subject: `user/${user.id}`, origin: by.origin });
    await endSessionsOf(manager, user.id, 'passwordChanged', { ...by, now: at });
    return { state: 'ready', opened: await enter(manager, deps, { ...user, ...change }, by.origin, 'setUp') };
  });
}

/** Shows a new TOTP secret, which counts once a code of it was entered; until then the former one does. */
export async function beginTotp(deps: LogInDeps, by: By): Promise<{ readonly secret: string; readonly address: string } | Refusal> {
  const at = deps.now();
  return deps.store.write(async (manager) => {
    const user = await lockRow(manager, OfficeUser, { id: by.userId });
    if (!user) return refusal('USER_NOT_FOUND');
    const secret = newTotpSecret();
    await manager.update(OfficeUser, { id: user.id }, { totpPending: secret, updatedAt: at });
    await recordAudit(manager, { event: 'totp.begun', at, userId: user.id, subject: `user/${user.id}`, origin: by.origin });
    return { secret, address: totpAddress(secret, user.loginName) };
  });
}

/**
 * Proves the new secret by a code of it: from now on it counts. Whoever has one already gives a code of that too, so that a
 * session left open does not suffice. Ends all sessions and opens a new one.
 */
export async function confirmTotp(deps: LogInDeps, by: By, codes: { readonly code: string; readonly presentCode: string | null }): Promise<LogInStep> {
  const at = deps.now();
  return deps.store.write(async (manager) => {
    const user = await lockRow(manager, OfficeUser, { id: by.userId });
    if (!user?.totpPending) return refused(refusal('TOTP_NOT_BEGUN'));
    const guard = await holdGuard(manager, guardKey(user.loginName), at);
    const lockMs = lockedFor(guard, at);
    if (lockMs > 0) return { state: 'locked', forMs: lockMs };
    const step = usableStep(user.totpPending, codes.code, at, null);
    const mayReplace = user.totpConfirmedAt === null || (codes.presentCode !== null && (await useCode(manager, user, codes.presentCode, at)));
    if (step === null || !mayReplace) {
      const forMs = await countFailure(manager, guard, { ...by, reason: 'code', now: at }, deps.settings);
      return forMs > 0 ? { state: 'locked', forMs } : refused(refusal('LOGIN_FAILED'));
    }
    const change = { totpSecret: user.totpPending, totpPending: null, totpConfirmedAt: at, totpLastStep: step, updatedAt: at };
    await manager.update(OfficeUser, { id: user.id }, change);
    await recordAudit(manager, { event: 'totp.confirmed', at, userId: user.id, subject: `user/${user.id}`, origin: by.origin });
    await endSessionsOf(manager, user.id, 'replaced', { ...by, now: at });
    return { state: 'ready', opened: await enter(manager, deps, { ...user, ...change }, by.origin, 'setUp') };
  });
}
