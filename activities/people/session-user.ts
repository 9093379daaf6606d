import type { EntityManager } from 'typeorm';
import type { Post } from '../../domain/people/divisions';
import { type Right } from '../../domain/people/role-keys';
import { rightsOf } from '../../domain/people/roles';
import type { OfficeUser, UserSession } from '../../store/entities';
import { postsOf } from './authority';

/** The person behind a request: who, with which posts and rights at this moment, in which session. */
export interface SessionUser {
  readonly userId: string;
  readonly loginName: string;
  readonly name: string;
  readonly personKey: string;
  readonly assignments: readonly Post[];
  readonly rights: readonly Right[];
  readonly sessionId: string;
  /** Address that the request came from. */
  readonly origin: string;
}

/** Reads posts and rights anew: they are never remembered from one request to the next. */
export async function sessionUserOf(manager: EntityManager, user: OfficeUser, session: Pick<UserSession, 'id'>, origin: string, now: number): Promise<SessionUser> {
  const posts = await postsOf(manager, [user.id], now);
  const assignments = posts.map(({ role, division }) => ({ role, division }));
  return {
    userId: user.id,
    loginName: user.loginName,
    name: user.name,
    personKey: user.personKey,
    assignments,
    rights: rightsOf(assignments.map(({ role }) => role)),
    sessionId: session.id,
    origin,
  };
}
