import { MoreThan, type EntityManager } from 'typeorm';
import type { CommandResult } from '../../domain/commands';
import type { CaseDefinition } from '../../domain/office-case/definition';
import { eventText } from '../../domain/office-case/event-text';
import { apply, isFinal } from '../../domain/office-case/state';
import type { CaseStepInput, CaseStepOutcome } from '../../domain/office-case/steps';
import { taskChanges, type Task } from '../../domain/office-case/tasks';
import { namesDivisions, titleOf } from '../../domain/office-case/title';
import { timingAfter } from '../../domain/office-case/timing';
import { caseIdOf, type CaseEvent, type CaseState, type OpenedCase } from '../../domain/office-case/types';
import { waitsFor } from '../../domain/office-case/why';
import { fen } from '../../domain/money';
import { CaseAct, CaseCopy, CaseRound, CaseTask, OfficeCase } from '../../store/entities';
import { divisionTree } from '../people/divisions';
import { tellMissingCalendar } from './calendar-watch';
import type { LockedCase } from './context';
import { copyOf } from './copies';

export interface Entry {
  readonly commandId: string;
  readonly event: CaseEvent;
  readonly result: CommandResult;
  readonly opinion?: string;
  /** A new form of the round. */
  readonly form?: object;
}

/** What was committed for a command before, or null: a repeat gets the same result. */
export async function resultOf(manager: EntityManager, caseId: string, commandId: string): Promise<CommandResult | null> {
  const row = await manager.findOneBy(CaseAct, { caseId, commandId });
  return row ? (row.result as CommandResult) : null;
}

/** A result with everything that the workflow does not know yet. */
export async function outcomeOf(manager: EntityManager, { caseId, version }: CaseStepInput, result: CommandResult): Promise<CaseStepOutcome> {
  const rows = await manager.find(CaseAct, { where: { caseId, seq: MoreThan(version) }, order: { seq: 'ASC' } });
  return { result, events: rows.map(({ seq, event }) => ({ seq, event: event as CaseEvent })) };
}

/**
 * Records one act or happening under the lock of the case: the act, the read model, the tasks and the form, in the
 * transaction of `manager`. Returns the case as it is afterwards.
 */
export async function record(manager: EntityManager, locked: LockedCase, entry: Entry): Promise<LockedCase> {
  const { row, definition, state } = locked;
  const event = withTiming(definition, state, entry.event);
  const next = apply(definition, state, event);
  if (event.timing?.dueAt) await tellMissingCalendar(manager, event.at);
  await insertAct(manager, definition, row, next, { ...entry, event });
  const copy = copyOf(row.id, event);
  if (copy) await manager.insert(CaseCopy, copy);
  if (entry.form) await saveForm(manager, row, next, event.at, entry.form);
  const written = entry.form ? { form: entry.form, title: await titleIn(manager, definition, entry.form, row, event.at) } : {};
  const columns = { ...columnsOf(definition, next), ...written, updatedAt: event.at };
  await manager.update(OfficeCase, { id: row.id }, columns);
  for (const task of taskChanges(definition, state, next, event)) await saveTask(manager, definition, next, task);
  return { row: { ...row, ...columns }, definition, state: next };
}

function withTiming(definition: CaseDefinition, state: CaseState, event: CaseEvent): CaseEvent {
  const timing = timingAfter(definition, state, apply(definition, state, event), event.at);
  return timing === undefined ? event : { ...event, timing };
}

/** The columns of the read model that follow from the state. */
export function columnsOf(definition: CaseDefinition, state: CaseState) {
  const { extract } = state;
  const isOpen = state.maker !== null && !isFinal(state.status);
  return {
    status: state.status,
    step: state.step,
    round: state.round,
    makerPersonKey: state.maker?.forPersonKey ?? null,
    businessKey: extract.businessKey,
    openKey: isOpen && definition.businessKey.length > 0 ? openKeyOf(state) : null,
    period: extract.period,
    amountFen: extract.amountFen === null ? null : fen(extract.amountFen),
    formHash: extract.formHash,
    state: state as object,
    waitsFor: waitsFor(definition, state),
    dueAt: state.timing?.dueAt ?? null,
    endedAt: state.endedAt,
    version: state.version,
  };
}

/** One open case a definition, division and business key. */
export function openKeyOf({ definition, division, extract }: Pick<CaseState, 'definition' | 'division' | 'extract'>): string {
  return `${definition}/${division}/${extract.businessKey}`;
}

/** The title that a form gives, with divisions called as they were on the day when it was written (epoch ms). */
export async function titleIn(manager: EntityManager, definition: CaseDefinition, form: object, opened: Pick<OpenedCase, 'caseNo'>, at: number): Promise<string> {
  const tree = namesDivisions(definition) ? await divisionTree(manager, at) : null;
  return titleOf(definition, { ...form }, opened, (code) => tree?.find(code)?.name ?? code);
}

async function insertAct(manager: EntityManager, definition: CaseDefinition, row: OfficeCase, next: CaseState, { commandId, event, result, opinion }: Entry): Promise<void> {
  const acted = event.type === 'acted' ? event : null;
  await manager.insert(CaseAct, {
    caseId: row.id,
    seq: next.version,
    commandId,
    at: event.at,
    kind: acted?.act ?? event.type,
    step: 'step' in event ? event.step : null,
    slot: acted?.slot ?? null,
    round: acted?.round ?? next.round,
    userId: acted?.by.userId ?? (event.type === 'refused' ? event.userId : null),
    forUserId: acted?.by.forUserId ?? null,
    personKey: acted?.by.personKey ?? null,
    forPersonKey: acted?.by.forPersonKey ?? null,
    role: acted?.by.role ?? null,
    opinion: opinion === undefined || opinion === '' ? null : opinion,
    text: eventText(definition, next, event).slice(0, 500),
    refusalCode: event.type === 'refused' ? event.refusal.code : null,
    event,
    result,
  });
}

async function saveForm(manager: EntityManager, row: OfficeCase, next: CaseState, at: number, form: object): Promise<void> {
  const key = { caseId: row.id, round: next.round };
  const columns = { form, formHash: next.extract.formHash, at };
  if (await manager.findOneBy(CaseRound, key)) await manager.update(CaseRound, key, columns);
  else await manager.insert(CaseRound, { ...key, ...columns });
}

export async function saveTask(manager: EntityManager, definition: CaseDefinition, state: CaseState, task: Task): Promise<void> {
  const key = { caseId: caseIdOf(state), round: task.round, step: task.step, slot: task.slot };
  const existing = await manager.findOneBy(CaseTask, key);
  if (existing) await manager.update(CaseTask, { id: existing.id }, taskColumns(definition, state, task));
  else await manager.insert(CaseTask, { ...key, ...taskColumns(definition, state, task) });
}

/** The columns of a task, with those of its case repeated. */
export function taskColumns(definition: CaseDefinition, state: CaseState, task: Task) {
  const { zh, role, division, assigneeId, status, openedAt, dueAt, doneAt, doneBy } = task;
  const { caseNo, extract, makerId } = state;
  return {
    zh,
    role,
    division,
    assigneeId,
    status,
    openedAt,
    dueAt,
    doneAt,
    doneBy,
    caseNo,
    definition: definition.key,
    caseDivision: state.division,
    businessKey: extract.businessKey,
    period: extract.period,
    amountFen: extract.amountFen === null ? null : fen(extract.amountFen),
    makerId,
  };
}
