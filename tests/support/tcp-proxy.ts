import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on loopback that spoils connections to a MySQL server on demand. */
export interface TcpProxy {
  readonly port: number;
  /**
   * At the next COMMIT that passes: `beforeCommit` drops the connection instead of forwarding it, `afterCommit` forwards it
   * and drops the connection once the server has answered, so that the answer is lost.
   */
  cutAt(moment: 'beforeCommit' | 'afterCommit'): void;
  /** Number of connections cut at a COMMIT. */
  cuts(): number;
  /** Open connections go silent in both directions without being closed; new ones work. */
  freeze(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  frozen: boolean;
  /** The answer to a COMMIT is being waited for, to be dropped. */
  doomed: boolean;
}

/** COM_QUERY (3) followed by the statement, as mysql2 sends it. */
const COMMIT = Buffer.from('\u0003COMMIT', 'latin1');

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let moment: 'beforeCommit' | 'afterCommit' | undefined;
  let cuts = 0;

  const cut = (pair: Pair): void => {
    cuts += 1;
    pair.client.destroy();
    pair.server.destroy();
  };
  const listener = createServer((client) => {
    const pair: Pair = { client, server: connect(targetPort, '127.0.0.1'), frozen: false, doomed: false };
    pairs.add(pair);
    client.on('data', (data) => {
      if (pair.frozen) return;
      if (moment !== undefined && data.includes(COMMIT)) {
        const now = moment;
        moment = undefined;
        if (now === 'beforeCommit') return cut(pair);
        pair.doomed = true;
      }
      pair.server.write(data);
    });
    pair.server.on('data', (data) => {
      if (pair.doomed) return cut(pair);
      if (!pair.frozen) client.write(data);
    });
    for (const [socket, other] of [[client, pair.server], [pair.server, client]] as const) {
      // Broken connections are what this proxy is for; the other side sees them as a close.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        if (!pair.frozen) other.destroy();
        if (client.destroyed && pair.server.destroyed) pairs.delete(pair);
      });
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    port: address.port,
    cutAt: (next) => {
      moment = next;
    },
    cuts: () => cuts,
    freeze: () => {
      for (const pair of pairs) pair.frozen = true;
    },
    close: async () => {
      for (const pair of pairs) {
        pair.client.destroy();
        pair.server.destroy();
      }
      listener.close();
      await once(listener, 'close');
    },
  };
}
