import type { EntityManager } from 'typeorm';
import type { Store } from '../store/open-store';
import { nextCases, rebuildCase } from './office-case/rebuild';
import type { Deviation } from './read-model';
import { nextStays, rebuildStay } from './register/rebuild';

/** What is rebuilt: how to find all of a kind, and how to make one anew from its events. */
interface Kind {
  readonly name: string;
  readonly next: (manager: EntityManager, after: string, count: number) => Promise<string[]>;
  readonly rebuild: (manager: EntityManager, id: string, write: boolean) => Promise<Deviation | null>;
}

/** How many of a kind were looked at, and what did not agree. */
export interface Rebuilt {
  readonly name: string;
  readonly seen: number;
  readonly deviations: readonly Deviation[];
}

const KINDS: readonly Kind[] = [
  { name: '次住院', next: nextStays, rebuild: rebuildStay },
  { name: '件办件', next: nextCases, rebuild: rebuildCase },
];
const AT_ONCE = 200;

/**
 * Compares the read model of all stays and office cases with what their recorded events make of it, one at a time and each
 * in a transaction of its own, and writes the latter where `write` says so. Others may act meanwhile.
 */
export async function rebuildAll(store: Store, write: boolean): Promise<Rebuilt[]> {
  const rebuilt: Rebuilt[] = [];
  for (const kind of KINDS) rebuilt.push(await rebuildKind(store, kind, write));
  return rebuilt;
}

async function rebuildKind(store: Store, { name, next, rebuild }: Kind, write: boolean): Promise<Rebuilt> {
  const inTransaction = write ? store.write : store.read;
  const deviations: Deviation[] = [];
  let seen = 0;
  for (let after = ''; ; ) {
    const ids = await store.read((manager) => next(manager, after, AT_ONCE));
    for (const id of ids) {
      const deviation = await inTransaction((manager) => rebuild(manager, id, write));
      if (deviation) deviations.push(deviation);
    }
    seen += ids.length;
    after = ids.at(-1) ?? after;
    if (ids.length < AT_ONCE) return { name, seen, deviations };
  }
}
