import { spawnSync } from 'node:child_process';

import { GENERATORS } from './generators';

/** Writes all generated files anew. */
for (const { name, script } of GENERATORS) {
  const { status } = spawnSync(process.execPath, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? '✓' : '✗'} ${name}\n`);
  if (status !== 0) process.exitCode = 1;
}
