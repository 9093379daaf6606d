import { type EntityManager, In, type FindOptionsWhere } from 'typeorm';
import { readReversalRefusal } from '../../domain/national/platform-text';
import type { Infno } from '../../schemas/national/generated';
import { Message, type MessageResolution } from '../../store/entities/Message';
import type { Store } from '../../store/open-store';
import type { CallKey, NationalGateway, Operator, Refused, Unknown, Unreachable } from './types';

/** What the helpers that settle a lost answer need to know of whoever asks. */
export interface LostAnswerRequest {
  readonly key: CallKey;
  readonly institution: string;
  readonly psnNo: string;
  readonly insuplcAdmdvs?: string;
  readonly operator: Operator;
  readonly heartbeat?: () => void;
}

export interface ReverseRequest extends LostAnswerRequest {
  /** The msgid whose answer was lost, never a new one. */
  readonly omsgid: string;
  /** Its transaction, by our number; the number that was really sent is taken from the message log where it is known. */
  readonly infno: Infno | string;
}

export type Reversal =
  /** 2601 answered 0: put the msgid on the day's watch list, success of the call is not proof. */
  | { readonly kind: 'abandoned'; readonly msgid: string }
  /** Refused as already refunded: success in disguise. */
  | { readonly kind: 'alreadyReversed'; readonly msgid: string }
  /** Refused as not found: probably never booked; the day's file decides. */
  | { readonly kind: 'notFound'; readonly msgid: string }
  | Refused
  /** The answer of 2601 itself was lost: reverse again under the next ordinal, it is idempotent by omsgid. */
  | Unknown
  | Unreachable;

/** Reverses (冲正, 2601) whatever the message `omsgid` did, when its outcome is unknown; nothing else may be reversed this way. */
export async function reverse(gateway: NationalGateway, request: ReverseRequest): Promise<Reversal> {
  const { omsgid, infno, psnNo, ...caller } = request;
  const original = await gateway.findMessage(omsgid);
  const input = { data: { psn_no: psnNo, omsgid, oinfno: original?.infno ?? infno } };
  const outcome = await gateway.call({ ...caller, psnNo, infno: '2601', input });
  switch (outcome.kind) {
    case 'settled':
      return { kind: 'abandoned', msgid: outcome.msgid };
    case 'refused':
      return readRefusal(gateway, request.institution, outcome);
    default:
      return outcome;
  }
}

function readRefusal(gateway: NationalGateway, institution: string, refused: Refused): Reversal {
  switch (readReversalRefusal(gateway.profileOf(institution), refused.text)) {
    case 'alreadyReversed':
      return { kind: 'alreadyReversed', msgid: refused.msgid };
    case 'originalNotFound':
      return { kind: 'notFound', msgid: refused.msgid };
    case 'other':
      return refused;
  }
}

/** Reads refd_setl_flag (退费结算标志) of a settlement: 0 or 000 live, 1 or 001 refunded. */
export function isLive(refdSetlFlag: string): boolean {
  return /^0+$/.test(refdSetlFlag);
}

export type ResolutionClaim = 'abandoning' | 'adopting';
export type ResolutionEnd = 'abandoned' | 'adopted' | 'absent' | 'manual' | 'open';

/**
 * Takes the right to abandon or to adopt a message whose outcome is unknown, by compare-and-set: the two exclude each other. The
 * same claim again succeeds, so that an activity may be retried. False when the other way is being gone, or the case is closed.
 */
export async function claimResolution(store: Store, msgid: string, claim: ResolutionClaim): Promise<boolean> {
  return store.write((manager) => setResolution(manager, { msgid, outcome: 'unknown', resolution: In(['open', 'manual', claim]) }, claim));
}

/**
 * Ends a claim, in the commit of the rows that go with it. `abandoned` puts the msgid on the watch list of `watchDay`
 * (`yyyy-MM-dd`), which only the day's reconciliation clears; `manual` and `open` give the claim up.
 * @returns false when the claim is not held.
 */
export function concludeResolution(
  manager: EntityManager,
  msgid: string,
  from: ResolutionClaim,
  to: ResolutionEnd,
  watchDay: string | null = null,
): Promise<boolean> {
  return setResolution(manager, { msgid, resolution: from }, to, watchDay);
}

/**
 * Closes the question of a lost message that a query of the other side answered, in the commit of the rows that go with it.
 * `absent` may be corrected by a later look: the first one may have been stale.
 */
export function noteFinding(manager: EntityManager, msgid: string, found: 'adopted' | 'absent'): Promise<boolean> {
  return setResolution(manager, { msgid, resolution: In(['open', 'absent']) }, found);
}

async function setResolution(
  manager: EntityManager,
  where: FindOptionsWhere<Message>,
  resolution: MessageResolution,
  watchDay: string | null = null,
): Promise<boolean> {
  const { affected } = await manager.update(Message, where, { resolution, watchDay });
  return affected === 1;
}
