import type { EntityManager } from 'typeorm';
import { apply, openStay, type AdmissionEvent, type AdmissionState } from '../../domain/admission/state';
import { Admission, TimelineEvent } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { differingColumns, nextIds, type Deviation } from '../read-model';
import { columnsOf } from './commit';

/**
 * Compares the read model of one stay with what its recorded events make of it, and writes the latter where `write` says
 * so. The events are those that the workflow applied, so this is the workflow's own state. Null when nothing differs. What
 * only compares needs a manager that shows one moment; what writes holds the stay meanwhile.
 */
export async function rebuildStay(manager: EntityManager, id: string, write: boolean): Promise<Deviation | null> {
  const row = await (write ? lockRow(manager, Admission, { id }) : manager.findOneBy(Admission, { id }));
  if (!row) throw new Error(`no stay ${id}`);
  const events = await manager.find(TimelineEvent, { where: { admissionId: id }, order: { seq: 'ASC' } });
  const state = events.reduce((sofar, { detail }) => apply(sofar, detail as AdmissionEvent), openedAs(row));
  const rebuilt = columnsOf(state);
  const columns = differingColumns(row, rebuilt);
  if (columns.length === 0) return null;
  if (write) await manager.update(Admission, { id }, rebuilt);
  return { id, columns };
}

/** Ids of all stays after `after`, in order, so many at once. */
export function nextStays(manager: EntityManager, after: string, count: number): Promise<string[]> {
  return nextIds(manager, Admission, after, count);
}

/** The stay as it was opened: what never changes afterwards is taken from the row. */
function openedAs(row: Admission): AdmissionState {
  const { insutype, medType, begntime, rules } = row.state as AdmissionState;
  const { institution, ipt_no: iptNo, round, profile } = row;
  return openStay({ institution, iptNo, round, profile, insutype, medType, begntime }, rules);
}
