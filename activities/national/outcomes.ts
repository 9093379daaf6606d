import { observe, classify, type Observation } from '../../domain/national/classify';
import { says } from '../../domain/national/platform-text';
import { type Infno, type TransactionMap, transactions } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import { lostAnswerRuleOf } from '../../schemas/national/lost-answer';
import { BINARY_NODE } from '../../schemas/national/types';
import type { Message } from '../../store/entities/Message';
import type { Ending } from './message-log';
import { packRawAnswer, unpackRawAnswer } from './raw-answer';
import type { PostResult } from './transport';
import type { CallOutcome } from './types';

type Answer = Extract<PostResult, { kind: 'answer' }>;

/** What an answer means, and how the log keeps it. `notSent`: a rate limit, which passed nothing on. */
export type Reading<N extends Infno> =
  | { readonly kind: 'notSent'; readonly reason: string }
  | { readonly kind: 'ended'; readonly outcome: CallOutcome<N>; readonly ending: Ending };

/** Reads a received answer. */
export function readAnswer<N extends Infno>(profile: Profile, infno: N, msgid: string, answer: Answer): Reading<N> {
  const observation = observe(profile, infno, answer.status, answer.body, answer.contentType);
  const outcome = judge(profile, infno, msgid, observation);
  if (outcome.kind === 'unreachable') return { kind: 'notSent', reason: outcome.reason };
  const decoded = observation.kind === 'answer' ? observation.answer : null;
  return {
    kind: 'ended',
    outcome,
    ending: {
      outcome: outcome.kind,
      raw: packRawAnswer(answer),
      infcode: decoded?.infcode.slice(0, 16) ?? null,
      infRefmsgid: decoded?.inf_refmsgid?.slice(0, 64) ?? null,
      mdtrtId: outcome.kind === 'settled' ? findMember(outcome.output, 'mdtrt_id') : null,
    },
  };
}

/**
 * The outcome of a message that has one, read back from the log. The recorded outcome counts; the raw answer only supplies
 * what it carried.
 */
export function readBack<N extends Infno>(profile: Profile, infno: N, row: Message): CallOutcome<N> {
  if (row.outcome === 'unknown' || row.answer === null) return { kind: 'unknown', msgid: row.msgid, reason: unknownReason(profile, infno, row), replayed: true };
  const seen = observeStored(profile, infno, row.answer);
  const decoded = seen.kind === 'answer' ? seen.answer : null;
  if (row.outcome === 'refused') {
    return { kind: 'refused', msgid: row.msgid, code: row.infcode ?? '', text: refusalText(infno, decoded), replayed: true };
  }
  if (!decoded?.output) throw new Error(`the stored answer of message ${row.msgid} can no longer be read`);
  const output = decoded.output as TransactionMap[N]['output'];
  return { kind: 'settled', msgid: row.msgid, output, infRefmsgid: row.inf_refmsgid, warning: decoded.warn_msg ?? null, replayed: true };
}

/** Judges a stored answer afresh, as if it came now. */
export function readStoredAnswer<N extends Infno>(profile: Profile, infno: N, msgid: string, stored: string): CallOutcome<N> {
  return judge(profile, infno, msgid, observeStored(profile, infno, stored));
}

/** Whether the platform turned the call away for want of a valid sign-in. */
export function refusedForSignIn(profile: Profile, outcome: CallOutcome<Infno>): boolean {
  return profile.signIn && outcome.kind === 'refused' && says(profile, 'signInExpired', outcome.text);
}

/** Whether a transaction may be sent again without asking what became of it. */
export function mayRepeat(infno: Infno): boolean {
  const { effect } = transactions[infno];
  return (effect === 'read' || effect === 'calc') && lostAnswerRuleOf(infno) === 'repeat';
}

/** First value of a member anywhere in an input or output, as text; null when there is none. */
export function findMember(value: unknown, member: string): string | null {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return null;
  for (const [name, item] of Object.entries(value)) {
    const found = name === member && typeof item === 'string' && item !== '' ? item : findMember(item, member);
    if (found !== null) return found;
  }
  return null;
}

function judge<N extends Infno>(profile: Profile, infno: N, msgid: string, seen: Observation): CallOutcome<N> {
  const decoded = seen.kind === 'answer' ? seen.answer : null;
  switch (classify(profile, seen)) {
    case 'settled': {
      // classify says settled only for an answer with infcode 0, whose output has been checked against this infno's schema.
      const output = decoded?.output as TransactionMap[N]['output'];
      return { kind: 'settled', msgid, output, infRefmsgid: decoded?.inf_refmsgid ?? null, warning: decoded?.warn_msg ?? null, replayed: false };
    }
    case 'refused':
      return { kind: 'refused', msgid, code: decoded?.infcode ?? '', text: refusalText(infno, decoded), replayed: false };
    case 'unknown':
      return { kind: 'unknown', msgid, reason: reasonOf(seen) };
    case 'notSent':
      return { kind: 'unreachable', msgid, reason: reasonOf(seen) };
  }
}

type Decoded = Extract<Observation, { kind: 'answer' }>['answer'];

/** 3505 says inside its result why it refused. */
function refusalText(infno: Infno, decoded: Decoded | null): string {
  if (decoded?.err_msg) return decoded.err_msg;
  const inner = infno === '3505' ? findMember(decoded?.output, 'msgRslt') : null;
  return inner ?? '平台未说明原因';
}

function reasonOf(seen: Observation): string {
  switch (seen.kind) {
    case 'notSent':
    case 'noAnswer':
      return seen.reason;
    case 'unreadable':
      return `HTTP ${seen.status} ${seen.error.code}`;
    case 'answer':
      return `HTTP ${seen.status} infcode ${seen.answer.infcode} ${seen.answer.err_msg ?? ''}`.trim();
  }
}

function unknownReason(profile: Profile, infno: Infno, row: Message): string {
  if (row.state === 'sent') return row.answer === null ? 'noAnswer' : 'lateAnswer';
  return row.answer === null ? 'noAnswer' : reasonOf(observeStored(profile, infno, row.answer));
}

function observeStored(profile: Profile, infno: Infno, stored: string): Observation {
  const { body, contentType } = unpackRawAnswer(stored);
  const binary = Object.hasOwn(transactions[infno].output, BINARY_NODE);
  return observe(profile, infno, 200, body, binary ? contentType : contentType || 'application/json');
}
