import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

const USER = 'anjie';
const PASSWORD = 'anjie-test';
const START_TIMEOUT_MS = 30_000;

/**
 * A private MariaDB from Debian's packages on a free loopback port with a temporary data directory; with MYSQL_URL
 * (mysql://user:password@host:port, a user that may create databases) that server instead.
 */
export async function startMariaDb(): Promise<TestServer> {
  const external = process.env['MYSQL_URL'];
  return external ? connectExternal(external) : startPrivate();
}

async function startPrivate(): Promise<TestServer> {
  const home = mkdtempSync(join(tmpdir(), 'anjie-mariadb-'));
  const dataDir = join(home, 'data');
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
  const socketPath = join(home, 's.sock');
  const args = [
    '--no-defaults',
    ...asRoot,
    `--datadir=${dataDir}`,
    `--socket=${socketPath}`,
    `--pid-file=${join(home, 'pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--init-file=${initFile}`,
    `--log-error=${join(home, 'error.log')}`,
    '--innodb-buffer-pool-size=64M',
    '--innodb-log-file-size=32M',
    '--max-connections=60',
    '--skip-name-resolve',
  ];
  let server: ChildProcess | undefined;
  const admin = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const connection = await createConnection({ socketPath, user: 'root' });
    try {
      return await work(connection);
    } finally {
      connection.destroy();
    }
  };
  const start = async (): Promise<void> => {
    server = spawn('mariadbd', args, { stdio: 'ignore', env });
    await untilAnswers(() => admin((connection) => connection.query('SELECT 1')), () => readFileSync(join(home, 'error.log'), 'utf8'));
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
  };
  await start();
  return {
    owned: true,
    port,
    dataDir,
    url: (database, through = port) => `mysql://${USER}:${PASSWORD}@127.0.0.1:${through}/${database}`,
    admin,
    start,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
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
      await sleep(50);
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
