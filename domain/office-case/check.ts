import { formatDateTime } from '../calendar';
import type { Refusal } from '../commands';
import { refusal } from '../refusal';
import { indexOfStep, MAKER, type CaseDefinition } from './definition';
import { currentSignStep, slotOf } from './slots';
import { isFinal, workOf } from './state';
import { ACT_NAMES, CASE_ACTS, LONGEST_OPINION, MOST_ROUNDS, MOST_SLOTS, STATUS_NAMES, type ActPayload, type CaseActName, type CaseState, type Signature, type Slot } from './types';

/** Acts by which a duty is done; four eyes hold among them. */
export const DUTY_ACTS: readonly CaseActName[] = ['approve', 'object', 'return', 'reject'];
/** Acts of the maker alone. */
const MAKER_ACTS: readonly CaseActName[] = ['submit', 'amend', 'withdraw', 'void', 'urge'];
/** Acts that maker and signers may both do. */
const SHARED_ACTS: readonly CaseActName[] = ['copy', 'resume'];
const NEEDS_OPINION: readonly CaseActName[] = ['return', 'reject', 'object', 'transfer', 'addSigner', 'suspend', 'void'];
const NEEDS_PERSON: readonly CaseActName[] = ['transfer', 'addSigner', 'copy'];
const KEY = /^[A-Za-z0-9._:-]{1,64}$/;

/** Whether an act has the shape of one; nothing of the case is looked at. */
export function checkShape(payload: Readonly<Record<string, unknown>>): Refusal | null {
  const { act, step, slot, round, opinion, form, to, decision } = payload;
  const fits =
    (CASE_ACTS as readonly unknown[]).includes(act) &&
    isKey(step) &&
    (slot === undefined || slot === null || isKey(slot)) &&
    Number.isSafeInteger(round) &&
    typeof opinion === 'string' &&
    (form === undefined || isPlainObject(form)) &&
    (to === undefined || (isPlainObject(to) && Object.values(to as object).every(isKey))) &&
    typeof decision === 'string';
  return fits ? null : refusal('COMMAND_MALFORMED', '办理动作格式不正确：须含 act、step、round、opinion、decision。');
}

/**
 * Whether an act fits the case as it stands, whoever it is that acts: rights, four eyes and the signed decision are judged
 * afterwards. Null when it fits.
 */
export function checkAct(definition: CaseDefinition, state: CaseState, payload: ActPayload): Refusal | null {
  const { act, round, opinion } = payload;
  const decided = DUTY_ACTS.includes(act) ? decidedBefore(state, payload) : null;
  if (decided) return alreadyDecided(decided);
  const tacitAt = DUTY_ACTS.includes(act) ? confirmedTacitlyAt(state, payload) : null;
  if (tacitAt !== null) return refusal('CASE_ALREADY_DECIDED', `期限已到而未答复，该席位已于 ${formatDateTime(tacitAt)} 由系统视为确认。`);
  if (isFinal(state.status)) return refusal('CASE_ENDED', `该办件${STATUS_NAMES[state.status]}，不能再办理。`);
  if (round !== state.round) return refusal('CASE_CHANGED', `办件已到第 ${state.round} 轮，请刷新后再办理。`);
  if (opinion.length > LONGEST_OPINION) return refusal('OPINION_REQUIRED', `意见至多 ${LONGEST_OPINION} 字。`);
  if (NEEDS_OPINION.includes(act) && opinion.trim() === '') return refusal('OPINION_REQUIRED', `${ACT_NAMES[act]}须写明理由。`);
  if (NEEDS_PERSON.includes(act) && payload.to?.userId === undefined) return refusal('ACT_TARGET_INVALID', `${ACT_NAMES[act]}须指定一个人。`);
  if (workOf(definition, state) && act !== 'copy' && act !== 'urge') return refusal('CASE_BUSY', '办件正在登记或回退，请稍候。');
  return checkPlace(definition, state, payload) ?? checkStatus(state, act) ?? checkFiner(definition, state, payload);
}

/** The acts of the maker are of step `maker`, those of a signer of the current step and one of its slots. */
function checkPlace(definition: CaseDefinition, state: CaseState, { act, step, slot }: ActPayload): Refusal | null {
  const asMaker = step === MAKER;
  if (asMaker && (MAKER_ACTS.includes(act) || SHARED_ACTS.includes(act))) return null;
  if (asMaker || MAKER_ACTS.includes(act)) return refusal('CASE_STEP_UNKNOWN', `「${ACT_NAMES[act]}」不属于该环节。`);
  if (indexOfStep(definition, step) < 0) return refusal('CASE_STEP_UNKNOWN', '办件没有这个环节。');
  if (step !== state.step) return refusal('CASE_CHANGED', '办件已不在该环节，请刷新。');
  const found = slotOf(state, step, slot ?? null);
  if (!found) return refusal('CASE_STEP_UNKNOWN', '该环节没有这个席位。');
  if (found.state !== 'open') return refusal('CASE_CHANGED', '该席位已不待办，请刷新。');
  return null;
}

const STATUSES: Record<CaseActName, readonly CaseState['status'][]> = {
  submit: ['draft', 'returned'],
  amend: ['draft', 'returned'],
  void: ['draft', 'returned'],
  withdraw: ['submitted'],
  urge: ['submitted', 'accepted', 'inReview', 'suspended'],
  copy: ['submitted', 'accepted', 'inReview', 'suspended', 'returned', 'approved'],
  accept: ['submitted'],
  approve: ['submitted', 'accepted', 'inReview'],
  object: ['submitted', 'accepted', 'inReview'],
  return: ['submitted', 'accepted', 'inReview'],
  reject: ['submitted', 'accepted', 'inReview'],
  transfer: ['submitted', 'accepted', 'inReview'],
  addSigner: ['submitted', 'accepted', 'inReview'],
  suspend: ['submitted', 'accepted', 'inReview'],
  resume: ['suspended'],
};

function checkStatus(state: CaseState, act: CaseActName): Refusal | null {
  if (STATUSES[act].includes(state.status) && !(act === 'withdraw' && state.reviewed)) return null;
  const why = act === 'withdraw' ? '审核已经开始，不能撤回' : `当前为「${STATUS_NAMES[state.status]}」，不能${ACT_NAMES[act]}`;
  return refusal('ACT_NOT_ALLOWED', `${why}。`);
}

function checkFiner(definition: CaseDefinition, state: CaseState, { act, step, form, to }: ActPayload): Refusal | null {
  const current = currentSignStep(definition, state);
  switch (act) {
    case 'object':
      return current?.objection ? null : refusal('ACT_NOT_ALLOWED', '该环节不设异议，请同意、退回或不同意。');
    case 'amend':
      return form === undefined ? refusal('FORM_INVALID', '补正须给出新的表单。') : null;
    case 'return':
      return checkReturn(state, current?.returnTo ?? MAKER, to?.step);
    case 'addSigner':
      return (state.slots[step] ?? []).length >= MOST_SLOTS ? refusal('ACT_NOT_ALLOWED', '该环节的席位已满。') : null;
    default:
      return null;
  }
}

/** A return goes to the maker, or to the earlier step that the definition names. */
function checkReturn(state: CaseState, allowed: string, to: string | undefined): Refusal | null {
  if (state.round >= MOST_ROUNDS) return refusal('ACT_NOT_ALLOWED', `已退回 ${state.round - 1} 次，请同意或不同意。`);
  if (to === undefined || to === MAKER || to === allowed) return null;
  return refusal('ACT_TARGET_INVALID', '不能退回到该环节。');
}

/** Who did the duty that this act would do, when somebody did it before; the system's own confirmation is nobody's. */
export function decidedBefore(state: CaseState, payload: ActPayload): Signature | null {
  const { step, slot, round } = payload;
  if (confirmedTacitlyAt(state, payload) !== null) return null;
  const known = state.signatures.filter((each) => each.step === step && each.round === round);
  const same = known.find((each) => slot === undefined || slot === null || each.slot === slot);
  if (same && !isOpen(state, step, slot ?? null)) return same;
  // Another slot completed the step, or sent it back, so that this one fell away.
  const over = state.step !== step || state.round !== round;
  return over ? (known.at(-1) ?? null) : null;
}

/** When silence was taken for the confirmation of the slot that is meant (epoch ms), or null. */
function confirmedTacitlyAt(state: CaseState, { step, slot, round }: ActPayload): number | null {
  const meant = round === state.round ? slotOf(state, step, slot ?? null) : null;
  return meant?.state === 'tacit' ? meant.doneAt : null;
}

function isOpen(state: CaseState, step: string, slot: string | null): boolean {
  return state.step === step && slotOf(state, step, slot)?.state === 'open';
}

export function alreadyDecided({ by, at, act }: Signature): Refusal {
  const forWhom = by.forUserId === by.userId ? '' : `（代${by.forName}）`;
  return refusal('CASE_ALREADY_DECIDED', `已由${by.name}${forWhom}于 ${formatDateTime(at)} ${ACT_NAMES[act]}。`);
}

/** Whose act it is: the maker's, or that of the holder of a slot's role in its division. */
export type Office =
  | { readonly kind: 'maker' }
  | { readonly kind: 'slot'; readonly slot: Slot };

/** The office (职位) in which an act is done. The act has been checked by `checkAct`. */
export function officeOf(state: CaseState, payload: ActPayload): Office {
  if (payload.step === MAKER) return { kind: 'maker' };
  const slot = slotOf(state, payload.step, payload.slot ?? null);
  if (!slot) throw new Error(`${state.caseNo} has no slot ${payload.step}/${payload.slot}`);
  return { kind: 'slot', slot };
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' && KEY.test(value);
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
