import path from 'node:path';

import { loadConfig } from '../../runtime/config';
import { openKeyRing } from '../../runtime/keys';
import { TEMPORAL_CLI } from '../../temporal-dev/binaries';
import { resolveBinary } from '../../temporal-dev/resolve';
import { devServerCommand, waitForServer } from '../../temporal-dev/server';
import { choosePorts, httpAddress, type Ports } from './addresses';
import { takeDataFolder, writeAtomically, type DataFolder } from './data-folder';
import { loadDemoData, writeInstitutions } from './demo-data';
import { nodeChild, runToEnd } from './node-child';
import { startOf, type ProcessMark } from './processes';
import { Supervisor, type ChildSpec } from './supervisor';
import { issueTokens, type Tokens } from './tokens';

export interface StackOptions {
  readonly dataDir: string;
  readonly env?: NodeJS.ProcessEnv;
  /** National profile of the sandbox and of the demo's institutions. */
  readonly profile?: string;
  /** Where the application's tables are; SQLite in the data folder by default. */
  readonly databaseUrl?: string;
  /** True prefers the usual ports, false takes free ones. */
  readonly usualPorts: boolean;
  /** Worker processes of the admissions; 1 by default. */
  readonly workers?: number;
  /** Empties the data folder first, once it is certain that nobody uses it. */
  readonly fresh?: boolean;
  /** Ends a start that is still under way. */
  readonly abort?: AbortSignal;
  readonly report?: (line: string) => void;
}

export interface Pids {
  readonly launcher: number;
  readonly api: number | null;
  readonly temporal: number | null;
  readonly workers: (number | null)[];
  readonly codec: number | null;
  readonly sandbox: { readonly national: number | null; readonly tax: number | null };
}

/** Everything running, and how to reach it. */
export interface Stack {
  readonly api: string;
  readonly docs: string;
  readonly temporalUi: string;
  readonly temporalAddress: string;
  readonly codec: string;
  readonly sandbox: { readonly national: string; readonly tax: string };
  readonly tokens: Tokens;
  readonly dataDir: string;
  /** Variables of its processes, for a program that shall run beside them. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Names for `pid` and `kill`: temporal, sandbox-national, sandbox-tax, worker-admission-1 …, worker-reconcile-1, worker-office-1, worker-batch-1, codec, api. */
  readonly processes: readonly string[];
  pids(): Pids;
  /** The pid of a process now, or undefined while it is down. */
  pid(name: string): number | undefined;
  kill(name: string, signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** The variables that the launcher sets for its children, on top of its own environment. */
function childEnvironment(options: StackOptions, dataDir: string, ports: Ports): NodeJS.ProcessEnv {
  const base = options.env ?? process.env;
  return {
    ...base,
    ANJIE_DATA_DIR: dataDir,
    ANJIE_DATABASE_URL: options.databaseUrl ?? base['ANJIE_DATABASE_URL'] ?? `sqlite:${path.join(dataDir, 'anjie.db')}`,
    ANJIE_TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
    ANJIE_TEMPORAL_UI_ORIGINS: `${httpAddress(ports.temporalUi)},http://localhost:${ports.temporalUi}`,
    ANJIE_API_PORT: String(ports.api),
    ANJIE_CODEC_PORT: String(ports.codec),
    ANJIE_NATIONAL_URL: httpAddress(ports.sandboxNational),
    ...(base['ANJIE_TAX_FOLDER'] ? { SANDBOX_TAX_FOLDER: base['ANJIE_TAX_FOLDER'] } : { ANJIE_TAX_URL: httpAddress(ports.sandboxTax) }),
    ANJIE_INSTITUTIONS: path.join(dataDir, 'institutions.json'),
    ANJIE_KEY_RING: base['ANJIE_KEY_RING'] ?? path.join(dataDir, 'key-ring.json'),
    SANDBOX_NATIONAL_PORT: String(ports.sandboxNational),
    SANDBOX_NATIONAL_DATA: path.join(dataDir, 'sandbox-national'),
    SANDBOX_NATIONAL_PROFILE: options.profile ?? base['SANDBOX_NATIONAL_PROFILE'] ?? 'default',
    SANDBOX_TAX_PORT: String(ports.sandboxTax),
    SANDBOX_TAX_DATA: path.join(dataDir, 'sandbox-tax'),
  };
}

const PORT_ATTEMPTS = 3;

/**
 * Starts everything on one data folder: Temporal and the sandboxes, the tables, then workers, codec server and API. A port
 * that somebody else took between choosing and listening is chosen anew.
 * Throws, with all children ended again, when one of them does not get ready or the folder is in use.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const report = options.report ?? (() => undefined);
  const folder = await takeDataFolder(path.resolve(options.dataDir), report);
  try {
    if (options.fresh) folder.empty();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startOnce(options, folder, report);
      } catch (error) {
        const taken = /EADDRINUSE|address already in use/i.test(String(error));
        if (!taken || attempt === PORT_ATTEMPTS || options.abort?.aborted) throw error;
        report('端口刚被别的程序占用，换一组再试 a port was taken meanwhile, trying others');
      }
    }
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function startOnce(options: StackOptions, folder: DataFolder, report: (line: string) => void): Promise<Stack> {
  const dataDir = folder.path;
  const launcher: ProcessMark = { name: 'launcher', pid: process.pid, started: startOf(process.pid) ?? '' };
  const supervisor = new Supervisor({
    logsDir: path.join(dataDir, 'logs'),
    report,
    onChange: (children) => {
      folder.recordChildren([launcher, ...children]);
      writeAtomically(path.join(dataDir, 'pids.json'), `${JSON.stringify(pidsOf(supervisor))}\n`);
    },
  });
  options.abort?.addEventListener('abort', () => void supervisor.stop(), { once: true });
  try {
    const ports = await choosePorts(options.env ?? process.env, options.usualPorts);
    const env = childEnvironment(options, dataDir, ports);
    await startAll(supervisor, options, ports, env, report);
    return {
      api: httpAddress(ports.api),
      docs: `${httpAddress(ports.api)}/docs`,
      temporalUi: httpAddress(ports.temporalUi),
      temporalAddress: `127.0.0.1:${ports.temporal}`,
      codec: httpAddress(ports.codec),
      sandbox: { national: httpAddress(ports.sandboxNational), tax: httpAddress(ports.sandboxTax) },
      tokens: await issueTokens(env),
      dataDir,
      env,
      processes: supervisor.names(),
      pids: () => pidsOf(supervisor),
      pid: (name) => supervisor.pid(name),
      kill: (name, signal) => supervisor.kill(name, signal),
      async stop() {
        await supervisor.stop();
        folder.release();
      },
    };
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}

async function startAll(
  supervisor: Supervisor,
  options: StackOptions,
  ports: Ports,
  env: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<void> {
  const dataDir = String(env['ANJIE_DATA_DIR']);
  writeInstitutions(String(env['ANJIE_INSTITUTIONS']), String(env['SANDBOX_NATIONAL_PROFILE']));
  openKeyRing(String(env['ANJIE_KEY_RING']), { create: true });
  const { path: binary } = await resolveBinary(TEMPORAL_CLI, { env, report });

  report('启动 Temporal、国家平台与税务沙箱，准备数据库 starting Temporal, sandboxes, database');
  await allOrFirstFailure([
    supervisor.start(temporalChild(binary, dataDir, ports, env)),
    supervisor.start(nodeChild('sandbox-national', 'sandbox/national/main.js', env)).then(() => loadDemoData(env, report)),
    supervisor.start(nodeChild('sandbox-tax', 'sandbox/tax/main.js', env)),
    prepareDatabase(env, path.join(dataDir, 'logs')),
  ]);

  report('启动 worker、编解码服务、API starting workers, codec server, API');
  const rest = [...workerChildren(options.workers ?? 1, env), nodeChild('codec', 'workers/codec-server.js', env), nodeChild('api', 'api/main.js', env)];
  await allOrFirstFailure(rest.map((child) => supervisor.start(child)));
}

/** The tables, and the demonstration's people in a database that has none. */
async function prepareDatabase(env: NodeJS.ProcessEnv, logsDir: string): Promise<void> {
  await runToEnd('migrate', 'store/migrate.js', ['up'], env, logsDir);
  await runToEnd('people', 'cli/people.js', ['--demo'], env, logsDir);
}

function temporalChild(binary: string, dataDir: string, ports: Ports, env: NodeJS.ProcessEnv): ChildSpec {
  const address = `127.0.0.1:${ports.temporal}`;
  const { command, args } = devServerCommand({
    binary,
    dataDir,
    port: ports.temporal,
    uiPort: ports.temporalUi,
    httpPort: ports.temporalHttp,
    metricsPort: ports.temporalMetrics,
    codecEndpoint: httpAddress(ports.codec),
  });
  const { temporal } = loadConfig(env);
  return { name: 'temporal', command, args, env, ready: () => waitForServer({ ...temporal, address }) };
}

/** One worker of the daily reconciliation, of the office cases and of the batches, and as many as wanted of the admissions. */
function workerChildren(admission: number, env: NodeJS.ProcessEnv): ChildSpec[] {
  const worker = (queue: string, number: number): ChildSpec => nodeChild(`worker-${queue}-${number}`, 'workers/main.js', env, [queue]);
  return [...Array.from({ length: admission }, (_, index) => worker('admission', index + 1)), worker('reconcile', 1), worker('office', 1), worker('batch', 1)];
}

/** Waits until all are done, so that nothing is still starting when the first failure is told. */
async function allOrFirstFailure(tasks: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(tasks);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

function pidsOf(supervisor: Supervisor): Pids {
  const pid = (name: string): number | null => supervisor.pid(name) ?? null;
  return {
    launcher: process.pid,
    api: pid('api'),
    temporal: pid('temporal'),
    workers: supervisor.names().filter((name) => name.startsWith('worker-')).map(pid),
    codec: pid('codec'),
    sandbox: { national: pid('sandbox-national'), tax: pid('sandbox-tax') },
  };
}
