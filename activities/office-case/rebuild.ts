import type { EntityManager } from 'typeorm';
import { apply } from '../../domain/office-case/state';
import { taskChanges, type Task } from '../../domain/office-case/tasks';
import type { CaseEvent } from '../../domain/office-case/types';
import { CaseAct, CaseRound, CaseTask, OfficeCase } from '../../store/entities';
import { differingColumns, nextIds, type Deviation } from '../read-model';
import { firstState, lockCase, readCase } from './context';
import { rebuildCopies } from './copies';
import { columnsOf, saveTask, taskColumns, titleIn } from './record';

/**
 * Compares the read model of one case, its tasks and copies too, with what its recorded acts make of it, and writes the latter where
 * `write` says so. The acts hold the events that the workflow applied, so this is the workflow's own state. Null when
 * nothing differs. What only compares needs a manager that shows one moment; what writes holds the case meanwhile.
 */
export async function rebuildCase(manager: EntityManager, id: string, write: boolean): Promise<Deviation | null> {
  const { row, definition } = await (write ? lockCase : readCase)(manager, id);
  const acts = await manager.find(CaseAct, { where: { caseId: id }, order: { seq: 'ASC' } });
  let state = firstState(row);
  const tasks = new Map<string, Task>();
  for (const { event } of acts) {
    const next = apply(definition, state, event as CaseEvent);
    for (const task of taskChanges(definition, state, next, event as CaseEvent)) tasks.set(keyOf(task), task);
    state = next;
  }
  const [written] = await manager.find(CaseRound, { where: { caseId: id }, order: { round: 'DESC' }, take: 1 });
  if (!written) throw new Error(`office case ${id} has no form`);
  const rebuilt = { ...columnsOf(definition, state), title: await titleIn(manager, definition, written.form, row, written.at) };
  const standing = new Map((await manager.findBy(CaseTask, { caseId: id })).map((task) => [keyOf(task), task]));
  const wrong = [...tasks.values()].filter((task) => differingTask(standing.get(keyOf(task)), task));
  const columns = [...differingColumns(row, rebuilt), ...wrong.map((task) => `task ${keyOf(task)}`)];
  const extra = [...standing.keys()].filter((key) => !tasks.has(key)).map((key) => `task ${key}`);
  const copies = await rebuildCopies(manager, id, acts.map(({ event }) => event as CaseEvent), write);
  if (columns.length + extra.length + copies.length === 0) return null;
  if (write) {
    await manager.update(OfficeCase, { id }, rebuilt);
    for (const task of wrong) await saveTask(manager, definition, state, task);
    for (const [key, task] of standing) if (!tasks.has(key)) await manager.delete(CaseTask, { id: task.id });
  }
  return { id, columns: [...columns, ...extra, ...copies] };

  /** Columns repeated from the case are as they were when the task was last written, so only the task's own are compared. */
  function differingTask(found: CaseTask | undefined, task: Task): boolean {
    if (!found) return true;
    const { zh, role, division, assigneeId, status, openedAt, dueAt, doneAt, doneBy, caseNo, makerId } = taskColumns(definition, state, task);
    return differingColumns(found, { zh, role, division, assigneeId, status, openedAt, dueAt, doneAt, doneBy, caseNo, makerId }).length > 0;
  }
}

/** Ids of all cases after `after`, in order, so many at once. */
export function nextCases(manager: EntityManager, after: string, count: number): Promise<string[]> {
  return nextIds(manager, OfficeCase, after, count);
}

function keyOf({ round, step, slot }: Pick<Task, 'round' | 'step' | 'slot'>): string {
  return `${round}/${step}/${slot}`;
}
