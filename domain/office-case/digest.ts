import { createHash } from 'node:crypto';
import { canonical } from './canonical';
import { caseIdOf, type ActPayload, type CaseState } from './types';

/** Not for workflow code, which only carries the hashes. All are SHA-256 in hex. */

export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value), 'utf8').digest('hex');
}

/** What the one who decides has on the screen: the form, in this round, at this step. */
export function seenHashOf(state: Pick<CaseState, 'caseNo' | 'extract' | 'round' | 'step'>): string {
  return seenWithForm(state, state.extract.formHash);
}

/**
 * The part of a signed decision that follows from the act and from what was seen; the one who signs and the one who judges
 * both take it from here. `state` is the case as it was shown; an act that brings a form signs that form.
 */
export function decisionSubject(state: CaseState, { act, step, slot, round, opinion, form, to }: Omit<ActPayload, 'decision'>): DecisionSubject {
  return {
    caseId: caseIdOf(state),
    act,
    step,
    slot: slot ?? null,
    round,
    opinionHash: hashOf(to === undefined ? { opinion } : { opinion, to }),
    seenHash: form === undefined ? seenHashOf(state) : seenWithForm(state, hashOf(form)),
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

function seenWithForm({ caseNo, round, step }: Pick<CaseState, 'caseNo' | 'round' | 'step'>, form: string): string {
  return hashOf({ caseNo, form, round, step });
}
