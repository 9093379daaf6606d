import { parseArgs } from 'node:util';
import type { EntityManager } from 'typeorm';

import { nextCases, rebuildCase } from '../activities/office-case/rebuild';
import type { Deviation } from '../activities/read-model';
import { nextStays, rebuildStay } from '../activities/register/rebuild';
import { loadConfig } from '../runtime/config';
import { openKeyRing } from '../runtime/keys';
import { openStore, type Store } from '../store/open-store';

const AT_ONCE = 200;

/** What is rebuilt: how to find all of a kind, and how to make one anew from its events. */
interface Kind {
  readonly name: string;
  readonly next: (manager: EntityManager, after: string, count: number) => Promise<string[]>;
  readonly rebuild: (manager: EntityManager, id: string, write: boolean) => Promise<Deviation | null>;
}

const KINDS: readonly Kind[] = [
  { name: '次住院', next: nextStays, rebuild: rebuildStay },
  { name: '件办件', next: nextCases, rebuild: rebuildCase },
];

/**
 * `npm run rebuild`: makes the read model of all stays and office cases anew from their recorded events and says what
 * differed; `npm run rebuild -- --check` only says it, with exit code 1 when something did.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const config = loadConfig();
  const store = await openStore({ databaseUrl: config.databaseUrl, keyRing: openKeyRing(config.keyRingPath) });
  try {
    for (const kind of KINDS) {
      const differing = await rebuildAll(store, kind, !values.check);
      if (values.check && differing > 0) process.exitCode = 1;
    }
  } finally {
    await store.close();
  }
}

async function rebuildAll(store: Store, { name, next, rebuild }: Kind, write: boolean): Promise<number> {
  let [seen, differing] = [0, 0];
  for (let after = ''; ; ) {
    const ids = await store.read((manager) => next(manager, after, AT_ONCE));
    for (const id of ids) {
      const deviation = await store.write((manager) => rebuild(manager, id, write));
      if (!deviation) continue;
      differing += 1;
      process.stdout.write(`${id}：${deviation.columns.join('、')}\n`);
    }
    seen += ids.length;
    after = ids.at(-1) ?? after;
    if (ids.length < AT_ONCE) break;
  }
  process.stdout.write(`${seen} ${name}，${differing} 与事件不符${differing > 0 && write ? '，已重建' : ''}\n`);
  return differing;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
