import { EventEmitter } from 'node:events';
import { In, MoreThan } from 'typeorm';
import type { Logger } from '../../runtime/logger';
import { integerOf } from '../../store/columns';
import { CaseAct, CaseCopy, CaseTask, OfficeCase } from '../../store/entities';
import type { Transactions } from '../../store/transactions';

/** What a change touches: whoever holds such a post, or is named, should look again. */
export interface Change {
  readonly posts: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
}

const EVERY_MS = 1_000;
/** Acts that a transaction may still bring in behind later ones are looked for so long, ms. */
const LATE_MS = 10_000;
const AT_ONCE = 500;

export function postKey(role: string, division: string): string {
  return `${role}/${division}`;
}

/**
 * Notices what happens to cases, whichever process it happens in: one look a second at the acts that came since, for all who
 * listen in this process together, and none while nobody listens.
 */
export class InboxWatch {
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private timer: NodeJS.Timeout | undefined;
  /** Acts after this one are looked at, and those among them that were seen are known. */
  private floor = 0;
  private seen = new Map<number, number>();

  constructor(
    private readonly store: Transactions,
    private readonly logger: Logger,
    private readonly everyMs: number = EVERY_MS,
  ) {}

  /** Calls `listener` for every change until the returned function is called. */
  listen(listener: (change: Change) => void): () => void {
    this.emitter.on('change', listener);
    if (this.emitter.listenerCount('change') === 1) this.start();
    return () => {
      this.emitter.off('change', listener);
      if (this.emitter.listenerCount('change') === 0) this.stop();
    };
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private start(): void {
    let busy = false;
    this.floor = -1;
    this.timer = setInterval(() => {
      if (busy) return;
      busy = true;
      void this.look()
        .catch((error: unknown) => this.logger.warn({ err: error }, '待办变化暂时读不到, 稍后再试'))
        .finally(() => {
          busy = false;
        });
    }, this.everyMs);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    if (this.floor < 0) {
      this.floor = await this.store.read(async (manager) => {
        const [row]: { last: unknown }[] = await manager.query('SELECT MAX(id) AS last FROM case_act');
        return row?.last === null || row === undefined ? 0 : integerOf(row.last);
      });
      this.seen = new Map();
      return;
    }
    const now = Date.now();
    const change = await this.store.read(async (manager) => {
      const acts = await manager.find(CaseAct, { select: { id: true, caseId: true }, where: { id: MoreThan(this.floor) }, order: { id: 'ASC' }, take: AT_ONCE + this.seen.size });
      const fresh = acts.filter(({ id }) => !this.seen.has(id));
      for (const { id } of fresh) this.seen.set(id, now);
      if (fresh.length === 0) return null;
      const caseIds = [...new Set(fresh.map(({ caseId }) => caseId))];
      const tasks = await manager.find(CaseTask, { select: { role: true, division: true, assigneeId: true, doneBy: true }, where: { caseId: In(caseIds) } });
      const cases = await manager.find(OfficeCase, { select: { makerId: true }, where: { id: In(caseIds) } });
      const copies = await manager.find(CaseCopy, { select: { userId: true }, where: { caseId: In(caseIds) } });
      return { tasks, cases, copies };
    });
    this.forget(now);
    if (change) this.emitter.emit('change', changeOf(change));
  }

  /** Raises the floor to the oldest act that is still young, once all below it are old. */
  private forget(now: number): void {
    for (const [id, at] of this.seen) {
      if (now - at < LATE_MS) break;
      this.seen.delete(id);
      this.floor = Math.max(this.floor, id);
    }
  }
}

interface Touched {
  readonly tasks: readonly Pick<CaseTask, 'role' | 'division' | 'assigneeId' | 'doneBy'>[];
  readonly cases: readonly Pick<OfficeCase, 'makerId'>[];
  readonly copies: readonly Pick<CaseCopy, 'userId'>[];
}

function changeOf({ tasks, cases, copies }: Touched): Change {
  const users = [...tasks.flatMap(({ assigneeId, doneBy }) => [assigneeId, doneBy]), ...cases.map(({ makerId }) => makerId), ...copies.map(({ userId }) => userId)];
  return {
    posts: new Set(tasks.map(({ role, division }) => postKey(role, division))),
    users: new Set(users.filter((id) => id !== null)),
  };
}
