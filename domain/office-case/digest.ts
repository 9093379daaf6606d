import { createHash } from 'node:crypto';
import { canonical } from './canonical';
import { caseIdOf, type ActPayload, type CaseState } from './types';

/** Not for workflow code, which only carries the hashes. All are SHA-256 in hex. */

export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value), 'utf8').digest('hex');
}

/** An attachment (附件) as far as it is part of what was seen. */
export interface SeenAttachment {
  readonly id: string;
  /** Of the content, hex. */
  readonly sha256: string;
  readonly withdrawnAt: number | null;
}

/** Digest of the attachments that stand; those that were withdrawn are not part of the case any more. */
export function attachmentsHashOf(attachments: readonly SeenAttachment[]): string {
  const standing = attachments.filter(({ withdrawnAt }) => withdrawnAt === null);
  return hashOf(standing.map(({ id, sha256 }) => `${id} ${sha256}`).sort());
}

/** What is seen of a case, by digests. */
export interface Seen extends Pick<CaseState, 'caseNo' | 'round' | 'step'> {
  readonly formHash: string;
  /** `attachmentsHashOf`. */
  readonly attachments: string;
}

/** Digest of what somebody sees: the form and the attachments, in this round, at this step. Every such digest is made here. */
export function seenHash({ caseNo, formHash: form, round, step, attachments }: Seen): string {
  return hashOf({ attachments, caseNo, form, round, step });
}

/** What the one who decides has on the screen. `attachments` is `attachmentsHashOf`. */
export function seenHashOf({ caseNo, extract, round, step }: Pick<CaseState, 'caseNo' | 'extract' | 'round' | 'step'>, attachments: string): string {
  return seenHash({ caseNo, formHash: extract.formHash, round, step, attachments });
}

/**
 * The part of a signed decision that follows from the act and from what was seen; the one who signs and the one who judges
 * both take it from here. `state` and `attachments` are the case as it was shown; an act that brings a form signs that form.
 */
export function decisionSubject(state: CaseState, { act, step, slot, round, opinion, form, to }: Omit<ActPayload, 'decision'>, attachments: string): DecisionSubject {
  const { caseNo } = state;
  return {
    caseId: caseIdOf(state),
    act,
    step,
    slot: slot ?? null,
    round,
    opinionHash: hashOf(to === undefined ? { opinion } : { opinion, to }),
    seenHash: form === undefined ? seenHashOf(state, attachments) : seenHash({ caseNo, formHash: hashOf(form), round: state.round, step: state.step, attachments }),
  };
}

export interface DecisionSubject {
  readonly caseId: string;
  readonly act: ActPayload['act'];
  readonly step: string;
  readonly slot: string | null;
  readonly round: number;
  readonly opinionHash: string;
  readonly seenHash: string;
}
