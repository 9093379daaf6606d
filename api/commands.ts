import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { type EntityManager, In, LessThan, Not } from 'typeorm';
import type { CommandEnvelope, CommandResult } from '../domain/commands';
import type { Logger } from '../runtime/logger';
import { Command } from '../store/entities';
import { isUniqueViolation } from '../store/errors';
import type { Transactions } from '../store/transactions';
import { deliver, NotAnswered, type ProcessStart } from './delivery';
import { discardRefusedUpload } from './fee-uploads';
import { commandResults, commandsInFlight } from './metrics';
import { startPause } from './pause';
import { Problem } from './problem';

/** Commands of one workflow that may be under way at once; the server itself lets ten in and makes the rest wait unseen. */
const MOST_IN_FLIGHT = 8;
/** How long a process may leave a command without a sign of life before another one takes it over, ms. */
const LEASE_MS = 6_000;
/** Time for an aborted delivery to end, ms. */
const ABORT_MS = 300;
/** How often a repeat looks for the answer that another process is fetching, ms. */
const LOOK_EVERY_MS = 200;

export interface CommandOrder {
  readonly institution: string;
  readonly idempotencyKey: string;
  readonly bodyHash: string;
  readonly process: 'admission' | 'reconcile';
  readonly workflowId: string;
  readonly name: string;
  readonly payload: object;
  readonly operator: CommandEnvelope['operator'];
  readonly start: ProcessStart | null;
  /** Rows that must stand together with the command, such as fee lines; may refuse by throwing a Problem. */
  readonly alongside?: (manager: EntityManager) => Promise<void>;
}

/** What the `payload` column holds. */
type StoredOrder = Pick<CommandOrder, 'payload' | 'operator' | 'start'>;

export interface CommandStatus {
  readonly id: string;
  readonly name: string;
  readonly workflowId: string;
  readonly result: CommandResult | null;
  readonly createdAt: number;
  readonly doneAt: number | null;
}

/**
 * Takes commands in and sees that each is carried out once: the row is committed before Temporal is asked, the result
 * is committed before the caller hears it, and what is left over is delivered again by the sweeper.
 */
export class CommandDesk {
  private readonly underWay = new Map<string, Promise<CommandResult | null>>();
  /** One for each delivery: the Temporal client never takes its listener off a signal again. */
  private readonly aborts = new Set<AbortController>();

  constructor(
    private readonly store: Transactions,
    private readonly client: Client,
    private readonly logger: Logger,
  ) {}

  /** The first command under this key, or null. Throws Problem IDEMPOTENCY_KEY_REUSED when its content was another. */
  async findRepeat(institution: string, idempotencyKey: string, bodyHash: string): Promise<CommandStatus | null> {
    const row = await this.store.read((manager) => manager.findOneBy(Command, { institution, idempotencyKey }));
    return row ? statusOfRepeat(row, bodyHash) : null;
  }

  /**
   * Commits the command and starts its delivery. Returns the status of the first one when the key was used meanwhile.
   * Throws Problem TOO_MANY_COMMANDS, IDEMPOTENCY_KEY_REUSED, or what `alongside` throws.
   */
  async accept(order: CommandOrder): Promise<{ status: CommandStatus; repeated: boolean }> {
    const id = randomUUID();
    const row = rowOf(id, order);
    const find = (manager: EntityManager): Promise<Command | null> =>
      manager.findOneBy(Command, { institution: order.institution, idempotencyKey: order.idempotencyKey });
    let stored: Command;
    try {
      stored = await this.store.write((manager) => insert(manager, row, order), {
        verify: async (manager) => (await find(manager)) ?? undefined,
      });
    } catch (error) {
      const first = isUniqueViolation(error) ? await this.store.read(find) : null;
      if (!first) throw error;
      stored = first;
    }
    if (stored.id !== id) return { status: statusOfRepeat(stored, order.bodyHash), repeated: true };
    this.start(stored, false);
    return { status: statusOf(stored), repeated: false };
  }

  /** The status of a command as the database has it, by its id or its idempotency key, or null. */
  async find(institution: string, by: { readonly id: string } | { readonly idempotencyKey: string }): Promise<CommandStatus | null> {
    const row = await this.store.read((manager) => manager.findOneBy(Command, { ...by, institution }));
    return row && statusOf(row);
  }

  /** Waits at most `ms` for the result of a command, whichever process delivers it. Null: not yet. */
  async wait(status: CommandStatus, institution: string, ms: number, signal: AbortSignal): Promise<CommandResult | null> {
    if (status.result) return status.result;
    const deadline = Date.now() + ms;
    const own = this.underWay.get(status.id);
    if (own) {
      const pause = startPause(ms, signal);
      const result = await Promise.race([own, pause.over]).finally(pause.end);
      if (result) return result;
    }
    while (Date.now() < deadline && !signal.aborted) {
      const row = await this.find(institution, { id: status.id });
      if (row?.result) return row.result;
      if (own && !this.underWay.has(status.id)) return null;
      await startPause(Math.min(LOOK_EVERY_MS, Math.max(1, deadline - Date.now())), signal).over;
    }
    return null;
  }

  /** Keeps the commands in this process's hands from being taken over. Called by the sweeper. */
  async renewLeases(): Promise<void> {
    const ids = [...this.underWay.keys()];
    if (ids.length === 0) return;
    await this.store.write((manager) =>
      manager.update(Command, { id: In(ids), state: Not('done') }, { state: 'delivered', leaseUntil: Date.now() + LEASE_MS }),
    );
  }

  /** Takes over commands whose lease ran out and delivers them again; returns how many. */
  async takeOver(limit: number): Promise<number> {
    const now = Date.now();
    const left = await this.store.read((manager) =>
      manager.find(Command, {
        where: { state: In(['accepted', 'delivered']), leaseUntil: LessThan(now) },
        order: { leaseUntil: 'ASC' },
        take: limit,
      }),
    );
    let taken = 0;
    for (const row of left) {
      if (this.underWay.has(row.id)) continue;
      // Whoever changes the lease from the value that was read has the command.
      const claim = await this.store.write((manager) =>
        manager.update(Command, { id: row.id, leaseUntil: row.leaseUntil, state: Not('done') }, { leaseUntil: now + LEASE_MS }),
      );
      if (claim.affected !== 1) continue;
      this.start(row, true);
      taken += 1;
    }
    return taken;
  }

  /** Lets the deliveries under way end, then gives up those that last longer than `ms`: the next process delivers them. */
  async drain(ms: number): Promise<void> {
    await this.settle(ms);
    for (const abort of this.aborts) abort.abort();
    // The client may be asleep between two tries and not hear the abort.
    await this.settle(ABORT_MS);
  }

  private async settle(ms: number): Promise<void> {
    const pause = startPause(ms, new AbortController().signal);
    await Promise.race([Promise.allSettled(this.underWay.values()), pause.over]).finally(pause.end);
  }

  private start(row: Command, again: boolean): void {
    commandsInFlight.inc();
    const work = this.carryOut(row, again).finally(() => {
      this.underWay.delete(row.id);
      commandsInFlight.dec();
    });
    this.underWay.set(row.id, work);
  }

  /** Delivers and records the result; null when the answer is still open. Never throws. */
  private async carryOut(row: Command, again: boolean): Promise<CommandResult | null> {
    const { payload, operator, start } = row.payload as StoredOrder;
    const abort = new AbortController();
    this.aborts.add(abort);
    const parcel = { commandId: row.id, workflowId: row.workflowId, name: row.name, payload, operator, start };
    try {
      const result = await deliver(this.client, parcel, again, abort.signal, this.logger);
      await this.finish(row, result);
      commandResults.inc({ command: row.name, status: result.status });
      return result;
    } catch (error) {
      const level = error instanceof NotAnswered ? 'info' : 'warn';
      this.logger[level]({ err: error, commandId: row.id, command: row.name }, 'a command is left to the sweeper');
      return null;
    } finally {
      this.aborts.delete(abort);
    }
  }

  private async finish(row: Command, result: CommandResult): Promise<void> {
    await this.store.write(async (manager) => {
      const done = await manager.update(Command, { id: row.id, state: Not('done') }, { state: 'done', result, doneAt: Date.now() });
      if (done.affected === 1 && row.name === 'uploadFees' && result.status === 'refused') {
        await discardRefusedUpload(manager, (row.payload as StoredOrder).payload);
      }
    });
  }
}

async function insert(manager: EntityManager, row: Command, order: CommandOrder): Promise<Command> {
  const inFlight = await manager.countBy(Command, { workflowId: order.workflowId, state: In(['accepted', 'delivered']) });
  if (inFlight >= MOST_IN_FLIGHT) throw new Problem('TOO_MANY_COMMANDS');
  await order.alongside?.(manager);
  await manager.insert(Command, row);
  return row;
}

function rowOf(id: string, order: CommandOrder): Command {
  const stored: StoredOrder = { payload: order.payload, operator: order.operator, start: order.start };
  const { institution, idempotencyKey, bodyHash, process, workflowId, name } = order;
  const now = Date.now();
  return {
    id, institution, idempotencyKey, bodyHash, process, workflowId, name,
    payload: stored, state: 'accepted', leaseUntil: now + LEASE_MS, result: null, createdAt: now, doneAt: null,
  };
}

function statusOfRepeat(row: Command, bodyHash: string): CommandStatus {
  if (row.bodyHash !== bodyHash) throw new Problem('IDEMPOTENCY_KEY_REUSED');
  return statusOf(row);
}

function statusOf(row: Command): CommandStatus {
  const { id, name, workflowId, createdAt, doneAt } = row;
  return { id, name, workflowId, result: row.result as CommandResult | null, createdAt, doneAt };
}
