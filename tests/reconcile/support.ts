import { parseDateTime } from '../../domain/calendar';
import type { ReconcileEnd } from '../../domain/reconciliation/steps';
import { AbnormalItem, Message, ReconciliationDifference, ReconciliationGroup } from '../../store/entities';
import { HOSPITAL, type DemoPatient, type Rig } from '../support/admission-rig';
import { SETTLE, walk } from '../support/stay-walk';

/** A business day of its own for each test, so that none sees what another left. */
export function openCalendar(rig: () => Rig, first = '2026-12-01') {
  let day = Number(first.slice(8));
  const month = first.slice(0, 8);
  return {
    /** Begins the next day but two, at ten in the morning; returns its date. */
    async begin(time = '10:00:00'): Promise<string> {
      day += 2;
      const date = `${month}${String(day).padStart(2, '0')}`;
      await rig().setClock(parseDateTime(`${date} ${time}`));
      return date;
    },
    /** Moves both clocks to half past two in the night after `date`. */
    async night(date: string): Promise<void> {
      const next = `${month}${String(Number(date.slice(8)) + 1).padStart(2, '0')}`;
      await rig().setClock(parseDateTime(`${next} 02:30:00`));
    },
  };
}

/** Runs a day's reconciliation as a workflow under its own id and waits for the end. */
export async function reconcileDay(rig: Rig, date: string): Promise<ReconcileEnd> {
  return rig.client.workflow.execute<() => Promise<ReconcileEnd>>('reconcile', {
    workflowId: `reconcile/${HOSPITAL}/${date}`,
    taskQueue: 'reconcile',
    args: [{ institution: HOSPITAL, date }] as never,
  });
}

/** A stay up to the settlement: admitted, paid, uploaded, discharged. */
export async function readyToSettle(rig: Rig, name: string, round?: number) {
  const stay = walk(rig, name);
  await stay.admit(round === undefined ? {} : { round });
  await stay.pay();
  await stay.upload();
  await stay.discharge();
  return stay;
}

export function groupsOf(rig: Rig, end: ReconcileEnd): Promise<ReconciliationGroup[]> {
  return rig.store.read((manager) => manager.findBy(ReconciliationGroup, { reconciliationId: idOf(end) }));
}

/** What a run found and did, oldest first. */
export async function differencesOf(rig: Rig, end: ReconcileEnd): Promise<Pick<ReconciliationDifference, 'class' | 'state' | 'resolution' | 'setl_id'>[]> {
  const rows = await rig.store.read((manager) => manager.find(ReconciliationDifference, { where: { reconciliationId: idOf(end) }, order: { id: 'ASC' } }));
  return rows.map((row) => ({ class: row.class, state: row.state, resolution: row.resolution, setl_id: row.setl_id }));
}

/** Open abnormal items of the reconciliation, by code and subject. */
export async function openItems(rig: Rig): Promise<string[]> {
  const rows = await rig.store.read((manager) => manager.findBy(AbnormalItem, { process: 'reconcile', state: 'open' }));
  return rows.map((row) => `${row.code} ${row.subject}`).sort();
}

/** Settlement messages of a stay, oldest first, with how they were settled. */
export async function settlementMessages(rig: Rig, iptNo: string): Promise<Pick<Message, 'msgid' | 'outcome' | 'resolution' | 'watchDay'>[]> {
  const rows = await rig.store.read((manager) =>
    manager.find(Message, { where: { workflowId: `admission/${HOSPITAL}/${iptNo}` }, order: { id: 'ASC' } }),
  );
  return rows
    .filter((row) => row.infno.startsWith('2304'))
    .map(({ msgid, outcome, resolution, watchDay }) => ({ msgid, outcome, resolution, watchDay }));
}

/** setl_ids of a stay that the centre's own books hold as live. */
export async function liveOf(rig: Rig, iptNo: string): Promise<string[]> {
  const { mdtrtId } = await rig.state(iptNo);
  const settlements = await rig.records<{ setl_id: string; mdtrt_id: string; refd_setl_flag: string }>('settlements');
  return settlements.filter((row) => row.mdtrt_id === mdtrtId && row.refd_setl_flag === '0').map((row) => row.setl_id);
}

const ARRIVES_AFTER_MS = 3_000;
const WAIT_AT_MOST_MS = 30_000;

/**
 * A frozen sender: the first 2304 arrives when its sender has long given up, 2601 was answered «not found», and the second
 * one was refused. Returns the setl_id under which the centre books the first one after all.
 */
export async function slipThrough(rig: Rig, stay: { readonly iptNo: string; readonly patient: DemoPatient }): Promise<string> {
  await rig.faults(
    { infno: '2304', nth: 1, phase: 'before-commit', kind: 'delay', ms: ARRIVES_AFTER_MS },
    { infno: '2304', nth: 2, phase: 'before-commit', kind: 'businessError' },
  );
  const told = await rig.command(stay.iptNo, 'settle', { credential: stay.patient.credential, ...SETTLE });
  expect(told.status).toBe('refused');
  expect(await settlementMessages(rig, stay.iptNo).then((all) => all.at(-2))).toMatchObject({ outcome: 'unknown', resolution: 'abandoned' });
  expect(await liveOf(rig, stay.iptNo)).toEqual([]);
  for (const deadline = Date.now() + WAIT_AT_MOST_MS; Date.now() < deadline; ) {
    const [live] = await liveOf(rig, stay.iptNo);
    if (live) return live;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the frozen 2304 did not arrive');
}

function idOf(end: ReconcileEnd): string {
  return `${HOSPITAL}/${end.date}/${end.version}`;
}
