import { parseArgs } from 'node:util';

import { rebuildAll } from '../activities/rebuild';
import { loadConfig } from '../runtime/config';
import { openKeyRing } from '../runtime/keys';
import { openStore } from '../store/open-store';
import { run } from './run';

/**
 * `npm run rebuild`: makes the read model of all stays and office cases anew from their recorded events and says what
 * differed; `npm run rebuild -- --check` only says it, with exit code 1 when something did.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const config = loadConfig();
  const store = await openStore({ databaseUrl: config.databaseUrl, keyRing: openKeyRing(config.keyRingPath) });
  try {
    for (const { name, seen, deviations } of await rebuildAll(store, !values.check)) {
      for (const { id, columns } of deviations) process.stdout.write(`${id}：${columns.join('、')}\n`);
      const mended = deviations.length > 0 && !values.check ? '，已重建' : '';
      process.stdout.write(`${seen} ${name}，${deviations.length} 与事件不符${mended}\n`);
      if (values.check && deviations.length > 0) process.exitCode = 1;
    }
  } finally {
    await store.close();
  }
}

run(main);
