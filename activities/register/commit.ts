import { MoreThan, type EntityManager } from 'typeorm';
import { waitsFor } from '../../domain/admission/check';
import { dueAt } from '../../domain/admission/deadlines';
import { apply, type AdmissionEvent, type AdmissionState } from '../../domain/admission/state';
import type { Behind, StepInput, StepOutcome } from '../../domain/admission/steps';
import { add, fen } from '../../domain/money';
import { Admission, StepReceipt, TimelineEvent } from '../../store/entities';
import { closeItem, raiseItem } from '../abnormal/items';
import { admissionId, workflowIdOf, type RegisterDeps } from './context';
import { eventText } from './event-text';

type Final = Extract<StepOutcome, { kind: 'done' | 'refused' }>;

/**
 * The receipt of a step that ended before, or null. Its events are not handed out again: the workflow gets them from the
 * answer of the first attempt, or by `missedEvents` when that answer was lost.
 */
export function findReceipt(deps: RegisterDeps, input: StepInput, step: string): Promise<Final | null> {
  return deps.store.read((manager) => receiptOf(manager, input, step));
}

/** The same, within a transaction. */
export async function receiptOf(manager: EntityManager, input: StepInput, step: string): Promise<Final | null> {
  const row = await manager.findOneBy(StepReceipt, receiptKey(input, step));
  return row ? { ...(row.outcome as Final), events: [] } : null;
}

/** What was committed after the state that a step was given, oldest first. */
export async function missedEvents(deps: RegisterDeps, input: StepInput): Promise<Behind['events']> {
  const where = { admissionId: admissionId(input.state), seq: MoreThan(input.state.version) };
  const rows = await deps.store.read((manager) => manager.find(TimelineEvent, { where, order: { seq: 'ASC' } }));
  return rows.map((row) => ({ commandId: row.commandId ?? '', event: row.detail as AdmissionEvent }));
}

/**
 * Commits how a step ended: its receipt, its events on the read model and the timeline, in the transaction of `manager`,
 * so that all of it stands or none. Throws Error when the read model is not at the state that the step was given.
 */
export async function commitStep(manager: EntityManager, deps: RegisterDeps, input: StepInput, step: string, outcome: Final): Promise<Final> {
  await manager.insert(StepReceipt, { ...receiptKey(input, step), outcome, at: deps.now() });
  await project(manager, deps, input, outcome.events);
  return outcome;
}

/** A step in one transaction of its own: for what asks no counterparty. */
export async function commitAlone(
  deps: RegisterDeps,
  input: StepInput,
  step: string,
  work: (manager: EntityManager) => Promise<Final>,
): Promise<Final> {
  const before = await findReceipt(deps, input, step);
  if (before) return before;
  // Another attempt that commits meanwhile makes this one fail on the receipt's key; the next attempt finds it.
  return deps.store.write(async (manager) => commitStep(manager, deps, input, step, await work(manager)));
}

function receiptKey(input: StepInput, step: string): { workflowId: string; commandId: string; step: string; ordinal: number } {
  return { workflowId: `${workflowIdOf(input.state)}/${input.state.round}`, commandId: input.commandId, step, ordinal: input.ordinal };
}

async function project(manager: EntityManager, deps: RegisterDeps, input: StepInput, events: readonly AdmissionEvent[]): Promise<void> {
  if (events.length === 0) return;
  const id = admissionId(input.state);
  const next = events.reduce(apply, input.state);
  const updated = await manager.update(Admission, { id, version: input.state.version }, { ...columnsOf(next), updatedAt: deps.now() });
  if (updated.affected !== 1) throw new Error(`the read model of ${id} is not at version ${input.state.version}`);
  for (const code of input.state.alarms.filter((alarm) => !next.alarms.includes(alarm))) {
    await closeAbnormal(manager, deps, input.state, { code, subject: input.state.iptNo, resolution: '已办理' });
  }
  await manager.insert(
    TimelineEvent,
    events.map((event, index) => ({
      admissionId: id,
      seq: input.state.version + index + 1,
      at: deps.now(),
      commandId: input.commandId,
      kind: event.type,
      text: eventText(event),
      detail: event,
    })),
  );
}

/** The columns of the read model that follow from the state. */
export function columnsOf(state: AdmissionState) {
  return {
    stage: state.stage,
    psn_no: state.personNo,
    insutype: state.insutype,
    insuplc_admdvs: state.insuplcAdmdvs,
    med_type: state.medType,
    mdtrt_id: state.mdtrtId,
    admittedAt: state.begntime,
    dischargedAt: state.endtime,
    waitsFor: waitsFor(state),
    dueAt: dueAt(state),
    medfeeFen: add(state.fees.unsettled.medfee, state.fees.settled.medfee),
    fundFen: add(fen(0), ...state.settlements.map((ref) => ref.fund_pay_sumamt)),
    depositFen: state.deposit,
    state: state as object,
    version: state.version,
  };
}

export interface Abnormal {
  readonly code: string;
  readonly subject: string;
  readonly title: string;
}

/** Raises an abnormal item (异常事项) of the stay once; raised again it is open again. */
export function raiseAbnormal(manager: EntityManager, deps: RegisterDeps, state: AdmissionState, item: Abnormal): Promise<void> {
  return raiseItem(manager, { ...item, workflowId: workflowIdOf(state), institution: state.institution, process: 'admission', at: deps.now() });
}

export function closeAbnormal(
  manager: EntityManager,
  deps: RegisterDeps,
  state: AdmissionState,
  { resolution, ...item }: { readonly code: string; readonly subject: string; readonly resolution: string },
): Promise<void> {
  return closeItem(manager, { ...item, workflowId: workflowIdOf(state) }, resolution, deps.now());
}
