import net from 'node:net';
import path from 'node:path';

import { Connection } from '@temporalio/client';

import type { Config } from '../runtime/config';
import { createLogger } from '../runtime/logger';
import { ensureNamespace, SEARCH_ATTRIBUTES } from '../runtime/temporal';

export interface DevServerOptions {
  /** The `temporal` program, see resolve.ts. */
  readonly binary: string;
  readonly dataDir: string;
  readonly port: number;
  readonly uiPort: number;
  readonly httpPort: number;
  readonly metricsPort: number;
  /** Address of the codec server, so that the UI can show payloads to whoever is logged in there. */
  readonly codecEndpoint?: string;
}

/** Queue readers poll 20 times a second by default, which costs a lone workflow 40 ms a task. */
const POLLS_PER_SECOND = 1000;

/**
 * Command line of the development server: a durable SQLite file with write-ahead log and full sync, so that what was
 * acknowledged survives kill -9.
 */
export function devServerCommand(options: DevServerOptions): { command: string; args: string[] } {
  const settings = {
    'history.transferProcessorMaxPollRPS': POLLS_PER_SECOND,
    'history.timerProcessorMaxPollRPS': POLLS_PER_SECOND,
  };
  const args = [
    'server',
    'start-dev',
    ...['--ip', '127.0.0.1', '--port', String(options.port), '--http-port', String(options.httpPort)],
    ...['--ui-ip', '127.0.0.1', '--ui-port', String(options.uiPort), '--ui-disable-news-fetch'],
    ...['--metrics-port', String(options.metricsPort)],
    ...['--db-filename', path.join(options.dataDir, 'temporal.sqlite')],
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=2'],
    ...Object.entries(settings).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
    ...Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...(options.codecEndpoint ? ['--ui-codec-endpoint', options.codecEndpoint] : []),
    ...['--log-level', 'error', '--log-format', 'json'],
  ];
  return { command: options.binary, args };
}

/**
 * Waits until the server answers for its namespace and sets how long closed workflows stay readable. Throws when it does
 * not within `timeoutMs`.
 */
export async function waitForServer(temporal: Config['temporal'], timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      // Asked first because a gRPC client that met a closed port waits a second before it tries again.
      await reach(temporal.address);
      return await prepareNamespace(temporal);
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`Temporal 在 ${temporal.address} 没有就绪：${String(error)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function prepareNamespace(temporal: Config['temporal']): Promise<void> {
  const connection = await Connection.connect({ address: temporal.address, connectTimeout: 2_000 });
  try {
    await ensureNamespace(connection, temporal, createLogger('temporal-dev', 'warn'));
  } finally {
    await connection.close();
  }
}

function reach(address: string): Promise<void> {
  const { hostname, port } = new URL(`tcp://${address}`);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: hostname, port: Number(port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
