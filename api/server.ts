import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import { outcomeOf, type OutcomeCode } from '../domain/outcomes';
import { EVERY_ANSWER, headersOfProblem } from './headers';

const MAX_HEADER_BYTES = 8_192;
const MAX_HEADERS = 100;
/** A client that sends its headers, or its whole request, slower than this is cut off, ms. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 120_000;
const KEEP_ALIVE_MS = 65_000;
const CHECK_EVERY_MS = 2_000;
const IDLE_CHECK_MS = 50;

/** Time limits that a test may shorten, ms. */
export interface ServerLimits {
  readonly headersMs?: number;
  readonly requestMs?: number;
  readonly checkEveryMs?: number;
}

/** The HTTP server: strict parsing, bounded headers and times, and problem+json for what never becomes a request. */
export function createHttpServer(app: Express, limits: ServerLimits = {}): Server {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: limits.headersMs ?? HEADERS_MS,
      requestTimeout: limits.requestMs ?? REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: limits.checkEveryMs ?? CHECK_EVERY_MS,
      insecureHTTPParser: false,
    },
    app,
  );
  server.maxHeadersCount = MAX_HEADERS;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerBrokenRequest(error, socket as Socket));
  return server;
}

const CODES: Readonly<Record<string, OutcomeCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = CODES[error.code ?? ''] ?? 'HTTP_MALFORMED';
  const { status, title, next } = outcomeOf(code);
  const body = JSON.stringify({ type: `/docs#${code}`, title, status, code, next, instance: '' });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...Object.entries({ ...EVERY_ANSWER, ...headersOfProblem(status) }).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Starts listening and returns the port. Throws the listen error. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Stops accepting and resolves when the requests in hand are answered. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    // A connection that is kept alive becomes idle only after its answer.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    server.close((error) => {
      clearInterval(sweep);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}
