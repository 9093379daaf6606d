import type { Request } from 'express';
import { recordAudit } from '../activities/people/audit';
import { type SessionUser, sessionUserOf } from '../activities/people/session-user';
import { csrfOf, findSession, isDueToBeSeen, markSeen, type SessionLookUp } from '../activities/people/sessions';
import type { SessionStage } from '../store/entities/UserSession';
import type { Right } from '../domain/people/role-keys';
import { sameText } from './same-text';
import { originOf } from './origin';
import type { ApiParts } from './parts';
import { Problem } from './problem';
import type { Route } from './route';

/** A person of the agency who calls, as a route of access `user` sees him. */
export type CallUser = SessionUser;

/** The session behind a call: what the session's own routes work with. */
export interface CallSession {
  readonly token: string;
  readonly stage: SessionStage;
  readonly byCookie: boolean;
}

export const NO_USER: CallUser = { userId: '', loginName: '', name: '', personKey: '', assignments: [], rights: [], sessionId: '', origin: '' };
export const NO_SESSION: CallSession = { token: '', stage: 'secondFactor', byCookie: false };

export const SESSION_COOKIE = 'anjie_session';
const BEARER = /^Bearer +(as_[A-Za-z0-9_-]+)$/i;

/**
 * The person of a request, by cookie or by `Authorization: Bearer as_…`, with the rights of this very moment.
 * Throws Problem 401 without a session that lives, 403 for a write by cookie without its mark, for an account that has its
 * set-up before it, and for a right that is missing (which is audited).
 */
export async function authenticateUser(request: Request, route: Route, parts: ApiParts): Promise<{ user: CallUser; session: CallSession }> {
  const presented = presentedToken(request);
  if (!presented) throw new Problem('SESSION_MISSING');
  const { token, byCookie } = presented;
  const { settings, now } = parts.people;
  const at = now();
  const { found, user } = await parts.store.read(async (manager) => {
    const lookUp = await findSession(manager, token, at, settings);
    const live = requireFound(lookUp);
    return { found: live.session, user: await sessionUserOf(manager, live.user, live.session, originOf(request), at) };
  });
  if (found.stage === 'secondFactor') throw new Problem('SESSION_INVALID');
  if (byCookie && route.method !== 'get') requireCsrf(request, token);
  if (found.stage === 'setUp' && !route.duringSetUp) throw new Problem('SET_UP_INCOMPLETE');
  if (!holdsRight(user, route.right)) {
    await auditRefusal(parts, user, route, at);
    throw new Problem('RIGHT_MISSING');
  }
  if (isDueToBeSeen(found, at)) await parts.store.write((manager) => markSeen(manager, found, at));
  return { user, session: { token, stage: found.stage, byCookie } };
}

function requireFound(lookUp: SessionLookUp): Extract<SessionLookUp, { kind: 'found' }> {
  if (lookUp.kind === 'found') return lookUp;
  throw new Problem(lookUp.kind === 'expired' ? 'SESSION_EXPIRED' : 'SESSION_INVALID');
}

function presentedToken(request: Request): { readonly token: string; readonly byCookie: boolean } | null {
  const header = request.headers.authorization;
  if (header !== undefined && header !== '') {
    const token = BEARER.exec(header)?.[1];
    if (token === undefined) throw new Problem('SESSION_INVALID');
    return { token, byCookie: false };
  }
  const token = cookieOf(request, SESSION_COOKIE);
  return token === null ? null : { token, byCookie: true };
}

/** The value of a cookie; null when it is absent, or stands there twice, which only a foreign one would make it do. */
export function cookieOf(request: Request, name: string): string | null {
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 && values[0] ? values[0] : null;
}

function requireCsrf(request: Request, token: string): void {
  const mark = request.headers['x-anjie-csrf'];
  if (typeof mark !== 'string' || !sameText(mark, csrfOf(token))) throw new Problem('CSRF_INVALID');
}

function holdsRight(user: CallUser, wanted: Route['right']): boolean {
  if (wanted === undefined) return true;
  const any: readonly Right[] = typeof wanted === 'string' ? [wanted] : wanted;
  return any.some((right) => user.rights.includes(right));
}

function auditRefusal(parts: ApiParts, user: CallUser, route: Route, at: number): Promise<void> {
  const { userId, sessionId, origin } = user;
  return parts.store.write((manager) =>
    recordAudit(manager, { event: 'right.refused', at, userId, sessionId, origin, subject: `operation/${route.operationId}` }),
  );
}
