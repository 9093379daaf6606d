import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type Connection } from 'mysql2/promise';

/** A MariaDB or MySQL server for tests. */
export interface TestServer {
  /** True when this process started it, so that it may be killed and restarted. */
  readonly owned: boolean;
  /** Address of a database on it; `port` replaces the server's own, for a proxy in between. */
  url(database: string, port?: number): string;
  readonly port: number;
  /** Runs statements as administrator. */
  admin<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** SIGKILL, then waits until the process is gone. Only when owned. */
  kill(): Promise<void>;
  /** Starts the server again on the same files after `kill`. */
  start(): Promise<void>;
  /** Directory with the server's files, or null when it is not ours. */
  readonly dataDir: string | null;
  /** Stops the server and removes its files; one that others use too goes on. */
  stop(): Promise<void>;
}

const USER = 'anjie';
const PASSWORD = 'anjie-test';
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/** What a server of ours is reached by. */
interface Place {
  readonly home: string;
  readonly port: number;
}

/** The shared server, as the folder of the run names it. */
interface SharedPlace extends Place {
  readonly pid: number;
}

/**
 * A private MariaDB from Debian's packages on a free loopback port with a temporary data directory; with MYSQL_URL
 * (mysql://user:password@host:port, a user that may create databases) that server instead.
 */
export async function startMariaDb(): Promise<TestServer> {
  const external = process.env['MYSQL_URL'];
  return external ? connectExternal(external) : startPrivate();
}

/**
 * The server that all test files of a run share: the first one that asks starts it, the teardown of the run ends it. Files
 * that kill it, change its settings or look for something in its log take `startMariaDb`. With MYSQL_URL that server instead.
 */
export async function sharedMariaDb(): Promise<TestServer> {
  const external = process.env['MYSQL_URL'];
  if (external) return connectExternal(external);
  const folder = process.env['ANJIE_TEST_DATABASES'];
  if (!folder) throw new Error('the folder of the run is made by tests/support/global-setup.ts');
  const place = await sharedPlace(folder);
  const refuse = async (): Promise<void> => {
    throw new Error('the server is shared with other test files: use startMariaDb');
  };
  return { ...connectionsTo(place), owned: false, kill: refuse, start: refuse, stop: async () => undefined };
}

/** Ends the shared server of a run, if one was started; its files go with the folder of the run. */
export async function stopSharedMariaDb(folder: string): Promise<void> {
  const file = join(folder, SHARED);
  if (!existsSync(file)) return;
  const { pid } = JSON.parse(readFileSync(file, 'utf8')) as SharedPlace;
  try {
    process.kill(pid, 'SIGKILL');
    for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const SHARED = 'mariadb.json';

async function sharedPlace(folder: string): Promise<SharedPlace> {
  const file = join(folder, SHARED);
  const lock = join(folder, 'mariadb.lock');
  for (const deadline = Date.now() + 2 * START_TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as SharedPlace;
    if (!mine(lock)) continue;
    try {
      const place = await startShared(folder);
      writeFileSync(`${file}-new`, JSON.stringify(place));
      renameSync(`${file}-new`, file);
      return place;
    } catch (error) {
      // The next test file may have more luck.
      rmSync(lock, { recursive: true });
      throw error;
    }
  }
  throw new Error('the shared database server was not started by the test file that took it on');
}

/** True for the first who asks. */
function mine(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Nothing of it outlives the run and nobody kills it, so it need not be safe against a crash. */
const CARELESS = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-flush-method=nosync', '--innodb-buffer-pool-size=128M', '--max-connections=200'];

/** Starts the server as a process that outlives this one, but not the run: a shell ends it when the run is gone. */
async function startShared(folder: string): Promise<SharedPlace> {
  const { home, env, args, port } = await install(folder);
  const untilRunEnds = `"$@" & echo $! > "$PID_FILE"; tail --pid=${process.env['ANJIE_TEST_RUN']} -f /dev/null; kill -9 $!`;
  const pidFile = join(home, 'started');
  spawn('sh', ['-c', untilRunEnds, 'sh', 'mariadbd', ...args, ...CARELESS], {
    stdio: 'ignore', detached: true, env: { ...env, PID_FILE: pidFile },
  }).unref();
  await untilStarted({ home, port });
  return { home, port, pid: Number(readFileSync(pidFile, 'utf8')) };
}

async function startPrivate(): Promise<TestServer> {
  const { home, env, args, port } = await install(tmpdir());
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    server = spawn('mariadbd', args, { stdio: 'ignore', env });
    await untilStarted({ home, port });
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
  };
  await start();
  return {
    ...connectionsTo({ home, port }),
    owned: true,
    start,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Makes the files of a new server, and the arguments and environment to start it with. */
async function install(folder: string): Promise<Place & { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv }> {
  const home = mkdtempSync(join(folder, 'anjie-mariadb-'));
  const dataDir = dataDirOf(home);
  // A server that starts removes temporary tables from its temporary directory: servers in one directory disturb each other.
  const env = { ...process.env, TMPDIR: home };
  const initFile = join(home, 'init.sql');
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', ...asRoot, `--datadir=${dataDir}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { stdio: 'ignore', env },
  );
  // The program's user has no global rights, so that read_only binds it; `root` of the socket is the administrator.
  writeFileSync(
    initFile,
    [
      `CREATE USER IF NOT EXISTS '${USER}'@'%' IDENTIFIED BY '${PASSWORD}';`,
      `GRANT ALL ON \`anjie\\_%\`.* TO '${USER}'@'%';`,
      '',
    ].join('\n'),
  );
  const port = await freePort();
  const args = [
    '--no-defaults',
    ...asRoot,
    `--datadir=${dataDir}`,
    `--socket=${socketOf(home)}`,
    `--pid-file=${join(home, 'pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--init-file=${initFile}`,
    `--log-error=${errorLogOf(home)}`,
    '--innodb-buffer-pool-size=64M',
    '--innodb-log-file-size=32M',
    '--max-connections=60',
    '--skip-name-resolve',
  ];
  return { home, port, args, env };
}

const dataDirOf = (home: string): string => join(home, 'data');
const socketOf = (home: string): string => join(home, 's.sock');
const errorLogOf = (home: string): string => join(home, 'error.log');

/** How one speaks to a server of ours. */
function connectionsTo({ home, port }: Place): Pick<TestServer, 'port' | 'dataDir' | 'url' | 'admin'> {
  return {
    port,
    dataDir: dataDirOf(home),
    url: (database, through = port) => `mysql://${USER}:${PASSWORD}@127.0.0.1:${through}/${database}`,
    admin: async (work) => {
      const connection = await createConnection({ socketPath: socketOf(home), user: 'root' });
      try {
        return await work(connection);
      } finally {
        connection.destroy();
      }
    },
  };
}

function untilStarted(place: Place): Promise<void> {
  const ask = (): Promise<unknown> => connectionsTo(place).admin((connection) => connection.query('SELECT 1'));
  return untilAnswers(ask, () => readFileSync(errorLogOf(place.home), 'utf8'));
}

function connectExternal(address: string): TestServer {
  const parsed = new URL(address);
  const refuse = async (): Promise<void> => {
    throw new Error('the server of MYSQL_URL is not ours to kill or start');
  };
  return {
    owned: false,
    port: Number(parsed.port || 3306),
    dataDir: null,
    url: (database, through) => {
      const url = new URL(address);
      if (through !== undefined) [url.hostname, url.port] = ['127.0.0.1', String(through)];
      url.pathname = `/${database}`;
      return url.toString();
    },
    admin: async (work) => {
      const connection = await createConnection(address);
      try {
        return await work(connection);
      } finally {
        connection.destroy();
      }
    },
    kill: refuse,
    start: refuse,
    stop: async () => undefined,
  };
}

async function untilAnswers(ask: () => Promise<unknown>, explain: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`the database server does not start:\n${explain()}`, { cause: error });
      await sleep(POLL_MS);
    }
  }
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
