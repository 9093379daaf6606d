import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openRegisterFiles } from '../activities/contribution/intake/files';
import { createNationalGateway } from '../activities/national/gateway';
import { settleCalendar } from '../activities/office-case/calendar-watch';
import { OPERATIONS } from '../activities/office-case/registry';
import { openTaxExchange } from '../activities/tax/exchange';
import { stayCommands } from '../activities/reconcile/give-command';
import { loadConfig, type Config } from '../runtime/config';
import { createDataConverter } from '../runtime/data-converter';
import { openDecisionKey, verifyDecision } from '../runtime/decisions';
import { openKeyRing } from '../runtime/keys';
import { createLogger } from '../runtime/logger';
import { printReady } from '../runtime/ready';
import { drainOnSignals } from '../runtime/shutdown';
import { installTemporalRuntime } from '../runtime/temporal-logging';
import { HandlerTimeouts } from '../runtime/temporal';
import { loadProfiles } from '../schemas/national/load-profiles';
import type { Profile } from '../schemas/national/profile';
import { openCaseDefinitions } from '../schemas/processes/load-cases';
import { openStore } from '../store/open-store';
import { ensurePrepaymentSchedule, ensureReconcileSchedules, ensureTaxSchedule } from './schedules';
import { isQueueName, QUEUES, type QueueName } from './queues';

/** Workflows that one worker keeps in memory; the SDK's own default can exhaust the heap. */
const CACHED_WORKFLOWS = 500;
/** Fast steps that run at once: more would only slow each other down until all of them miss the two seconds of the fast path. */
const STEPS_AT_ONCE = 12;
const DRAIN_MS = 20_000;

/** A worker of one task queue: `node dist/workers/main.js admission`. */
async function main(): Promise<void> {
  const queue = process.argv[2] ?? 'admission';
  if (!isQueueName(queue)) {
    process.stderr.write(`没有此任务队列：${queue}；可用：${Object.keys(QUEUES).join('、')}\n`);
    process.exit(2);
  }
  await serve(queue, loadConfig());
}

async function serve(queue: QueueName, config: Config): Promise<void> {
  const logger = createLogger(`worker-${queue}`, config.logLevel);
  installTemporalRuntime(logger);
  // A definition that is not right stops the office alone.
  if (queue === 'office' || queue === 'batch') openCaseDefinitions(config.caseDefinitionsDir, OPERATIONS);
  // The key ring is proven against the database before the worker polls: without the key, activities would burn their attempts.
  const keyRing = openKeyRing(config.keyRingPath);
  const store = await openStore({ databaseUrl: config.databaseUrl, keyRing });
  await store.ready();
  const decisionKey = await openDecisionKey(config.dataDir);
  const profiles = loadProfiles(config.profilesDir ?? undefined);
  const institutions = new Map(config.national.institutions.map((each) => [each.fixmedinsCode, each]));
  const gateway = createNationalGateway({ store, config, profiles, logger });
  const connection = await connect(config);
  const client = new Client({ connection, namespace: config.temporal.namespace, dataConverter: createDataConverter(keyRing, 'client', logger) });
  const profile = (id: string): Profile => required(profiles[id], `profile ${id}`);
  if (queue === 'reconcile') await ensureReconcileSchedules(client, config.national.institutions, profile);
  if (queue === 'office') await ensurePrepaymentSchedule(client);
  if (queue === 'batch') await ensureTaxSchedule(client);
  if (queue === 'office') await store.write((manager) => settleCalendar(manager, Date.now()));
  const worker = await Worker.create({
    connection,
    namespace: config.temporal.namespace,
    taskQueue: queue,
    ...workflowSource(),
    activities: QUEUES[queue]({
      store,
      gateway,
      institution: (code) => required(institutions.get(code), `institution ${code}`),
      profile,
      now: Date.now,
      command: stayCommands(client),
      registerFiles: openRegisterFiles(config.dataDir, keyRing),
      ...(queue === 'batch' ? { tax: await openTaxExchange({ dataDir: config.dataDir, shared: config.tax.folder }) } : {}),
      verifyDecision: (text, now) => verifyDecision(decisionKey, text, now),
    }),
    dataConverter: createDataConverter(keyRing, 'worker', logger),
    maxCachedWorkflows: CACHED_WORKFLOWS,
    maxConcurrentLocalActivityExecutions: STEPS_AT_ONCE,
    stickyQueueScheduleToStartTimeout: HandlerTimeouts.stickyScheduleToStart,
    shutdownGraceTime: '10s',
  });
  const running = worker.run();
  const drain = drainOnSignals({
    logger,
    deadlineMs: DRAIN_MS,
    steps: [
      { name: 'worker', run: async () => (worker.getState() === 'RUNNING' && worker.shutdown(), running) },
      { name: 'gateway', run: () => gateway.close() },
      { name: 'store', run: () => store.close() },
      { name: 'connection', run: () => connection.close() },
    ],
  });
  printReady({ queue });
  await running.catch((error: unknown) => {
    logger.error({ err: error }, '工作进程异常结束');
    drain('worker failed', 1);
  });
}

/** The bundle that the build made; a checkout without one bundles at start. */
function workflowSource(): { workflowBundle: { codePath: string } } | { workflowsPath: string } {
  const codePath = join(__dirname, '..', 'workflow-bundle.js');
  return existsSync(codePath) ? { workflowBundle: { codePath } } : { workflowsPath: require.resolve('../workflows') };
}

async function connect(config: Config): Promise<NativeConnection> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await NativeConnection.connect({ address: config.temporal.address });
    } catch (error) {
      if (attempt >= 60) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`unknown ${what}`);
  return value;
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
