/**
 * How a call ended (交易结果判定). Unknown is the default: only an explicit answer of the centre makes it settled or refused.
 * Reads are judged like writes: a query whose refusal was no refusal must not decide what became of a settlement.
 */
import type { Infno } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import { decodeAnswer, type DecodedAnswer } from './answer';
import { MessageError } from './message-error';
import { namesReason, refusedAtGateway, says } from './platform-text';

/** settled: done and answered; refused: surely not done; unknown: sent, no sure answer; notSent: nothing left, or surely nothing arrived. */
export type CallClass = 'settled' | 'refused' | 'unknown' | 'notSent';

/** What was seen of a call; `infno` is ours or the number as sent. */
export type Observation =
  /** Connection refused, no such host, TLS failure, or an open circuit: before the request left. */
  | { readonly kind: 'notSent'; readonly infno: Infno; readonly reason: string }
  /** Time-out or reset after the request left. */
  | { readonly kind: 'noAnswer'; readonly infno: Infno; readonly reason: string }
  /** A body that is no readable answer: HTML, empty, cut off, wrong encoding, no infcode, an output that breaks its schema. */
  | { readonly kind: 'unreadable'; readonly infno: Infno; readonly status: number; readonly error: MessageError }
  | { readonly kind: 'answer'; readonly infno: Infno; readonly status: number; readonly answer: DecodedAnswer };

/** Turns an HTTP answer into an observation. Never throws for what a platform may send. */
export function observe(profile: Profile, infno: Infno, status: number, body: string | Uint8Array, contentType: string): Observation {
  try {
    return { kind: 'answer', infno, status, answer: decodeAnswer(profile, infno, body, contentType) };
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    return { kind: 'unreadable', infno, status, error };
  }
}

/** 3505 answers infcode 0 and says in `result.retRslt` whether it was accepted. */
function refusedInside(infno: Infno, answer: DecodedAnswer): boolean {
  if (infno !== '3505') return false;
  const { result } = answer.output as unknown as { result?: { retRslt?: string } | readonly { retRslt?: string }[] };
  const rows = Array.isArray(result) ? result : [result];
  return rows.some((row: { retRslt?: string } | undefined) => row?.retRslt === '0');
}

function classifyFailure(profile: Profile, answer: DecodedAnswer): CallClass {
  const { infcode, err_msg: text, inf_refmsgid: reference } = answer;
  if (says(profile, 'voucherExpired', text) || says(profile, 'signInExpired', text) || refusedAtGateway(text)) return 'refused';
  // A fault of network or database says nothing about the transaction.
  if (says(profile, 'technical', text)) return 'unknown';
  // An adapter in between turns its own time-outs into -1; 999 comes from a service between us and the centre.
  const disguised = infcode === '999' || answer.gatewayError || (infcode === '-1' && reference === null && !namesReason(text));
  return disguised ? 'unknown' : 'refused';
}

/** Classifies what was seen. A rate limit (HTTP 429) counts as not sent: a gateway that says so has passed nothing on. */
export function classify(profile: Profile, observation: Observation): CallClass {
  switch (observation.kind) {
    case 'notSent':
      return 'notSent';
    case 'noAnswer':
      return 'unknown';
    case 'unreadable':
      return observation.status === 429 ? 'notSent' : 'unknown';
    case 'answer': {
      const { infno, answer, status } = observation;
      if (status >= 500) return 'unknown';
      if (status === 429 && answer.infcode !== '0') return 'notSent';
      if (answer.infcode === '0') return refusedInside(infno, answer) ? 'refused' : 'settled';
      return classifyFailure(profile, answer);
    }
  }
}
