import type { MessageLog } from './message-log';
import type { Clock } from './types';

/** How long the right to send lasts without a renewal: a killed sender's message can be settled after that, ms. */
export const LEASE_MS = 4000;
const RENEW_EVERY_MS = 1000;

/** The right to send one message until a moment; whoever holds another token may no longer record its outcome. */
export interface Lease {
  readonly id: number;
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * Keeps a lease alive while its sender waits for the answer. A live sender may wait for minutes, and a dead one is known
 * as dead after seconds. A sender that was frozen finds its lease over and drops the socket.
 */
export class RollingLease {
  private end: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: Pick<MessageLog, 'renew'>,
    private readonly clock: Clock,
    private readonly lease: Lease,
  ) {
    this.end = lease.until;
  }

  /** End of the right to send as renewed so far, ms since 1970. */
  until(): number {
    return this.end;
  }

  start(): void {
    this.timer = setTimeout(() => void this.renew(), RENEW_EVERY_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async renew(): Promise<void> {
    const now = this.clock.now();
    if (now >= this.end) return;
    const until = now + LEASE_MS;
    // A database that does not answer ends the lease; the next renewal may still come in time.
    const renewed = await this.log.renew(this.lease, until).catch(() => undefined);
    if (renewed) this.end = until;
    if (this.timer !== undefined && renewed !== false) this.start();
  }
}
