import { MAKER } from '../../domain/office-case/definition';
import type { InboxView } from '../../schemas/api/inbox';
import type { Reader } from '../cases/reader';

/** A condition of SQL with the values of its question marks. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * What a person has to do, as conditions on case_task that each lie in one index: for every post the open seats that nobody
 * is named for, and what he himself is named for. A case of his own is no duty of his, but for what the maker does.
 */
export function dutiesOf(reader: Reader, view: Exclude<InboxView, 'done' | 'mine' | 'copies'>): readonly Condition[] {
  const own = ownDuties(reader);
  const delegated = delegatedDuties(reader);
  return view === 'todo' ? own : view === 'delegated' ? delegated : [...own, ...delegated];
}

const OPEN_SEAT = "status = 'open' AND role = ? AND division = ? AND assignee_id IS NULL AND maker_id <> ?";

function ownDuties({ user, posts }: Reader): readonly Condition[] {
  const { userId } = user;
  const seats = posts.filter((post) => post.forUserId === userId).map(({ role, division }) => ({ sql: OPEN_SEAT, values: [role, division, userId] }));
  const named = { sql: `assignee_id = ? AND status = 'open' AND (maker_id <> ? OR step = '${MAKER}')`, values: [userId, userId] };
  return [...seats, named];
}

function delegatedDuties({ user, posts }: Reader): readonly Condition[] {
  const { userId } = user;
  const isOwn = (role: string, division: string): boolean => posts.some((post) => post.forUserId === userId && post.role === role && post.division === division);
  const delegated = posts.filter((post) => post.forUserId !== userId);
  const seats = new Map(delegated.filter((post) => !isOwn(post.role, post.division)).map((post) => [`${post.role}/${post.division}`, post]));
  return [
    ...[...seats.values()].map(({ role, division }) => ({ sql: OPEN_SEAT, values: [role, division, userId] })),
    // Whoever delegated may be the one who is named.
    ...delegated.map(({ forUserId, role, division }) => ({
      sql: "assignee_id = ? AND status = 'open' AND role = ? AND division = ? AND maker_id <> ?",
      values: [forUserId, role, division, userId],
    })),
  ];
}
