import { isOver } from '../../domain/reconciliation/days';
import type { ReconcileInput, RoundInput } from '../../domain/reconciliation/steps';
import { In, type EntityManager } from 'typeorm';
import { Message, Reconciliation, ReconciliationDifference } from '../../store/entities';
import { OPERATOR, type ReconcileAttempt } from './context';
import { watchedOfDay, type Watched } from './watched';

/** Refusals that mean that the stay does not wait for this message (any more). */
const NOT_WAITING: readonly string[] = ['NOTHING_UNKNOWN', 'SETTLEMENT_HELD', 'ADMISSION_ENDED', 'WRONG_STEP'];

/**
 * Tells the stay of a message that it is settled as abandoned, so that its till is free; a stay that does not wait for
 * it is left alone. Throws Error when the stay could not be told, so that Temporal tries again.
 */
export async function freeStay(deps: ReconcileAttempt, at: RoundInput, msgid: string): Promise<void> {
  const message = await deps.store.read((manager) => manager.findOneByOrFail(Message, { msgid }));
  const { opened: { date, version }, round } = at;
  const result = await deps.command(message.workflowId, 'resolveUnknown', {
    commandId: `absent/${msgid}/${version}.${round}.${deps.attempt}`,
    operator: OPERATOR,
    payload: { msgid, decision: 'abandon', reason: `${date} 日对账` },
  });
  if (result.status === 'refused' && !NOT_WAITING.includes(result.refusal.code)) throw new Error(`${msgid}: ${result.refusal.message}`);
}

/**
 * Closes what the day's files prove: once the day is over, a watched message that was in none of them is not at the
 * centre. It leaves the watch list; a stay that still waited for it is free again.
 */
export async function proveAbsent(deps: ReconcileAttempt, at: RoundInput & { readonly balanced: boolean }): Promise<void> {
  const { id, institution, date } = at.opened;
  const proven = await deps.store.write(async (manager) => {
    const run = await manager.findOneByOrFail(Reconciliation, { id });
    if (!isOver(date, run.startedAt)) return [];
    const found = await manager.findBy(ReconciliationDifference, { reconciliationId: id, round: at.round, state: In(['open', 'abnormal']) });
    // Totals that differ and a file that does not say why: the file may be old, so it proves nothing.
    if (!at.balanced && found.length === 0) return [];
    const live = new Set(found.map((difference) => difference.msgid));
    const absent: Watched[] = [];
    for (const message of await watchedOfDay(manager, institution, date)) {
      if (live.has(message.msgid) || message.underWay || message.lastDay !== date) continue;
      if (message.firstDay !== date && !(await wasCompared(manager, { institution, date: message.firstDay }))) continue;
      if (await markAbsent(manager, message, date)) absent.push(message);
    }
    return absent;
  });
  for (const { msgid } of proven) {
    await freeStay(deps, at, msgid);
    await deps.store.write((manager) => manager.update(Message, { msgid }, { watchDay: null }));
  }
}

/** Compare-and-set: an adoption under way is left alone. An absent message stands on the watch list until its stay was told. */
async function markAbsent(manager: EntityManager, { msgid, resolution }: Watched, date: string): Promise<boolean> {
  if (resolution === 'adopting') return false;
  if (resolution === 'abandoned' || resolution === 'absent') return true;
  const changed = await manager.update(Message, { msgid, resolution: In(['open', 'manual', 'abandoning']) }, { resolution: 'absent', watchDay: date });
  return changed.affected === 1;
}

/** Whether a day was compared in full after it had ended. */
async function wasCompared(manager: EntityManager, { institution, date }: ReconcileInput): Promise<boolean> {
  const runs = await manager.findBy(Reconciliation, { institution, businessDate: date, state: In(['closed', 'balanced', 'differs']) });
  return runs.some((run) => isOver(date, run.startedAt));
}
