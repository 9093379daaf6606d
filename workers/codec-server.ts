import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { loadConfig } from '../runtime/config';
import { openKeyRing } from '../runtime/keys';
import { createLogger } from '../runtime/logger';
import { collectProcessMetrics } from '../runtime/metrics';
import { printReady } from '../runtime/ready';
import { drainOnSignals } from '../runtime/shutdown';
import { openTokens } from '../runtime/tokens';
import { createCodecApp } from './codec-app';

/** Serves encode and decode of Temporal payloads to the Temporal UI and CLI for authorised persons. */
async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger('codec-server', config.logLevel);
  const keyRing = openKeyRing(config.keyRingPath);
  keyRing.prove();
  collectProcessMetrics();
  const tokens = await openTokens(config);
  const app = createCodecApp({ keyRing, tokens, logger, audience: config.tokens.audience, uiOrigins: config.codec.uiOrigins });
  const server = app.listen(config.codec.port, config.codec.host);
  await listening(server);
  drainOnSignals({ logger, deadlineMs: 5000, steps: [{ name: 'http', run: () => closeServer(server) }] });
  printReady({ port: (server.address() as AddressInfo).port });
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}

if (require.main === module) {
  main().catch((error: unknown) => {
    createLogger('codec-server').fatal({ err: error }, '编解码服务启动失败');
    process.exit(1);
  });
}
