import net from 'node:net';

/** True when nothing listens on the loopback port. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Hands out loopback ports, none of them twice. A port that was asked for by its environment variable but is taken, or
 * a default that is taken, is replaced by a free one.
 */
export function createPortChooser() {
  const given = new Set<number>();

  async function anyFree(): Promise<number> {
    const server = net.createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    if (address === null || typeof address === 'string') throw new Error('the system gave no port');
    return given.has(address.port) ? anyFree() : address.port;
  }

  /** @param wanted a fixed port to prefer, or undefined for any free one */
  return async function choose(wanted?: number): Promise<number> {
    const usable = wanted !== undefined && wanted > 0 && !given.has(wanted) && (await isFree(wanted));
    const port = usable ? wanted : await anyFree();
    given.add(port);
    return port;
  };
}

/** Reads a port from an environment variable. Throws when it is set but is no port. */
export function portFrom(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error(`环境变量 ${name} 应为端口号（0–65535），现在是 ${text}`);
  return port;
}
