import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** From now until the whole answer is here, milliseconds. */
  readonly timeoutMs: number;
  /** End of the right to send, ms since 1970, as renewed so far: after it not a byte may leave, and the socket is dropped. */
  readonly leaseUntil: () => number;
  /** True for what may move money: a kept-alive connection that the other side is just closing would make its outcome unknown. */
  readonly freshConnection: boolean;
  /** Called once the request has been handed to the operating system. */
  readonly onHandedOver?: () => Promise<void>;
}

export type PostResult =
  | { readonly kind: 'answer'; readonly status: number; readonly contentType: string; readonly body: Buffer; readonly retryAfterMs: number | null }
  /** Surely nothing left. */
  | { readonly kind: 'notSent'; readonly reason: string }
  | { readonly kind: 'noAnswer'; readonly reason: string };

const CONNECT_TIMEOUT_MS = 5000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const KEEP_ALIVE = { keepAlive: true, keepAliveMsecs: 1000, maxFreeSockets: 16, timeout: 4000, scheduling: 'lifo' } as const;

/** Posts to gateways, telling surely what left this machine from what may have. */
export class Transport {
  private readonly reused = { http: new HttpAgent(KEEP_ALIVE), https: new HttpsAgent(KEEP_ALIVE) };
  private readonly fresh = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

  constructor(private readonly now: () => number) {}

  /** Sends one POST and reads the whole answer. Never rejects for what a network or a server may do. */
  post(post: Post): Promise<PostResult> {
    return new Promise((resolve, reject) => new Exchange(post, this.open(post), this.now, resolve, reject).start());
  }

  close(): void {
    for (const agent of [...Object.values(this.reused), ...Object.values(this.fresh)]) agent.destroy();
  }

  /** Nothing is written before `end`: Node keeps the head back until then. */
  private open({ url, headers, body, freshConnection }: Post): ClientRequest {
    const agents = freshConnection ? this.fresh : this.reused;
    const options = { method: 'POST', headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } };
    return url.startsWith('https:')
      ? httpsRequest(url, { ...options, agent: agents.https })
      : httpRequest(url, { ...options, agent: agents.http });
  }
}

class Exchange {
  private sent = false;
  private ended = false;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly post: Post,
    private readonly request: ClientRequest,
    private readonly now: () => number,
    private readonly resolve: (result: PostResult) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  start(): void {
    this.request.on('error', (error) => this.fail(codeOf(error)));
    this.request.on('socket', (socket) => this.whenConnected(socket));
    this.request.on('response', (response) => this.read(response));
    this.after(this.post.timeoutMs, () => this.fail('timeout'));
    this.watchLease();
    this.after(CONNECT_TIMEOUT_MS, () => {
      if (!this.sent) this.fail('connectTimeout');
    });
  }

  private watchLease(): void {
    this.after(this.post.leaseUntil() - this.now(), () => {
      if (this.ended) return;
      if (this.now() >= this.post.leaseUntil()) this.fail('leaseEnded');
      else this.watchLease();
    });
  }

  private whenConnected(socket: Socket): void {
    const ready = (): void => this.write();
    if (isTls(socket)) {
      if (isShaken(socket)) ready();
      else socket.once('secureConnect', ready);
    } else if (socket.connecting) socket.once('connect', ready);
    else ready();
  }

  /** The look at the lease and the write happen in one turn: a process that was frozen before finds its lease over. */
  private write(): void {
    if (this.ended) return;
    if (this.now() >= this.post.leaseUntil()) {
      this.fail('leaseEnded');
      return;
    }
    this.sent = true;
    this.request.end(this.post.body, () => {
      this.post.onHandedOver?.().catch((error: unknown) => {
        this.finish(() => this.reject(error));
        this.request.destroy();
      });
    });
  }

  private read(response: IncomingMessage): void {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) this.fail('answerTooLarge');
      else chunks.push(chunk);
    });
    response.on('error', (error) => this.fail(codeOf(error)));
    response.on('close', () => {
      // Cut off before its announced end.
      if (!response.complete) this.fail('cutOff');
    });
    response.on('end', () => {
      if (!response.complete) return;
      this.finish(() =>
        this.resolve({
          kind: 'answer',
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks),
          retryAfterMs: retryAfterOf(response.headers['retry-after']),
        }),
      );
    });
  }

  private fail(reason: string): void {
    this.finish(() => this.resolve({ kind: this.sent ? 'noAnswer' : 'notSent', reason }));
    this.request.destroy();
  }

  private finish(settle: () => void): void {
    if (this.ended) return;
    this.ended = true;
    for (const timer of this.timers) clearTimeout(timer);
    settle();
  }

  private after(ms: number, act: () => void): void {
    this.timers.push(setTimeout(act, Math.max(0, ms)));
  }
}

function isTls(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket && socket.encrypted === true;
}

/** Whether the TLS handshake is done, as on a connection that is used again. */
function isShaken(socket: TLSSocket): boolean {
  return !socket.connecting && ![null, 'unknown'].includes(socket.getProtocol());
}

function codeOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.name;
}

function retryAfterOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,4}$/.test(header) ? Number(header) * 1000 : null;
}
