import { EFFECT, indexOfStep, MAKER, stepOf, type CaseDefinition } from './definition';
import { dutyOf } from './four-eyes';
import { currentSignStep, isComplete, isHopeless, isWanted, openSlots, slotOf } from './slots';
import type { Applied, CaseEvent, CaseState, CaseStatus, OpenedCase, Slot } from './types';

type Acted = Extract<CaseEvent, { type: 'acted' }>;

const FINAL: readonly CaseStatus[] = ['effective', 'rejected', 'withdrawn', 'voided', 'failed'];

/** A case as it is opened: a draft that waits for its maker. */
export function openState(opened: OpenedCase): CaseState {
  return {
    ...opened,
    version: 0,
    status: 'draft',
    heldStatus: null,
    round: 1,
    step: MAKER,
    maker: null,
    reviewed: false,
    slots: {},
    earlier: {},
    skipped: [],
    signatures: [],
    timing: null,
    urges: 0,
    reminded: [],
    escalatedAt: null,
    copies: [],
    applied: [],
    undoing: [],
    failure: null,
    results: {},
    endedAt: null,
  };
}

/** Whether nothing more can happen to the case; what has to be undone is undone. */
export function hasEnded(state: CaseState): boolean {
  return FINAL.includes(state.status) && state.undoing.length === 0;
}

/** Whether the case has come to one of its ends, though something may still have to be undone. */
export function isFinal(status: CaseStatus): boolean {
  return FINAL.includes(status);
}

/** What the workflow itself has to do next, or null while the case waits for people. */
export function workOf(definition: CaseDefinition, state: CaseState): { readonly kind: 'undo' | 'operate'; readonly step: string; readonly round: number } | null {
  const [undo] = state.undoing;
  if (undo) return { kind: 'undo', ...undo };
  if (state.status === 'suspended' || state.step === null || state.step === MAKER) return null;
  const automatic = state.step === EFFECT || stepOf(definition, state.step).kind === 'automatic';
  return automatic ? { kind: 'operate', step: state.step, round: state.round } : null;
}

/** Applies one event. Pure: the workflow and the read model both call it and must agree. */
export function apply(definition: CaseDefinition, state: CaseState, event: CaseEvent): CaseState {
  const next = { ...state, ...change(definition, state, event) };
  const moved = next.step !== state.step || next.round !== state.round;
  return {
    ...next,
    ...(moved ? { urges: 0, reminded: [], escalatedAt: null } : {}),
    ...(event.timing === undefined ? {} : { timing: event.timing }),
    version: state.version + 1,
  };
}

function change(definition: CaseDefinition, state: CaseState, event: CaseEvent): Partial<CaseState> {
  switch (event.type) {
    case 'acted':
      return acted(definition, state, event);
    case 'refused':
      return {};
    case 'operated':
      return operated(definition, state, event.step, event.result, event.at);
    case 'operationFailed': {
      const itself: Applied[] = event.undoItself ? [{ step: event.step, round: state.round }] : [];
      if (event.step !== EFFECT) return { ...sentBack(definition, state, MAKER, event.at, itself), failure: event.refusal };
      const undoing = [...itself, ...[...state.applied].reverse()];
      const failed = { failure: event.refusal, applied: [], undoing, step: null };
      return undoing.length > 0 ? failed : { ...failed, status: 'failed', endedAt: event.at };
    }
    case 'undone': {
      const undoing = state.undoing.filter((each) => each.step !== event.step || each.round !== event.round);
      const failed = undoing.length === 0 && state.failure !== null && state.status === 'approved';
      return failed ? { undoing, status: 'failed', endedAt: event.at } : { undoing };
    }
    case 'reminded':
      return {
        reminded: [...state.reminded, event.part],
        timing: state.timing && { ...state.timing, remindAt: state.timing.remindAt.filter(({ part }) => part > event.part) },
      };
    case 'escalated':
      return { escalatedAt: event.at };
    case 'tacit': {
      const slots = (state.slots[event.step] ?? []).map((slot) => (event.slots.includes(slot.slot) ? { ...slot, state: 'tacit' as const, doneAt: event.at } : slot));
      const next = { ...state, slots: { ...state.slots, [event.step]: slots }, status: 'inReview' as const, reviewed: true };
      return completed(definition, next, event.step, event.at) ?? next;
    }
  }
}

function acted(definition: CaseDefinition, state: CaseState, event: Acted): Partial<CaseState> {
  const extract = event.extract ?? state.extract;
  switch (event.act) {
    case 'submit': {
      const signatures = [...state.signatures, signatureOf(definition, event, null)];
      const submitted = { ...state, extract, signatures, maker: state.maker ?? event.by, status: 'submitted' as const, reviewed: false, failure: null, skipped: [] };
      return enter(definition, { ...submitted, slots: {}, earlier: { ...state.earlier, ...state.slots } }, 0, event.at);
    }
    case 'amend':
      return { extract };
    case 'withdraw':
      return ended(state, 'withdrawn', event.at, { slots: withoutOpen(state.slots) });
    case 'void':
      return ended(state, 'voided', event.at, {});
    case 'accept':
      return { status: 'accepted', reviewed: true };
    case 'approve':
      return signed(definition, state, event, 'signed');
    case 'object':
      return signed(definition, state, event, 'objected');
    case 'return': {
      const marked = { ...state, ...marks(definition, state, event, 'returned') };
      return { ...marked, ...sentBack(definition, marked, event.to?.step ?? MAKER, event.at, []) };
    }
    case 'reject':
      return ended(state, 'rejected', event.at, marks(definition, state, event, 'rejected'));
    case 'transfer':
      return { slots: withSlot(state, event.step, event.slot, (slot) => ({ ...slot, assigneeId: event.to?.userId ?? null })) };
    case 'addSigner':
      return { reviewed: true, slots: { ...state.slots, [event.step]: [...(state.slots[event.step] ?? []), addedSlot(state, event)] } };
    case 'suspend':
      return { status: 'suspended', heldStatus: state.status, reviewed: true };
    case 'resume':
      return { status: state.heldStatus ?? 'inReview', heldStatus: null };
    case 'urge':
      return { urges: state.urges + 1 };
    case 'copy':
      return { copies: [...state.copies, { userId: event.to?.userId ?? '', at: event.at }] };
  }
}

/** An approval or an objection: the step may be complete by it, or have become impossible. */
function signed(definition: CaseDefinition, state: CaseState, event: Acted, as: 'signed' | 'objected'): Partial<CaseState> {
  const step = currentSignStep(definition, state);
  if (!step) throw new Error(`${state.caseNo} waits for no signature`);
  const next: CaseState = { ...state, ...marks(definition, state, event, as), status: 'inReview', reviewed: true };
  const slots = next.slots[step.key] ?? [];
  const returns = (as === 'objected' && step.objection === 'return') || isHopeless(step, slots);
  if (returns) return { ...next, ...sentBack(definition, next, MAKER, event.at, []) };
  return completed(definition, next, step.key, event.at) ?? next;
}

/** On from a step that has what it needs; null while it has not. */
function completed(definition: CaseDefinition, state: CaseState, key: string, at: number): Partial<CaseState> | null {
  const step = stepOf(definition, key);
  const slots = state.slots[key] ?? [];
  if (step.kind !== 'sign' || !isComplete(step, slots)) return null;
  const closed = { ...state, slots: { ...state.slots, [key]: slots.map(voidIfOpen) } };
  return enter(definition, closed, indexOfStep(definition, key) + 1, at);
}

/** Goes to the first step from `index` on that has to wait for somebody. */
function enter(definition: CaseDefinition, state: CaseState, index: number, at: number): Partial<CaseState> {
  let { slots, skipped } = state;
  for (const step of definition.chain.slice(index)) {
    if (step.kind === 'automatic') return { ...state, slots, skipped, step: step.key };
    if (!isWanted(step, state.extract)) {
      skipped = [...skipped, step.key];
      continue;
    }
    const opened = openSlots(state, step, at, state.earlier[step.key] ?? []);
    slots = { ...slots, [step.key]: opened };
    if (!isComplete(step, opened)) return { ...state, slots, skipped, step: step.key };
  }
  if (definition.operation !== null) return { ...state, slots, skipped, step: EFFECT, status: 'approved' };
  return { ...state, slots, skipped, ...ended(state, 'effective', at, {}), undoing: [] };
}

/** Back to the maker or to an earlier step, in a new round; what automatic steps did since is undone. */
function sentBack(definition: CaseDefinition, state: CaseState, to: string, at: number, itself: readonly Applied[]): Partial<CaseState> {
  const target = to === MAKER ? 0 : indexOfStep(definition, to);
  const stays = (step: string): boolean => indexOfStep(definition, step) < target;
  const round = state.round + 1;
  const back = {
    round,
    reviewed: false,
    applied: state.applied.filter((each) => stays(each.step)),
    undoing: [...itself, ...[...state.applied].reverse().filter((each) => !stays(each.step))],
  };
  if (to === MAKER) return { ...back, status: 'returned', step: MAKER };
  const kept = Object.fromEntries(Object.entries(state.slots).filter(([step]) => stays(step)));
  // The step that was returned to signs anew; later ones may keep what they signed.
  const earlier = { ...state.earlier, ...state.slots, [to]: [] };
  const skipped = state.skipped.filter(stays);
  return enter(definition, { ...state, ...back, status: 'inReview', reviewed: true, slots: kept, earlier, skipped }, target, at);
}

function operated(definition: CaseDefinition, state: CaseState, step: string, result: object, at: number): Partial<CaseState> {
  const results = { ...state.results, [step]: result };
  if (step === EFFECT) return { ...ended(state, 'effective', at, {}), undoing: [], results };
  const next = { ...state, results, applied: [...state.applied, { step, round: state.round }] };
  return enter(definition, next, indexOfStep(definition, step) + 1, at);
}

function ended(state: CaseState, status: CaseStatus, at: number, more: Partial<CaseState>): Partial<CaseState> {
  const undoing = [...state.applied].reverse();
  return { ...more, status, step: null, endedAt: at, timing: null, applied: status === 'effective' ? state.applied : [], undoing };
}

/** The slot as it was dealt with, and the signature that four eyes are judged by. */
function marks(definition: CaseDefinition, state: CaseState, event: Acted, as: Slot['state']): Pick<CaseState, 'slots' | 'signatures' | 'reviewed'> {
  const slots = withSlot(state, event.step, event.slot, (slot) => ({ ...slot, state: as, by: event.by, doneAt: event.at }));
  const ending = as === 'rejected';
  return {
    slots: ending ? withoutOpen(slots) : slots,
    signatures: [...state.signatures, signatureOf(definition, event, slotOf(state, event.step, event.slot)?.slot ?? null)],
    reviewed: true,
  };
}

function signatureOf(definition: CaseDefinition, event: Acted, slot: string | null): CaseState['signatures'][number] {
  const step = event.step === MAKER ? null : stepOf(definition, event.step);
  const { act, round, at, by } = event;
  const different = step?.kind !== 'sign' || step.different !== false;
  return { duty: dutyOf(step, slot), step: event.step, slot, round, act, at, by, different };
}

function addedSlot(state: CaseState, event: Acted): Slot {
  const slots = state.slots[event.step] ?? [];
  const from = slotOf(state, event.step, event.slot);
  const name = `added-${slots.filter((each) => each.added).length + 1}`;
  return {
    slot: name,
    zh: '加签',
    role: event.to?.role ?? from?.role ?? event.by.role,
    division: event.to?.division ?? from?.division ?? event.by.division,
    round: state.round,
    state: 'open',
    assigneeId: event.to?.userId ?? null,
    added: true,
    openedAt: event.at,
    doneAt: null,
    by: null,
    keptFrom: null,
    mark: from?.mark ?? state.extract.formHash,
  };
}

function withSlot(state: CaseState, step: string, slot: string | null, edit: (slot: Slot) => Slot): CaseState['slots'] {
  const target = slotOf(state, step, slot);
  return { ...state.slots, [step]: (state.slots[step] ?? []).map((each) => (each === target ? edit(each) : each)) };
}

function voidIfOpen(slot: Slot): Slot {
  return slot.state === 'open' ? { ...slot, state: 'void' } : slot;
}

function withoutOpen(slots: CaseState['slots']): CaseState['slots'] {
  return Object.fromEntries(Object.entries(slots).map(([step, each]) => [step, each.map(voidIfOpen)]));
}
