import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { type EntityManager, In, LessThan, Not } from 'typeorm';
import { closeItem, raiseItem } from '../activities/abnormal/items';
import type { CommandEnvelope, CommandResult } from '../domain/commands';
import type { Logger } from '../runtime/logger';
import { Command } from '../store/entities';
import { isUniqueViolation } from '../store/errors';
import type { Transactions } from '../store/transactions';
import { failedCommand, refusedDelivery } from './command-items';
import { deliver, DeliveryRefused, NotAnswered, type ProcessStart } from './delivery';
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
  readonly process: 'admission' | 'reconcile' | 'office-case' | 'batch';
  readonly workflowId: string;
  readonly name: string;
  readonly payload: object;
  readonly operator: CommandEnvelope['operator'];
  readonly start: ProcessStart | null;
  /**
   * Rows that must stand together with the command, such as fee lines; may refuse by throwing a Problem. Where these rows
   * bring forth the process, as an office case with its number, it returns what of the order follows from them.
   */
  readonly alongside?: (manager: EntityManager) => Promise<void | ProcessOfOrder>;
}

/** Which process a command is for, and what it is told. */
export type ProcessOfOrder = Pick<CommandOrder, 'workflowId' | 'start' | 'payload'>;

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
    const stored = await this.insertOnce(order, (manager) => insert(manager, id, order));
    if (stored.id !== id) return { status: statusOfRepeat(stored, order.bodyHash), repeated: true };
    this.start(stored, false);
    return { status: statusOf(stored), repeated: false };
  }

  /**
   * Commits a command whose result is known at once, so that a repeat of its key is answered the same: what was done by the
   * rows alone, or refused before any process was asked. Throws as `accept` does.
   */
  async recordDone(order: CommandOrder, result: (row: ProcessOfOrder) => CommandResult): Promise<{ status: CommandStatus; repeated: boolean }> {
    const id = randomUUID();
    const stored = await this.insertOnce(order, async (manager) => {
      const row = await rowWithin(manager, id, order);
      const done: Command = { ...row, state: 'done', result: result({ ...(row.payload as StoredOrder), workflowId: row.workflowId }), doneAt: row.createdAt };
      await manager.insert(Command, done);
      return done;
    });
    const repeated = stored.id !== id;
    return { status: repeated ? statusOfRepeat(stored, order.bodyHash) : statusOf(stored), repeated };
  }

  /** The row of a key: written by `work`, or the one that stood or came before it. */
  private async insertOnce({ institution, idempotencyKey }: CommandOrder, work: (manager: EntityManager) => Promise<Command>): Promise<Command> {
    const find = (manager: EntityManager): Promise<Command | null> => manager.findOneBy(Command, { institution, idempotencyKey });
    try {
      return await this.store.write(work, { verify: async (manager) => (await find(manager)) ?? undefined, sharesCommit: true });
    } catch (error) {
      const first = isUniqueViolation(error) ? await this.store.read(find) : null;
      if (!first) throw error;
      return first;
    }
  }

  /** The status of a command as the database has it, by its id or its idempotency key, or null. */
  async find(institution: string, by: { readonly id: string } | { readonly idempotencyKey: string }): Promise<CommandStatus | null> {
    const row = await this.store.read((manager) => manager.findOneBy(Command, { ...by, institution }));
    return row && statusOf(row);
  }

  /** The status of a command that this operator gave to an office case, or null. */
  async findOwn(operatorId: string, id: string): Promise<CommandStatus | null> {
    const row = await this.store.read((manager) => manager.findOneBy(Command, { id, process: 'office-case' }));
    return row && (row.payload as StoredOrder).operator.id === operatorId ? statusOf(row) : null;
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
    await this.waitForDeliveries(ms);
    for (const abort of this.aborts) abort.abort();
    // The client may be asleep between two tries and not hear the abort.
    await this.waitForDeliveries(ABORT_MS);
  }

  private async waitForDeliveries(ms: number): Promise<void> {
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
    const parcel = { commandId: row.id, process: row.process, workflowId: row.workflowId, name: row.name, payload, operator, start };
    try {
      const result = await deliver(this.client, parcel, again, abort.signal, this.logger);
      await this.finish(row, result, again);
      commandResults.inc({ command: row.name, status: result.status });
      return result;
    } catch (error) {
      const level = error instanceof NotAnswered ? 'info' : 'warn';
      this.logger[level]({ err: error, commandId: row.id, command: row.name }, 'a command is left to the sweeper');
      if (error instanceof DeliveryRefused) await this.tellRefused(row);
      return null;
    } finally {
      this.aborts.delete(abort);
    }
  }

  /** It is tried on by the sweeper, and a person is told. Never throws: what cannot be told now is told at the next try. */
  private async tellRefused(row: Command): Promise<void> {
    await this.store.write((manager) => raiseItem(manager, refusedDelivery(row))).catch((error: unknown) => {
      this.logger.warn({ err: error, commandId: row.id }, 'an abnormal item could not be raised');
    });
  }

  private async finish(row: Command, result: CommandResult, again: boolean): Promise<void> {
    const work = async (manager: EntityManager): Promise<void> => {
      const done = await manager.update(Command, { id: row.id, state: Not('done') }, { state: 'done', result, doneAt: Date.now() });
      if (again) await closeItem(manager, refusedDelivery(row), '已送达', Date.now());
      if (done.affected !== 1 || result.status === 'done') return;
      if (row.name === 'uploadFees') await discardRefusedUpload(manager, (row.payload as StoredOrder).payload);
      if (result.refusal.code === 'COMMAND_FAILED') await raiseItem(manager, failedCommand(row, result.refusal.message));
    };
    await this.store.write(work, { sharesCommit: true });
  }
}

async function insert(manager: EntityManager, id: string, order: CommandOrder): Promise<Command> {
  const inFlight = await manager.countBy(Command, { workflowId: order.workflowId, state: In(['accepted', 'delivered']) });
  if (inFlight >= MOST_IN_FLIGHT) throw new Problem('TOO_MANY_COMMANDS');
  const row = await rowWithin(manager, id, order);
  await manager.insert(Command, row);
  return row;
}

async function rowWithin(manager: EntityManager, id: string, order: CommandOrder): Promise<Command> {
  return rowOf(id, { ...order, ...(await order.alongside?.(manager)) });
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
