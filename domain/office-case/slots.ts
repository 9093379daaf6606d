import { listOf, type CaseDefinition, type SignStep } from './definition';
import type { CaseState, FormExtract, Slot } from './types';

/** The slots (席位) of a sign step as they open, with the signatures that are kept from an earlier round. */
export function openSlots(state: CaseState, step: SignStep, at: number, before: readonly Slot[]): readonly Slot[] {
  return seatsOf(state, step).map((seat) => {
    const fresh: Slot = {
      ...seat,
      role: step.role,
      round: state.round,
      state: 'open',
      assigneeId: null,
      added: false,
      openedAt: at,
      doneAt: null,
      by: null,
      keptFrom: null,
    };
    const old = step.keepUnchanged ? before.find((each) => each.slot === seat.slot) : undefined;
    const keeps = old?.state === 'signed' && old.mark === seat.mark && old.division === seat.division;
    return keeps ? { ...fresh, state: 'signed', by: old.by, doneAt: old.doneAt, keptFrom: old.keptFrom ?? old.round } : fresh;
  });
}

type Seat = Pick<Slot, 'slot' | 'zh' | 'division' | 'mark'>;

function seatsOf(state: CaseState, step: SignStep): readonly Seat[] {
  const { extract } = state;
  const list = listOf(step);
  if (list !== null) return extract.parties[list] ?? [];
  const division = divisionOf(state, step);
  const count = typeof step.need === 'number' ? step.need : 1;
  return Array.from({ length: count }, (_, index) => ({
    slot: String(index + 1),
    zh: count === 1 ? step.zh : `${step.zh}（${index + 1}/${count}）`,
    division,
    mark: extract.formHash,
  }));
}

function divisionOf(state: CaseState, step: SignStep): string {
  switch (step.where) {
    case 'own':
      return state.division;
    case 'parent':
      return state.parentDivision;
    case 'root':
      return state.rootDivision;
    default:
      // The form was checked before it was submitted: the field holds a division.
      return state.extract.divisions[step.where.slice('field:'.length)] ?? state.division;
  }
}

/** Whether a step has what it needs; the added signers must all have signed. */
export function isComplete(step: SignStep, slots: readonly Slot[]): boolean {
  const own = slots.filter((each) => !each.added);
  if (slots.some((each) => each.added && each.state === 'open')) return false;
  if (listOf(step) === null || step.need === 'all') return own.every((each) => each.state !== 'open');
  const signed = own.filter((each) => each.state === 'signed' || each.state === 'tacit').length;
  return signed >= (step.need === 'any' ? 1 : step.need);
}

/** Whether so many slots objected that a step can never get the signatures that it needs. */
export function isHopeless(step: SignStep, slots: readonly Slot[]): boolean {
  if (listOf(step) === null || step.need === 'all') return false;
  const may = slots.filter((each) => !each.added && ['open', 'signed', 'tacit'].includes(each.state)).length;
  return may < (step.need === 'any' ? 1 : step.need);
}

/** Whether the form asks for the step at all: a step of parties has some, a number is great enough. */
export function isWanted(step: SignStep, { numbers, parties }: FormExtract): boolean {
  const list = listOf(step);
  if (list !== null && (parties[list] ?? []).length === 0) return false;
  return step.when === undefined || (numbers[step.when.field] ?? 0) >= step.when.atLeast;
}

/** The step that waits for signatures, or null. */
export function currentSignStep(definition: CaseDefinition, state: CaseState): SignStep | null {
  const step = definition.chain.find((each) => each.key === state.step);
  return step?.kind === 'sign' ? step : null;
}

/** The slot that an act means: the named one, or the only one of the step. Null when there is no such slot. */
export function slotOf(state: CaseState, step: string, slot: string | null): Slot | null {
  const slots = Object.hasOwn(state.slots, step) ? (state.slots[step] ?? []) : [];
  return (slot === null && slots.length === 1 ? slots[0] : slots.find((each) => each.slot === slot)) ?? null;
}
