import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { apply, openStay, type AdmissionEvent, type AdmissionState } from '../../domain/admission/state';
import { Admission, TimelineEvent } from '../../store/entities';
import { columnsOf } from './commit';

/** A stay whose row of the read model is not what its events say. */
export interface Deviation {
  readonly id: string;
  /** Columns that differ. */
  readonly columns: readonly string[];
}

/**
 * Compares the read model of one stay with what its recorded events make of it, and writes the latter where `write` says
 * so. The events are those that the workflow applied, so this is the workflow's own state. Null when nothing differs.
 */
export async function rebuildStay(manager: EntityManager, id: string, write: boolean): Promise<Deviation | null> {
  const row = await manager.findOneByOrFail(Admission, { id });
  const events = await manager.find(TimelineEvent, { where: { admissionId: id }, order: { seq: 'ASC' } });
  const state = events.reduce((sofar, { detail }) => apply(sofar, detail as AdmissionEvent), openedAs(row));
  const rebuilt = columnsOf(state);
  const columns = Object.entries(rebuilt)
    .filter(([name, value]) => !isDeepStrictEqual(plain(row[name as keyof Admission]), plain(value)))
    .map(([name]) => name);
  if (columns.length === 0) return null;
  if (write) await manager.update(Admission, { id }, rebuilt);
  return { id, columns };
}

/** Ids of all stays after `after`, in order, so many at once. */
export async function nextStays(manager: EntityManager, after: string, count: number): Promise<string[]> {
  const rows = await manager
    .createQueryBuilder(Admission, 'stay')
    .select('stay.id', 'id')
    .where('stay.id > :after', { after })
    .orderBy('stay.id')
    .limit(count)
    .getRawMany<{ id: string }>();
  return rows.map(({ id }) => id);
}

/** The stay as it was opened: what never changes afterwards is taken from the row. */
function openedAs(row: Admission): AdmissionState {
  const { insutype, medType, begntime } = row.state as AdmissionState;
  return openStay({ institution: row.institution, iptNo: row.ipt_no, round: row.round, profile: row.profile, insutype, medType, begntime });
}

/** Members that are undefined are absent once stored; both mean the same. */
function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}
