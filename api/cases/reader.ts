import type { EntityManager } from 'typeorm';
import { type ActingPost, actingPosts } from '../../activities/people/authority';
import { divisionTree } from '../../activities/people/divisions';
import { type DivisionTree, scopeOf } from '../../domain/people/divisions';
import type { CallUser } from '../users';

/** Who looks at cases: the person, the posts that he may act in himself or for others, and how far he may read. */
export interface Reader {
  readonly user: CallUser;
  /** Epoch ms at which all of this was so. */
  readonly at: number;
  readonly tree: DivisionTree;
  readonly posts: readonly ActingPost[];
  /** Divisions whose cases he may read. */
  readonly scope: ReadonlySet<string>;
}

export async function readerOf(manager: EntityManager, user: CallUser, at: number): Promise<Reader> {
  const tree = await divisionTree(manager, at);
  const posts = await actingPosts(manager, user.userId, at);
  return { user, at, tree, posts, scope: new Set(scopeOf('case.read', user.assignments, tree)) };
}

export function divisionName({ tree }: Pick<Reader, 'tree'>, code: string): string {
  return tree.find(code)?.name ?? code;
}
