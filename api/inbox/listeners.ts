import type { Response } from 'express';
import { In } from 'typeorm';
import { sessionProblem, type SessionSettings } from '../../domain/people/settings';
import type { Logger } from '../../runtime/logger';
import { UserSession } from '../../store/entities';
import type { Transactions } from '../../store/transactions';
import type { Reader } from '../cases/reader';
import { Problem } from '../problem';
import { type Change, type InboxWatch, postKey } from './watch';

/** Listeners of one person, and of one process, at a time. */
const MOST_OF_USER = 6;
const MOST_OF_PROCESS = 2_000;
/** Time between two signs of life; sessions are looked at as often, all together, ms. */
const HEARTBEAT_MS = 15_000;
/** A listener is asked to come again after so long, ms: posts and delegations are read when it does. */
const LIFE_MS = 10 * 60_000;

interface Listener {
  readonly userId: string;
  readonly sessionId: string;
  readonly until: number;
  readonly response: Response;
  readonly end: () => void;
}

export interface ListenerLimits {
  readonly heartbeatMs?: number;
  readonly lifeMs?: number;
}

/** Those who listen to their inbox (server-sent events). They hear that something changed, never what. */
export class InboxListeners {
  private readonly all = new Set<Listener>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: Transactions,
    private readonly watch: InboxWatch,
    private readonly settings: SessionSettings,
    private readonly now: () => number,
    private readonly logger: Logger,
    private readonly limits: ListenerLimits = {},
  ) {}

  /** Throws Problem TOO_MANY_REQUESTS where the person, or the process, has enough listeners. */
  requirePlace(userId: string): void {
    const own = [...this.all].filter((listener) => listener.userId === userId).length;
    if (own >= MOST_OF_USER || this.all.size >= MOST_OF_PROCESS) throw new Problem('TOO_MANY_REQUESTS');
  }

  /** Writes events until the caller leaves, his session ends, the process stops or it is time to come again. */
  listen(response: Response, reader: Reader, stopping: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const { userId, sessionId } = reader.user;
      const posts = new Set(reader.posts.map(({ role, division }) => postKey(role, division)));
      const users = new Set([userId, ...reader.posts.map(({ forUserId }) => forUserId)]);
      const concerns = (change: Change): boolean => [...change.posts].some((post) => posts.has(post)) || [...change.users].some((user) => users.has(user));
      const end = (): void => {
        if (!this.all.delete(listener)) return;
        stopWatching();
        stopping.removeEventListener('abort', end);
        if (this.all.size === 0) clearInterval(this.timer);
        response.end();
        resolve();
      };
      const listener: Listener = { userId, sessionId, until: this.now() + (this.limits.lifeMs ?? LIFE_MS), response, end };
      const stopWatching = this.watch.listen((change) => {
        if (concerns(change)) response.write('event: change\ndata: {}\n\n');
      });
      this.all.add(listener);
      if (this.all.size === 1) this.beat();
      response.once('close', end);
      stopping.addEventListener('abort', end, { once: true });
      response.write('retry: 3000\n\n');
      if (stopping.aborted) end();
    });
  }

  private beat(): void {
    this.timer = setInterval(() => {
      void this.look().catch((error: unknown) => this.logger.warn({ err: error }, '会话状态暂时读不到, 稍后再试'));
    }, this.limits.heartbeatMs ?? HEARTBEAT_MS);
    this.timer.unref();
  }

  /** Sends a sign of life to those whose sessions live, and ends the others. Listening is no use of a session. */
  private async look(): Promise<void> {
    const ids = [...new Set([...this.all].map(({ sessionId }) => sessionId))];
    const rows = await this.store.read((manager) => manager.findBy(UserSession, { id: In(ids) }));
    const now = this.now();
    const live = new Set(rows.filter((row) => sessionProblem(row, now, this.settings) === null).map(({ id }) => id));
    for (const listener of this.all) {
      if (live.has(listener.sessionId) && now < listener.until) listener.response.write(': 心跳\n\n');
      else listener.end();
    }
  }
}
