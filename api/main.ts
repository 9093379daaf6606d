import 'reflect-metadata';
import { OPERATIONS } from '../activities/office-case/registry';
import { loadConfig } from '../runtime/config';
import { createDataConverter } from '../runtime/data-converter';
import { openKeyRing } from '../runtime/keys';
import { createLogger } from '../runtime/logger';
import { collectProcessMetrics } from '../runtime/metrics';
import { printReady } from '../runtime/ready';
import { drainOnSignals } from '../runtime/shutdown';
import { connectTemporal } from '../runtime/temporal';
import { openTokens } from '../runtime/tokens';
import { loadProfiles } from '../schemas/national/load-profiles';
import { openCaseDefinitions } from '../schemas/processes/load-cases';
import { openStore } from '../store/open-store';
import { createApp } from './app';
import { openCaseParts } from './cases/parts';
import { CommandDesk } from './commands';
import { openPeopleParts } from './people-parts';
import { createHttpServer, closeServer, listen } from './server';
import { Sweeper } from './sweeper';
import { tokenVerifier } from './token-verifier';

const SHUTDOWN_MS = 25_000;
/** Deliveries get this long to end before the next process takes them over, ms. */
const DRAIN_MS = 2_000;

/** Serves the HTTP API. */
async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger('api', config.logLevel);
  const definitions = openCaseDefinitions(config.caseDefinitionsDir, OPERATIONS);
  const keyRing = openKeyRing(config.keyRingPath);
  keyRing.prove();
  collectProcessMetrics();

  const store = await openStore({ databaseUrl: config.databaseUrl, keyRing });
  await store.ready();
  const { client } = await connectTemporal({ config, logger, dataConverter: createDataConverter(keyRing, 'client', logger) });
  const tokens = await openTokens(config);

  const stopping = new AbortController();
  const commands = new CommandDesk(store, client, logger);
  const people = await openPeopleParts(config);
  const cases = openCaseParts({ config, store, keyRing, people, logger, definitions });
  const sweeper = new Sweeper(commands, logger, undefined, cases.attachments);
  const app = createApp({
    store, temporal: client, commands, sweeper, keyRing, logger,
    stopping: stopping.signal,
    people,
    cases,
    verifyToken: tokenVerifier(tokens, config.tokens.audience, config.national.institutions),
    institutions: config.national.institutions,
    profiles: loadProfiles(config.profilesDir ?? undefined),
  });
  const server = createHttpServer(app);
  await sweeper.start();
  const port = await listen(server, config.api.port, config.api.host);

  drainOnSignals({
    logger,
    deadlineMs: SHUTDOWN_MS,
    steps: [
      // Waits end now: whoever waits hears 202, and its command stays in the database until it is done.
      { name: 'waits', run: () => stopping.abort() },
      { name: 'http', run: () => closeServer(server) },
      { name: 'sweeper', run: () => sweeper.stop() },
      { name: 'commands', run: () => commands.drain(DRAIN_MS) },
      { name: 'store', run: () => store.close() },
    ],
  });
  printReady({ port });
}

if (require.main === module) {
  main().catch((error: unknown) => {
    createLogger('api').fatal({ err: error }, 'API 启动失败');
    process.exit(1);
  });
}
