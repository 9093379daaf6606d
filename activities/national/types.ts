import type { EntityManager } from 'typeorm';
import type { Infno, TransactionMap } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import type { Message } from '../../store/entities/Message';

/** By what a retry finds its message: nothing else survives a killed worker. */
export interface CallKey {
  readonly workflowId: string;
  readonly commandId: string;
  /** Names the call within the command, at most 56 characters, without `~`. */
  readonly step: string;
  /** A new number asks for a new message; the same number always means the same one. */
  readonly ordinal: number;
}

/** Who asks (经办人), as the header names them. */
export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly type: '1' | '2' | '3';
}

export interface CallRequest<N extends Infno> {
  readonly key: CallKey;
  /** fixmedins_code of the institution that sends. */
  readonly institution: string;
  /** Our number; the profile may send its A form. */
  readonly infno: N;
  readonly input: TransactionMap[N]['input'];
  readonly psnNo?: string;
  /** Insured place; required whenever the input names a person. */
  readonly insuplcAdmdvs?: string;
  readonly operator: Operator;
  /** Overrides the time-out of profile and configuration, milliseconds. */
  readonly timeoutMs?: number;
  /**
   * Business rows that belong to the answer, written in the very transaction that records it. Called for `settled` and
   * `refused`, and again (with `replayed`) whenever the call is repeated, since the first time may have failed: so it must be
   * idempotent by unique keys. It may also run more than once when the database retries a transaction.
   */
  readonly onAnswer?: (outcome: AnsweredOutcome<N>, manager: EntityManager) => Promise<void>;
  /** Called at least once a second while the call waits. */
  readonly heartbeat?: () => void;
}

/** A request without its types of input and answer. */
export type AnyRequest = Omit<CallRequest<Infno>, 'onAnswer'>;

/** Done, and the answer is known. */
export interface Settled<N extends Infno> {
  readonly kind: 'settled';
  readonly msgid: string;
  readonly output: TransactionMap[N]['output'];
  readonly infRefmsgid: string | null;
  /** warn_msg: accepted, with a remark; a platform that refuses single fee lines names them here. */
  readonly warning: string | null;
  /** True when the answer was read back instead of received now. */
  readonly replayed: boolean;
}

/** Surely not done (where the sign-in was refused, nothing was even sent); `code` and `text` are the platform's own. */
export interface Refused {
  readonly kind: 'refused';
  readonly msgid: string;
  readonly code: string;
  readonly text: string;
  readonly replayed: boolean;
}

/** Sent, and no sure answer: resolve it, never guess, never send again blindly. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly msgid: string;
  readonly reason: string;
  /** Set when it was read back: nothing was sent now. */
  readonly replayed?: true;
}

/** Nothing left, or surely nothing was passed on: repeat the call with the same key. */
export interface Unreachable {
  readonly kind: 'unreachable';
  readonly msgid: string;
  readonly reason: string;
}

export type AnsweredOutcome<N extends Infno> = Settled<N> | Refused;
export type CallOutcome<N extends Infno> = AnsweredOutcome<N> | Unknown | Unreachable;

/** Milliseconds since 1970. Injected so that tests can move it. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** The single way to the national platform. */
export interface NationalGateway {
  /**
   * Sends one transaction, or reads back what became of it. Outcomes are values; it throws only MessageError (the input
   * breaks its schema: nothing was sent), GatewayError (unknown institution, key used for something else), StoreError, or what
   * `onAnswer` threw (the answer is recorded all the same).
   */
  call<N extends Infno>(request: CallRequest<N>): Promise<CallOutcome<N>>;
  /** The message of a msgid as the log has it, or null. */
  findMessage(msgid: string): Promise<Message | null>;
  /**
   * What an answer said that came only after its outcome had been declared unknown, or null. It decides nothing by itself; a
   * setl_id in it lets 5203 find a settlement.
   */
  readLateAnswer<N extends Infno>(msgid: string, infno: N): Promise<AnsweredOutcome<N> | null>;
  /** The profile that an institution's platform follows. Throws GatewayError `unknownInstitution`. */
  profileOf(institution: string): Profile;
  /** Closes idle connections. */
  close(): void;
}

/** A mistake of the caller or of the configuration, not of the platform. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  constructor(
    readonly problem: 'unknownInstitution' | 'noAddress' | 'keyReused' | 'badKey',
    message: string,
  ) {
    super(message);
  }
}
