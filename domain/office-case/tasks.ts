import { deadlineOf, MAKER, type CaseDefinition } from './definition';
import { isFinal } from './state';
import type { CaseEvent, CaseState } from './types';

/** The slot of the task that an overdue step raises. */
export const ESCALATION = 'escalation';

/** A task of a case: one row of the inbox. */
export interface Task {
  readonly round: number;
  readonly step: string;
  readonly slot: string;
  readonly zh: string;
  readonly role: string;
  readonly division: string;
  readonly assigneeId: string | null;
  readonly status: 'open' | 'done' | 'void';
  readonly openedAt: number;
  readonly dueAt: number | null;
  readonly doneAt: number | null;
  readonly doneBy: string | null;
}

/** Tasks that follow from the state: those of the round's slots, the maker's, and that of an overdue step. */
export function tasksOf(definition: CaseDefinition, state: CaseState): readonly Task[] {
  const tasks = isFinal(state.status) || state.status === 'returned' ? [] : slotTasks(state);
  const maker = makerTask(definition, state);
  const escalation = escalationTask(definition, state);
  return [...tasks, ...(maker ? [maker] : []), ...(escalation ? [escalation] : [])];
}

function slotTasks(state: CaseState): Task[] {
  return Object.entries(state.slots).flatMap(([step, slots]) =>
    slots.map((slot) => ({
      round: slot.round,
      step,
      slot: slot.slot,
      zh: slot.zh.slice(0, 100),
      role: slot.role,
      division: slot.division,
      assigneeId: slot.assigneeId,
      status: slot.state === 'open' ? ('open' as const) : slot.state === 'void' ? ('void' as const) : ('done' as const),
      openedAt: slot.openedAt,
      dueAt: step === state.step && slot.state === 'open' ? (state.timing?.dueAt ?? null) : null,
      doneAt: slot.doneAt,
      doneBy: slot.by?.userId ?? null,
    })),
  );
}

function makerTask(definition: CaseDefinition, state: CaseState): Task | null {
  if (state.status !== 'returned') return null;
  const [role = 'maker'] = definition.startRoles;
  return {
    round: state.round,
    step: MAKER,
    slot: '1',
    zh: '补正',
    role: state.maker?.role ?? role,
    division: state.division,
    assigneeId: state.makerId,
    status: 'open',
    openedAt: lastAt(state),
    dueAt: null,
    doneAt: null,
    doneBy: null,
  };
}

function escalationTask(definition: CaseDefinition, state: CaseState): Task | null {
  const step = definition.chain.find((each) => each.key === state.step);
  const deadline = step && deadlineOf(definition, step);
  if (!step || !deadline || state.escalatedAt === null) return null;
  const waiting = (state.slots[step.key] ?? []).find((each) => each.state === 'open');
  return {
    round: state.round,
    step: step.key,
    slot: ESCALATION,
    zh: `${step.zh}已超期`.slice(0, 100),
    role: deadline.escalateTo,
    division: waiting?.division ?? state.division,
    assigneeId: null,
    status: 'open',
    openedAt: state.escalatedAt,
    dueAt: state.timing?.dueAt ?? null,
    doneAt: null,
    doneBy: null,
  };
}

/** The moment of the latest signature: a return is one, and so is an objection that returns. */
function lastAt(state: CaseState): number {
  return state.signatures.at(-1)?.at ?? state.openedAt;
}

/** Rows that an event makes or changes, by (round, step, slot). */
export function taskChanges(definition: CaseDefinition, before: CaseState, after: CaseState, event: CaseEvent): readonly Task[] {
  const old = new Map(tasksOf(definition, before).map((task) => [keyOf(task), task]));
  const now = tasksOf(definition, after);
  const kept = new Set(now.map(keyOf));
  const changed = now.filter((task) => !same(old.get(keyOf(task)), task));
  const gone = [...old.values()].filter((task) => task.status === 'open' && !kept.has(keyOf(task)));
  return [...changed, ...gone.map((task) => closed(task, event))];
}

/** A task that fell away: done by the one who acted on it, void where somebody else's act ended it. */
function closed(task: Task, event: CaseEvent): Task {
  const own = event.type === 'acted' && event.step === task.step && (event.slot ?? task.slot) === task.slot;
  return own ? { ...task, status: 'done', doneAt: event.at, doneBy: event.by.userId } : { ...task, status: 'void', doneAt: event.at };
}

function keyOf({ round, step, slot }: Task): string {
  return `${round}/${step}/${slot}`;
}

function same(a: Task | undefined, b: Task): boolean {
  return a !== undefined && (Object.keys(b) as (keyof Task)[]).every((name) => a[name] === b[name]);
}
