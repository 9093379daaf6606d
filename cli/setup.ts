import { loadConfig } from '../runtime/config';
import { createDataConverter } from '../runtime/data-converter';
import { openKeyRing } from '../runtime/keys';
import { createLogger } from '../runtime/logger';
import { connectTemporal, ensureNamespace, ensureSearchAttributes } from '../runtime/temporal';
import { migrateUp } from '../store/schema';

const PATIENCE_MS = 120_000;

/**
 * Prepares a production installation, and does nothing to one that is ready: the key ring (made only with
 * `--new-key-ring`), the tables, the Temporal namespace with its retention, the search attributes. Run it before each
 * new version is started: `node dist/cli/setup.js`.
 */
async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger('setup', config.logLevel);
  const keyRing = openKeyRing(config.keyRingPath, { create: process.argv.includes('--new-key-ring') });
  keyRing.prove();
  const applied = await migrateUp(config.databaseUrl);
  logger.info({ applied }, '数据库结构已是最新');
  const dataConverter = createDataConverter(keyRing, 'client', logger);
  const { connection } = await connectTemporal({ config, dataConverter, logger, patienceMs: PATIENCE_MS });
  try {
    await ensureNamespace(connection, config.temporal, logger);
    await ensureSearchAttributes(connection, config.temporal.namespace);
    logger.info({ namespace: config.temporal.namespace }, '命名空间与检索属性已就绪');
  } finally {
    await connection.close();
  }
}

main().catch((error: unknown) => {
  createLogger('setup').fatal({ err: error }, '准备没有完成');
  process.exitCode = 1;
});
