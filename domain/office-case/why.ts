import { formatDateTime } from '../calendar';
import { EFFECT, MAKER, type CaseDefinition } from './definition';
import { isFinal } from './state';
import { STATUS_NAMES, type CaseState, type Slot, type Timing } from './types';

/** Chinese names of divisions and roles; the key itself where a name is not known. */
export interface CaseNames {
  readonly division: (code: string) => string;
  readonly role: (key: string) => string;
}

const PLAIN: CaseNames = { division: (code) => code, role: (key) => key };
const NAMED_SLOTS = 3;
const LONGEST = 200;

/** What the case waits for, one Chinese phrase without personal data: for lists, the API and the Temporal UI. */
export function waitsFor(definition: CaseDefinition, state: CaseState): string {
  if (isFinal(state.status)) return state.undoing.length > 0 ? '正在回退' : '';
  if (state.undoing.length > 0) return '正在回退';
  if (state.status === 'draft') return '等待经办提交';
  if (state.status === 'returned') return '等待经办补正';
  if (state.status === 'suspended') return '挂起，等待材料';
  if (state.step === EFFECT) return '正在登记';
  const step = definition.chain.find((each) => each.key === state.step);
  if (step?.kind === 'automatic') return `正在${step.summary}`.slice(0, LONGEST);
  const open = openSlots(state);
  const overdue = state.escalatedAt === null ? '' : '（已超期）';
  const left = open.length > 1 ? `，还差 ${open.length} 个` : '';
  return `等待${step?.zh ?? ''}${left}${overdue}`.slice(0, LONGEST);
}

/** Why the case stands where it stands, in the office's words: for whom it waits since when, and what was done about it. */
export function why(definition: CaseDefinition, state: CaseState, now: number, names: CaseNames = PLAIN): string {
  const { timing } = state;
  if (isFinal(state.status) && state.undoing.length === 0) {
    const failure = state.failure === null ? '' : `：${state.failure.message}`;
    return `${STATUS_NAMES[state.status]}${state.endedAt === null ? '' : `（${minute(state.endedAt)}）`}${failure}`;
  }
  const parts = [`${waitsFor(definition, state)}${forWhom(definition, state, names)}`];
  if (timing) parts[0] += `自 ${minute(timing.startedAt)}`;
  if (state.step === MAKER && state.failure) parts.push(state.failure.message);
  if (state.urges > 0) parts.push(`催办 ${state.urges} 次`);
  if (state.reminded.length > 0) parts.push(`已提醒 ${state.reminded.length} 次`);
  if (timing?.dueAt) parts.push(timing.dueAt <= now ? `已于 ${minute(timing.dueAt)} 超期` : `期限 ${minute(timing.dueAt)}${calendarNote(timing)}`);
  if (state.escalatedAt !== null) parts.push(`${minute(state.escalatedAt)} 已报上级`);
  return parts.join('；');
}

/** What a term that reaches into a year without known days off was reckoned by; empty for all others. */
export function calendarNote({ unknownYear }: Timing): string {
  return unknownYear === undefined ? '' : `（跨入 ${unknownYear} 年，该年放假安排未录入，只按周末计算）`;
}

function forWhom(definition: CaseDefinition, state: CaseState, names: CaseNames): string {
  if (state.status === 'suspended' || state.step === MAKER) return '';
  const step = definition.chain.find((each) => each.key === state.step);
  if (step?.kind !== 'sign') return '';
  const open = openSlots(state);
  const told = open.slice(0, NAMED_SLOTS).map((slot) => `${names.division(slot.division)} ${names.role(slot.role)}${slot.assigneeId === null ? '' : `，已指定 ${slot.assigneeId}`}`);
  return `（${told.join('、')}${open.length > NAMED_SLOTS ? ` 等 ${open.length} 个` : ''}）`;
}

export function openSlots(state: CaseState): readonly Slot[] {
  return (state.step === null ? [] : (state.slots[state.step] ?? [])).filter((slot) => slot.state === 'open');
}

function minute(at: number): string {
  return formatDateTime(at).slice(0, 16);
}
