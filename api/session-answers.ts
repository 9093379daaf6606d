import type { LogInDeps, LogInStep } from '../activities/people/log-in';
import { setUpLeft } from '../activities/people/log-in';
import { PasswordsBusy } from '../activities/people/passwords';
import { type SessionUser, sessionUserOf } from '../activities/people/session-user';
import { csrfOf, type OpenedSession } from '../activities/people/sessions';
import { isOutcomeCode } from '../domain/outcomes';
import type { Refusal } from '../domain/commands';
import { OfficeUser } from '../store/entities';
import type { ApiParts } from './parts';
import { Problem } from './problem';
import type { Reply } from './route';
import { SESSION_COOKIE } from './users';

export function logInDeps({ store, people }: ApiParts): LogInDeps {
  return { store, settings: people.settings, now: people.now };
}

/** A refusal of people, sessions or rights as the answer that belongs to it. */
export function problemOfPeople({ code, message }: Refusal): Problem {
  return new Problem(isOutcomeCode(code) ? code : 'INTERNAL', { detail: message });
}

/** Answers a step of a log-in: the next one, a session with its cookie, or a problem. */
export async function answerStep(step: LogInStep, parts: ApiParts, origin: string): Promise<Reply> {
  switch (step.state) {
    case 'secondFactor':
      return { status: 200, body: { state: 'secondFactor', challenge: step.opened.token, expiresAt: step.opened.session.expiresAt } };
    case 'ready':
      return { status: 200, headers: { 'Set-Cookie': sessionCookie(step.opened.token, parts) }, body: await readyBody(step.opened, parts, origin) };
    case 'locked':
      throw new Problem('LOGIN_LOCKED', {}, { 'Retry-After': String(Math.ceil(step.forMs / 1000)) });
    case 'refused':
      throw problemOfPeople(step.refusal);
  }
}

async function readyBody({ session, token }: OpenedSession, parts: ApiParts, origin: string): Promise<object> {
  return parts.store.read(async (manager) => {
    const user = await manager.findOneByOrFail(OfficeUser, { id: session.userId });
    const seen = await sessionUserOf(manager, user, session, origin, parts.people.now());
    return { state: 'ready', user: viewSessionUser(seen, user), csrf: csrfOf(token), token, setUp: setUpLeft(user, parts.people.settings) };
  });
}

/** What a person is told of himself; his personKey stays inside. */
export function viewSessionUser({ userId, loginName, name, assignments, rights }: SessionUser, row: OfficeUser): object {
  return { userId, loginName, name, assignments, rights, totp: row.totpConfirmedAt !== null, mustChangePassword: row.passwordExpiresAt !== null };
}

/** Lives as long as the browser; the session behind it ends by itself. */
export function sessionCookie(token: string, { people }: ApiParts): string {
  return `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict${people.secureCookies ? '; Secure' : ''}`;
}

export function emptyCookie({ people }: ApiParts): string {
  return `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict${people.secureCookies ? '; Secure' : ''}`;
}

/** Too many passwords at once are a matter of load, not an error. */
export async function whileNotBusy<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof PasswordsBusy ? new Problem('TOO_MANY_REQUESTS') : error;
  });
}
