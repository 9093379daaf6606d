import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  readonly port: number;
  readonly url: string;
  /** Stops taking calls and lets running ones end, for a while. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** 0 picks a free port. */
  readonly port: number;
  /** Loopback unless said otherwise: the controls have no password. */
  readonly host?: string;
  /** Answers one call. */
  readonly serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** A fault of the program itself, before anything was answered or in the middle of it. */
  readonly onError: (error: unknown, response: ServerResponse) => void;
}

const DRAIN_MS = 5000;

/** Listens for HTTP. Rejects when the port is taken. */
export async function listen({ port: wanted, host = '127.0.0.1', serve, onError }: ListenOptions): Promise<Listening> {
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => onError(error, response));
  });
  // Longer than clients keep idle connections, so that none is closed under a request.
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://${host}:${port}`, close: () => drain(server) };
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  // A connection whose last call has just ended is idle too, and would otherwise be kept open for the next one.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
