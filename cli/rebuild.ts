import { parseArgs } from 'node:util';

import { nextStays, rebuildStay, type Deviation } from '../activities/register/rebuild';
import { loadConfig } from '../runtime/config';
import { openKeyRing } from '../runtime/keys';
import { openStore } from '../store/open-store';

const STAYS_AT_ONCE = 200;

/**
 * `npm run rebuild`: makes the read model of all stays anew from their recorded events and says what differed;
 * `npm run rebuild -- --check` only says it, with exit code 1 when something did.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const config = loadConfig();
  const store = await openStore({ databaseUrl: config.databaseUrl, keyRing: openKeyRing(config.keyRingPath) });
  try {
    let stays = 0;
    let differing = 0;
    for (let after = ''; ; ) {
      const ids = await store.read((manager) => nextStays(manager, after, STAYS_AT_ONCE));
      for (const id of ids) {
        const deviation = await store.write((manager): Promise<Deviation | null> => rebuildStay(manager, id, !values.check));
        if (deviation) {
          differing += 1;
          process.stdout.write(`${id}：${deviation.columns.join('、')}\n`);
        }
      }
      stays += ids.length;
      after = ids.at(-1) ?? after;
      if (ids.length < STAYS_AT_ONCE) break;
    }
    process.stdout.write(`${stays} 次住院，${differing} 次与事件不符${differing > 0 && !values.check ? '，已重建' : ''}\n`);
    if (values.check && differing > 0) process.exitCode = 1;
  } finally {
    await store.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
