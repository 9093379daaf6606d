import { listOf, MAKER, type CaseDefinition, type Step } from './definition';
import type { CaseActName, CaseState, Signature, Signer } from './types';

/**
 * Four eyes (四眼原则): no human signs two different duties of a case, whatever accounts, roles or delegations they use.
 * Judged over person keys, never over accounts: the one who signs, the one signed for, and everyone in between.
 */

/** Acts that decide nothing and change nothing that is decided on; 撤回 and 作废 end the case without effect. */
const EXEMPT: readonly CaseActName[] = ['transfer', 'copy', 'urge', 'resume', 'withdraw', 'void'];

/** Whether four eyes hold for an act: it decides something, or changes what is decided on. */
export function needsFourEyes(act: CaseActName): boolean {
  return !EXEMPT.includes(act);
}

/** Every human who stands behind a signature. */
export function humansOf({ personKey, forPersonKey, chain }: Signer): ReadonlySet<string> {
  return new Set([personKey, forPersonKey, ...chain]);
}

/** The duty (职责) of a slot: each party is a duty of its own; the seats of a step are one duty that different people share. */
export function dutyOf(step: Step | null, slot: string | null): string {
  if (step === null) return MAKER;
  return step.kind === 'sign' && (listOf(step) !== null || slot?.startsWith('added-')) ? `${step.key}/${slot}` : step.key;
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

/**
 * Two signatures of different duties behind which one human stands after all: their accounts were linked (关联账号) after they
 * signed. `keysNow` gives the keys of the humans to whom a key of an earlier signature belongs today. Null where there are none.
 */
export function joinedSince(signatures: readonly Signature[], keysNow: (key: string) => readonly string[]): readonly [Signature, Signature] | null {
  const counted = signatures.filter((each) => each.different).map((signature) => ({ signature, humans: humansNow(signature.by, keysNow) }));
  for (const [index, one] of counted.entries()) {
    const other = counted.slice(index + 1).find((each) => each.signature.duty !== one.signature.duty && [...each.humans].some((human) => one.humans.has(human)));
    if (other) return [one.signature, other.signature];
  }
  return null;
}

function humansNow(by: Signer, keysNow: (key: string) => readonly string[]): ReadonlySet<string> {
  return new Set([...humansOf(by)].flatMap((key) => [key, ...keysNow(key)]));
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
