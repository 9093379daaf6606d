import { EFFECT, indexOfStep, MAKER, type CaseDefinition, type Step } from '../../domain/office-case/definition';
import type { CaseState, Slot } from '../../domain/office-case/types';
import type { CaseAct } from '../../store/entities';
import { divisionName, type Reader } from './reader';
import { roleName } from './timeline';

type StepState = 'done' | 'current' | 'todo' | 'skipped';

/** What the picture of a chain is drawn from: its steps in order, with their slots and who signed. */
export function viewChain(definition: CaseDefinition, state: CaseState, acts: readonly CaseAct[], nameOf: (userId: string) => string, reader: Reader) {
  const opinions = new Map(acts.map((act) => [placeKey(act.step, act.slot, act.round), act.opinion]));
  const viewSlot = (step: string, slot: Slot) => ({
    slot: slot.slot,
    zh: slot.zh,
    division: slot.division,
    divisionName: divisionName(reader, slot.division),
    state: slot.state,
    assignee: slot.assigneeId === null ? null : nameOf(slot.assigneeId),
    by: slot.by?.name ?? null,
    forWhom: slot.by && slot.by.forUserId !== slot.by.userId ? slot.by.forName : null,
    at: slot.doneAt,
    opinion: opinions.get(placeKey(step, slot.slot, slot.keptFrom ?? slot.round)) ?? null,
    keptFrom: slot.keptFrom,
  });
  return definition.chain.map((step) => ({
    key: step.key,
    zh: step.zh,
    en: step.en,
    kind: step.kind,
    role: step.kind === 'sign' ? roleName(step.role) : null,
    state: stateOf(definition, state, step),
    slots: (state.slots[step.key] ?? []).map((slot) => viewSlot(step.key, slot)),
  }));
}

function stateOf(definition: CaseDefinition, state: CaseState, step: Step): StepState {
  if (state.step === step.key) return 'current';
  if (state.skipped.includes(step.key)) return 'skipped';
  if (state.step === MAKER) return 'todo';
  if (state.step === EFFECT || state.status === 'effective') return 'done';
  if (state.step !== null) return indexOfStep(definition, step.key) < indexOfStep(definition, state.step) ? 'done' : 'todo';
  // The case ended on its way: what was signed is done, what nobody came to is not.
  const slots = state.slots[step.key] ?? [];
  return slots.some((slot) => slot.state !== 'open' && slot.state !== 'void') || state.results[step.key] !== undefined ? 'done' : 'todo';
}

function placeKey(step: string | null, slot: string | null, round: number): string {
  return `${step}/${slot}/${round}`;
}
