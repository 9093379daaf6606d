import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { IsNull, LessThan, type EntityManager } from 'typeorm';
import { sessionProblem, type SessionSettings } from '../../domain/people/settings';
import { OfficeUser, UserSession } from '../../store/entities';
import type { SessionStage } from '../../store/entities/UserSession';
import { recordAudit } from './audit';

/** A session with its token, which is told once and stored nowhere. */
export interface OpenedSession {
  readonly session: UserSession;
  readonly token: string;
}

/** `Authorization: Bearer as_…` and the cookie carry this form. */
export const SESSION_TOKEN = /^as_[A-Za-z0-9_-]{43}$/;
const TOKEN_BYTES = 32;
/** A session's last use is written at most once in this time, ms. */
const SEEN_EVERY_MS = 60_000;
/** Ended sessions are kept for so long, ms: an audit line names them by their id. */
const KEEP_ENDED_MS = 90 * 24 * 3_600_000;

export type EndReason = 'logOut' | 'passwordChanged' | 'disabled' | 'replaced' | 'reset';

/**
 * Opens a session with a new random token. Every step of a log-in opens one of its own, so that a token that was known
 * before the log-in is worth nothing after it.
 */
export async function openSession(
  manager: EntityManager,
  given: { readonly userId: string; readonly stage: SessionStage; readonly origin: string; readonly now: number; readonly lifeMs: number },
): Promise<OpenedSession> {
  const { userId, stage, origin, now, lifeMs } = given;
  const token = `as_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  const session: UserSession = {
    id: randomUUID(),
    tokenHash: tokenHash(token),
    userId,
    stage,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + lifeMs,
    endedAt: null,
    endReason: null,
    failures: 0,
    origin: origin.slice(0, 64),
  };
  await manager.insert(UserSession, session);
  await manager.delete(UserSession, { expiresAt: LessThan(now - KEEP_ENDED_MS) });
  return { session, token };
}

export type SessionLookUp =
  | { readonly kind: 'found'; readonly session: UserSession; readonly user: OfficeUser }
  | { readonly kind: 'unknown' | 'ended' | 'expired' };

/** Finds the session of a token, with its user. A session of a disabled account is ended. */
export async function findSession(manager: EntityManager, token: string, now: number, settings: SessionSettings): Promise<SessionLookUp> {
  if (!SESSION_TOKEN.test(token)) return { kind: 'unknown' };
  const session = await manager.findOneBy(UserSession, { tokenHash: tokenHash(token) });
  if (!session) return { kind: 'unknown' };
  const problem = sessionProblem(session, now, settings);
  if (problem) return { kind: problem };
  const user = await manager.findOneBy(OfficeUser, { id: session.userId });
  return user?.status === 'active' ? { kind: 'found', session, user } : { kind: 'ended' };
}

/** Whether the use of a session is worth a write. */
export function isDueToBeSeen(session: UserSession, now: number): boolean {
  return now - session.lastSeenAt >= SEEN_EVERY_MS;
}

export async function markSeen(manager: EntityManager, session: UserSession, now: number): Promise<void> {
  await manager.update(UserSession, { id: session.id, endedAt: IsNull() }, { lastSeenAt: now });
}

/** Ends one session. */
export async function endSession(manager: EntityManager, id: string, reason: EndReason, now: number): Promise<void> {
  await manager.update(UserSession, { id, endedAt: IsNull() }, { endedAt: now, endReason: reason });
}

/** Ends all sessions of a user and says so in the audit trail. */
export async function endSessionsOf(manager: EntityManager, userId: string, reason: EndReason, by: { readonly userId: string | null; readonly origin: string; readonly now: number }): Promise<void> {
  const open = await manager.findBy(UserSession, { userId, endedAt: IsNull() });
  for (const session of open) {
    await endSession(manager, session.id, reason, by.now);
    await recordAudit(manager, {
      event: 'session.ended', at: by.now, userId: by.userId, sessionId: session.id, subject: `user/${userId}`, origin: by.origin, detail: { reason },
    });
  }
}

/** The mark that a page sends with every write, so that another site cannot: made from the token, stored nowhere. */
export function csrfOf(token: string): string {
  return createHmac('sha256', token).update('anjie csrf').digest('base64url');
}

function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
