import type { Refusal } from '../../domain/commands';
import { refusal } from '../../domain/refusal';
import { OfficeUser } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { recordAudit } from './audit';
import { divisionTree } from './divisions';
import { mayIn } from '../../domain/people/divisions';
import { postsOf } from './authority';
import type { LogInDeps } from './log-in';
import { hashPassword, randomCode } from './passwords';
import type { SessionUser } from './session-user';

/**
 * Hands out the one activation code that a case of opening an account or resetting its log-in allows. The code is told once
 * and is the password until the person sets one of his own. Nobody draws his own. Throws PasswordsBusy.
 */
export async function issueActivation(deps: LogInDeps, by: SessionUser, userId: string): Promise<{ readonly code: string; readonly expiresAt: number } | Refusal> {
  const code = randomCode();
  const passwordHash = await hashPassword(code);
  const at = deps.now();
  return deps.store.write(async (manager) => {
    const user = await lockRow(manager, OfficeUser, { id: userId });
    if (!user) return refusal('USER_NOT_FOUND');
    if (user.personKey === by.personKey) return refusal('SELF_BENEFIT');
    const tree = await divisionTree(manager, at);
    const posts = await postsOf(manager, [userId], at);
    if (!posts.every(({ division }) => mayIn('people.propose', by.assignments, division, tree))) return refusal('DIVISION_OUT_OF_SCOPE');
    if (user.status !== 'active' || user.activationCase === null) return refusal('ACTIVATION_NOT_ALLOWED');
    const expiresAt = at + deps.settings.activationMs;
    await manager.update(OfficeUser, { id: userId }, { passwordHash, passwordExpiresAt: expiresAt, activationCase: null, updatedAt: at });
    await recordAudit(manager, {
      event: 'activation.issued', at, userId: by.userId, sessionId: by.sessionId, subject: `user/${userId}`, origin: by.origin, detail: { case: user.activationCase },
    });
    return { code, expiresAt };
  });
}
