import { randomUUID } from 'node:crypto';
import { type EntityManager, IsNull } from 'typeorm';
import { formatMsgid } from '../../domain/national/msgid';
import { leavesQuestion } from '../../schemas/national/lost-answer';
import { Message, type MessageOutcome } from '../../store/entities/Message';
import { MsgidCounter } from '../../store/entities/MsgidCounter';
import { isUniqueViolation } from '../../store/errors';
import type { Store } from '../../store/open-store';
import { insertOnce, lockRow } from '../../store/rows';
import type { WriteOptions } from '../../store/transactions';
import { LEASE_MS, type Lease } from './lease';
import { type CallKey, type Clock, GatewayError } from './types';

/** What is known of a message before it is encoded. */
export interface Draft {
  readonly key: CallKey;
  readonly institution: string;
  /** As sent, A form included. */
  readonly infno: string;
  readonly profile: string;
  readonly psnNo: string | null;
  readonly mdtrtId: string | null;
}

export type Begun =
  | { readonly kind: 'mine'; readonly msgid: string; readonly body: string; readonly sentAt: number; readonly lease: Lease }
  /** Another sender holds the lease. */
  | { readonly kind: 'underWay'; readonly row: Message }
  /** Its outcome stands. */
  | { readonly kind: 'ended'; readonly row: Message };

/** How a message ended, as recorded. */
export interface Ending {
  readonly outcome: MessageOutcome;
  readonly raw: string;
  readonly infcode: string | null;
  readonly infRefmsgid: string | null;
  readonly mdtrtId: string | null;
}

/** Rows written in the commit of an answer. */
export type RowsWork = (manager: EntityManager) => Promise<void>;

const RACES = 5;

/** The message log (报文日志): every message is a row before it is sent. */
export class MessageLog {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** The message of a key, or null. */
  find(key: CallKey): Promise<Message | null> {
    return this.store.read((manager) => manager.findOneBy(Message, whereKey(key)));
  }

  /** The message by its msgid, or null. */
  findByMsgid(msgid: string): Promise<Message | null> {
    return this.store.read((manager) => manager.findOneBy(Message, { msgid }));
  }

  /**
   * Takes the right to send: inserts the row as sent with its msgid, or takes over a prepared one, in one commit. A row whose
   * lease has ended without an answer becomes unknown here.
   * @param encode makes the body for the msgid; what it throws leaves no row.
   */
  begin(draft: Draft, encode: (msgid: string) => string): Promise<Begun> {
    const token = randomUUID();
    const work = async (manager: EntityManager): Promise<Begun> => {
      const now = this.clock.now();
      const lease = { token, until: now + LEASE_MS };
      const row = await lockRow(manager, Message, whereKey(draft.key));
      if (!row) return this.insertSent(manager, draft, lease, encode);
      requireSame(row, draft);
      if (row.state === 'prepared') return this.takeOver(manager, row, lease, encode);
      if (row.outcome !== null) return { kind: 'ended', row };
      if (isUnderWay(row, now)) return { kind: 'underWay', row };
      return { kind: 'ended', row: { ...row, ...(await endAsUnknown(manager, row)) } };
    };
    return this.racing(work, { verify: (manager) => findMine(manager, token), sharesCommit: true });
  }

  /** Prolongs a lease; false when it has passed to someone else. */
  renew(lease: Lease, until: number): Promise<boolean> {
    return this.store.write((manager) => this.change(manager, lease, { leaseUntil: until }));
  }

  /** Makes sure that the key has a row and a msgid, without sending. Returns the row. */
  prepare(draft: Draft): Promise<Message> {
    return this.racing(async (manager) => {
      const row = await lockRow(manager, Message, whereKey(draft.key));
      if (row) requireSame(row, draft);
      else await this.insert(manager, draft, { state: 'prepared' }, () => null);
      return manager.findOneByOrFail(Message, whereKey(draft.key));
    });
  }

  /** Puts a message that surely did not leave back, so that the next attempt uses the same msgid. */
  putBack(lease: Lease): Promise<boolean> {
    return this.store.write((manager) => this.change(manager, lease, { state: 'prepared', leaseUntil: null, leaseToken: null, sentAt: null }));
  }

  /**
   * Records an ending and runs `alongside` in the same commit.
   * @returns false when the lease has passed to someone else; nothing is changed then.
   */
  record(lease: Lease, infno: string, ending: Ending, alongside?: RowsWork): Promise<boolean> {
    const work = async (manager: EntityManager): Promise<boolean> => {
      const changed = await this.change(manager, lease, {
        state: 'answered',
        outcome: ending.outcome,
        answer: ending.raw,
        infcode: ending.infcode,
        inf_refmsgid: ending.infRefmsgid,
        answeredAt: this.clock.now(),
        leaseUntil: null,
        resolution: ending.outcome === 'unknown' ? firstResolution(infno) : null,
        ...(ending.mdtrtId === null ? {} : { mdtrt_id: ending.mdtrtId }),
      });
      if (changed) await alongside?.(manager);
      return changed;
    };
    return this.store.write(work, { verify: (manager) => isRecorded(manager, lease), sharesCommit: true });
  }

  /** Notes that no answer came. Returns false when the lease has passed to someone else. */
  recordSilence(lease: Lease, infno: string): Promise<boolean> {
    return this.store.write((manager) => this.change(manager, lease, { outcome: 'unknown', leaseUntil: null, resolution: firstResolution(infno) }));
  }

  /** Keeps an answer that came after the outcome was declared unknown: for disputes, and for whoever resolves it. */
  keepLateAnswer(lease: Lease, raw: string): Promise<boolean> {
    return this.store.write(async (manager) => {
      const { affected } = await manager.update(Message, { id: lease.id, answer: IsNull() }, { answer: raw });
      return affected === 1;
    });
  }

  private async insertSent(
    manager: EntityManager,
    draft: Draft,
    lease: Omit<Lease, 'id'>,
    encode: (msgid: string) => string,
  ): Promise<Begun> {
    const sentAt = this.clock.now();
    const sent = { state: 'sent', leaseUntil: lease.until, leaseToken: lease.token, attempts: 1, sentAt } as const;
    const { id, msgid, request } = await this.insert(manager, draft, sent, encode);
    return { kind: 'mine', msgid, body: request ?? '', sentAt, lease: { id, ...lease } };
  }

  private async takeOver(
    manager: EntityManager,
    row: Message,
    lease: Omit<Lease, 'id'>,
    encode: (msgid: string) => string,
  ): Promise<Begun> {
    const body = encode(row.msgid);
    const sentAt = this.clock.now();
    await manager.update(
      Message,
      { id: row.id, state: 'prepared' },
      {
        state: 'sent',
        leaseUntil: lease.until,
        leaseToken: lease.token,
        attempts: row.attempts + 1,
        request: body,
        sentAt,
      },
    );
    return { kind: 'mine', msgid: row.msgid, body, sentAt, lease: { id: row.id, ...lease } };
  }

  private async insert(
    manager: EntityManager,
    draft: Draft,
    state: Partial<Message>,
    encode: (msgid: string) => string | null,
  ): Promise<{ id: number; msgid: string; request: string | null }> {
    const now = this.clock.now();
    const msgid = await allocateMsgid(manager, draft.institution, now);
    const request = encode(msgid);
    const inserted = await manager.insert(Message, {
      ...draft.key,
      institution: draft.institution,
      infno: draft.infno,
      profile: draft.profile,
      psn_no: draft.psnNo,
      mdtrt_id: draft.mdtrtId,
      msgid,
      request,
      attempts: 0,
      preparedAt: now,
      ...state,
    });
    return { id: Number(inserted.identifiers[0]?.['id']), msgid, request };
  }

  private async change(manager: EntityManager, lease: Lease, change: Partial<Message>): Promise<boolean> {
    const mine = { id: lease.id, leaseToken: lease.token, state: 'sent', outcome: IsNull() } as const;
    const { affected } = await manager.update(Message, mine, change);
    return affected === 1;
  }

  /** Two senders may insert the same key at once: the loser's transaction is rolled back and sees the winner's row. */
  private async racing<T>(work: (manager: EntityManager) => Promise<T>, options?: WriteOptions<T>): Promise<T> {
    for (let race = 1; ; race += 1) {
      try {
        return await this.store.write(work, options);
      } catch (error) {
        if (!isUniqueViolation(error) || race >= RACES) throw error;
      }
    }
  }
}

/** The next msgid of an institution. The counter commits with the row that uses it, so a number is never given twice. */
async function allocateMsgid(manager: EntityManager, institution: string, now: number): Promise<string> {
  for (;;) {
    const counted = await manager.increment(MsgidCounter, { institution }, 'serial', 1);
    if (counted.affected === 0) {
      await insertOnce(manager, MsgidCounter, { institution, serial: 0 });
      continue;
    }
    const { serial } = await manager.findOneByOrFail(MsgidCounter, { institution });
    // A clock set back by exactly 10,000 messages could repeat one; its unique key then fails, and a later second is free.
    return formatMsgid(institution, new Date(now), serial);
  }
}

/** Whether a BEGIN whose commit was lost took effect: then the lease is ours. */
async function findMine(manager: EntityManager, token: string): Promise<Begun | undefined> {
  const row = await manager.findOneBy(Message, { leaseToken: token, state: 'sent' });
  if (!row) return undefined;
  return { kind: 'mine', msgid: row.msgid, body: row.request ?? '', sentAt: row.sentAt ?? 0, lease: { id: row.id, token, until: row.leaseUntil ?? 0 } };
}

async function isRecorded(manager: EntityManager, lease: Lease): Promise<true | undefined> {
  const recorded = await manager.existsBy(Message, { id: lease.id, leaseToken: lease.token, state: 'answered' });
  return recorded || undefined;
}

/**
 * Whether a sender is at the message of a key. One whose lease has ended without an outcome gets the outcome `unknown`, since
 * whoever sent it is gone.
 */
export async function isBeingSent(manager: EntityManager, key: CallKey, now: number): Promise<boolean> {
  const row = await lockRow(manager, Message, whereKey(key));
  if (row?.state !== 'sent' || row.outcome !== null) return false;
  if (isUnderWay(row, now)) return true;
  await endAsUnknown(manager, row);
  return false;
}

/** Whether a sender holds the message and is alive. */
export function isUnderWay({ state, outcome, leaseUntil }: Message, now: number): boolean {
  return state === 'sent' && outcome === null && leaseUntil !== null && leaseUntil > now;
}

async function endAsUnknown(manager: EntityManager, row: Message): Promise<Pick<Message, 'outcome' | 'resolution'>> {
  const ended = { outcome: 'unknown', resolution: firstResolution(row.infno) } as const;
  await manager.update(Message, { id: row.id }, ended);
  return ended;
}

function firstResolution(infno: string): 'open' | null {
  return leavesQuestion(infno) ? 'open' : null;
}

function requireSame(row: Message, draft: Draft): void {
  if (row.infno === draft.infno && row.institution === draft.institution) return;
  throw new GatewayError('keyReused', `the key of message ${row.msgid} (${row.infno}) was used again for ${draft.infno}`);
}

function whereKey({ workflowId, commandId, step, ordinal }: CallKey): CallKey {
  return { workflowId, commandId, step, ordinal };
}
