import { In, LessThan, type EntityManager } from 'typeorm';
import { isOver } from '../../domain/reconciliation/days';
import type { OpenedReconciliation, ReconcileEnd, ReconcileInput, RoundInput, TotalsOutcome } from '../../domain/reconciliation/steps';
import { Reconciliation, ReconciliationDifference, ReconciliationGroup, StepReceipt } from '../../store/entities';
import { close, raise } from './abnormal';
import { workflowIdOf, type ReconcileAttempt } from './context';
import { watchedOfDay } from './watched';

/**
 * Opens the next version of a day's reconciliation; a closed day can be run again and changes nothing. Since a day has one
 * workflow at a time, a version that still runs was left behind by a run that was ended from outside.
 */
export async function openReconciliation(deps: ReconcileAttempt, { institution, date }: ReconcileInput): Promise<OpenedReconciliation> {
  const workflowId = workflowIdOf({ institution, date });
  const receipt = { workflowId, commandId: deps.runId, step: 'openReconciliation', ordinal: 0 };
  return deps.store.write(async (manager) => {
    const before = await manager.findOneBy(StepReceipt, receipt);
    if (before) return before.outcome as OpenedReconciliation;
    const day = { institution, businessDate: date };
    await manager.update(Reconciliation, { ...day, state: 'running' }, { state: 'failed', finishedAt: deps.now() });
    const last = await manager.findOne(Reconciliation, { where: day, order: { version: 'DESC' } });
    const version = (last?.version ?? 0) + 1;
    const opened: OpenedReconciliation = { id: `${institution}/${date}/${version}`, institution, date, version };
    await manager.insert(Reconciliation, { ...day, id: opened.id, version, workflowId, state: 'running', startedAt: deps.now(), finishedAt: null });
    await manager.insert(StepReceipt, { ...receipt, outcome: opened, at: deps.now() });
    return opened;
  });
}

/** Ends the run: what the last comparison no longer showed is settled, what is left goes to a person as abnormal items. */
export async function closeReconciliation(deps: ReconcileAttempt, at: RoundInput & { readonly totals: TotalsOutcome }): Promise<ReconcileEnd> {
  const { opened, round, totals } = at;
  return deps.store.write(async (manager) => {
    const run = { reconciliationId: opened.id };
    await manager.update(
      ReconciliationDifference,
      { ...run, state: In(['open', 'abnormal']), round: LessThan(round) },
      { state: 'closed', resolution: '再次核对已一致', updatedAt: deps.now() },
    );
    const left = await manager.find(ReconciliationDifference, { where: { ...run, state: In(['open', 'abnormal']) }, order: { id: 'ASC' } });
    const state = await stateOf(manager, opened, totals.unbalanced === 0 && left.length === 0);
    await manager.update(Reconciliation, { id: opened.id }, { state, finishedAt: deps.now() });
    await tell(manager, deps, opened, left, totals.unbalanced);
    return { date: opened.date, version: opened.version, state, groups: totals.groups, rounds: round + 1, open: left.length };
  });
}

/** Closed only when the day was over before the first comparison and no lost answer of it waits for a proof. */
async function stateOf(manager: EntityManager, { id, institution, date }: OpenedReconciliation, agrees: boolean): Promise<'closed' | 'balanced' | 'differs'> {
  if (!agrees) return 'differs';
  const { startedAt } = await manager.findOneByOrFail(Reconciliation, { id });
  const watched = await watchedOfDay(manager, institution, date);
  return isOver(date, startedAt) && watched.every((message) => message.lastDay !== date) ? 'closed' : 'balanced';
}

async function tell(
  manager: EntityManager,
  deps: ReconcileAttempt,
  day: ReconcileInput,
  left: readonly ReconciliationDifference[],
  unbalanced: number,
): Promise<void> {
  const { date } = day;
  for (const { subject, resolution, setl_id, msgid } of left) {
    const title = `${date} 日对账差异，结算 ${setl_id ?? '—'}（报文 ${msgid ?? '—'}）：${resolution ?? '待处理'}`;
    await raise(manager, deps, day, { subject, code: 'RECONCILIATION_DIFFERENCE', title });
  }
  await close(manager, deps, day, ['RECONCILIATION_DIFFERENCE'], '再次对账已一致', left.map((difference) => difference.subject));
  await close(manager, deps, day, ['RECONCILIATION_FAILED', 'RECONCILIATION_MISSING'], '对账已完成');
  if (unbalanced === 0 && left.length === 0) return close(manager, deps, day, ['RECONCILIATION_DIFFERS'], '再次对账已平');
  const title = `${date} 日对账不平：${unbalanced} 组总额不符，${left.length} 项差异待处理`;
  await raise(manager, deps, day, { subject: date, code: 'RECONCILIATION_DIFFERS', title });
}

/** Ends a run that could not be finished; what it had dealt with stays dealt with. */
export async function failReconciliation(deps: ReconcileAttempt, { opened, round, reason }: RoundInput & { readonly reason: string }): Promise<ReconcileEnd> {
  const { id, date, version } = opened;
  return deps.store.write(async (manager) => {
    await manager.update(Reconciliation, { id }, { state: 'failed', finishedAt: deps.now() });
    await raise(manager, deps, opened, { subject: date, code: 'RECONCILIATION_FAILED', title: `${date} 日对账未能完成：${reason}` });
    const groups = await manager.countBy(ReconciliationGroup, { reconciliationId: id });
    const open = await manager.countBy(ReconciliationDifference, { reconciliationId: id, state: In(['open', 'abnormal']) });
    return { date, version, state: 'failed', groups, rounds: round + 1, open };
  });
}
