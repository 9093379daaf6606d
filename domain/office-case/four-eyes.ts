import { MAKER, type CaseDefinition, type Step } from './definition';
import type { CaseActName, CaseState, Signature, Signer } from './types';

/**
 * Four eyes (四眼原则): no human signs two different duties of a case, whatever accounts, roles or delegations they use.
 * Judged over person keys, never over accounts: the one who signs, the one signed for, and everyone in between.
 */

/** Whether four eyes hold for an act: it decides something, or changes what is decided on. */
export function needsFourEyes(act: CaseActName): boolean {
  return act !== 'transfer' && act !== 'copy' && act !== 'urge' && act !== 'resume';
}

/** Every human who stands behind a signature. */
export function humansOf({ personKey, forPersonKey, chain }: Signer): ReadonlySet<string> {
  return new Set([personKey, forPersonKey, ...chain]);
}

/** The duty (职责) of a slot: each party is a duty of its own; the seats of a step are one duty that different people share. */
export function dutyOf(step: Step | null, slot: string | null): string {
  if (step === null) return MAKER;
  return step.kind === 'sign' && (step.where === 'parties' || slot?.startsWith('added-')) ? `${step.key}/${slot}` : step.key;
}

/** The earlier signature that bars this signer from the slot (from the maker's duty where `step` is null), or null. */
export function barredBy(definition: CaseDefinition, state: CaseState, step: Step | null, slot: string | null, signer: Signer): Signature | null {
  if (step?.kind === 'sign' && step.different === false) return null;
  const humans = humansOf(signer);
  const meets = (other: Signer): boolean => [...humansOf(other)].some((human) => humans.has(human));
  const duty = dutyOf(step, slot);
  const here = placeOf(definition, step?.key ?? MAKER);
  const barring = state.signatures.find(
    (each) => each.duty !== duty && (each.different || placeOf(definition, each.step) < here) && meets(each.by),
  );
  return barring ?? besideIn(state, step, slot, meets);
}

/** A signature of another seat of the same step, which wants another person. */
function besideIn(state: CaseState, step: Step | null, slot: string | null, meets: (other: Signer) => boolean): Signature | null {
  if (!step) return null;
  const beside = (state.slots[step.key] ?? []).find((each) => each.slot !== slot && each.by !== null && meets(each.by));
  return state.signatures.find((each) => each.step === step.key && each.slot === beside?.slot && beside !== undefined) ?? null;
}

function placeOf(definition: CaseDefinition, step: string): number {
  return step === MAKER ? -1 : definition.chain.findIndex((each) => each.key === step);
}
