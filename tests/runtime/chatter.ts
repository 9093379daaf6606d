import { writeFileSync } from 'node:fs';
import { createLogger } from '../../runtime/logger';
import { exitOnUncaught } from '../../runtime/shutdown';

/** Logs far more than a pipe holds, or fails; see processes.test.ts. */
const logger = createLogger('chatter');
exitOnUncaught(logger);

async function main(): Promise<void> {
  if (process.env['CHATTER_THROWS']) throw new Error('病人 990101199003070013 不存在');
  for (let line = 0; line < 2000; line += 1) {
    logger.info({ text: '话'.repeat(3000) }, 'x');
    if (line % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  writeFileSync(process.env['CHATTER_FILE'] ?? '', 'all said');
  process.exit(0);
}

void main();
