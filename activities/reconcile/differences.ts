import type { EntityManager } from 'typeorm';
import type { CommandResult } from '../../domain/commands';
import { judge, type OurMessage, type OurSettlement, type Verdict } from '../../domain/reconciliation/difference';
import type { RoundInput } from '../../domain/reconciliation/steps';
import { Message, ReconciliationDifference, Settlement } from '../../store/entities';
import { OPERATOR, profileOf, type ReconcileAttempt } from './context';
import { fundAsSent } from './day-books';
import { freeStay } from './stays';
import { undoAtCentre } from './undo';
import { SETTLEMENT_INFNOS } from './watched';

type State = ReconciliationDifference['state'];

/** Deals with each open difference of the run as `judge` says; one that was dealt with stays as it is. */
export async function settleDifferences(deps: ReconcileAttempt, at: RoundInput): Promise<void> {
  const open = await deps.store.read((manager) =>
    manager.find(ReconciliationDifference, { where: { reconciliationId: at.opened.id, state: 'open' }, order: { id: 'ASC' } }),
  );
  for (const difference of open) {
    const { state, resolution } = await settleOne(deps, at, difference);
    await deps.store.write((manager) =>
      manager.update(
        ReconciliationDifference,
        { id: difference.id, state: 'open' },
        { state, resolution: resolution.slice(0, 500), updatedAt: deps.now() },
      ),
    );
  }
}

async function settleOne(deps: ReconcileAttempt, at: RoundInput, difference: ReconciliationDifference): Promise<{ state: State; resolution: string }> {
  const verdict = await deps.store.read((manager) => judgeDifference(manager, deps, at, difference));
  switch (verdict.action) {
    case 'none':
      return { state: 'closed', resolution: verdict.reason };
    case 'later':
      return { state: 'open', resolution: verdict.reason };
    case 'abnormal':
      return { state: 'abnormal', resolution: verdict.reason };
    case 'adopt':
      return adopt(deps, at, difference, verdict.workflowId);
    case 'undo':
      return undo(deps, at, difference, verdict.reason);
  }
}

async function judgeDifference(
  manager: EntityManager,
  deps: ReconcileAttempt,
  at: RoundInput,
  difference: ReconciliationDifference,
): Promise<Verdict> {
  const { institution, date } = at.opened;
  const { setl_id, msgid } = difference;
  const ours = setl_id === null ? null : await manager.findOneBy(Settlement, { institution, setl_id });
  const theirs = {
    class: difference.class,
    setl_id: setl_id ?? '',
    mdtrt_id: difference.mdtrt_id ?? '',
    refd_setl_flag: difference.refd_setl_flag ?? '',
    medfee: difference.theirMedfeeFen,
    fund: difference.theirFundFen,
    account: difference.theirAccountFen,
  };
  return judge(date, theirs, ours ? settlementOf(deps, ours) : undefined, await messageOf(manager, institution, msgid));
}

function settlementOf(deps: ReconcileAttempt, row: Settlement): OurSettlement {
  return {
    status: row.status,
    businessDate: row.businessDate,
    medfee: row.medfee_sumamt,
    fund: fundAsSent(row, profileOf(deps, row.institution).accountInFundSum),
    account: row.acct_pay,
  };
}

/** Our settlement message of a msgid, whatever day it was sent on. */
async function messageOf(manager: EntityManager, institution: string, msgid: string | null): Promise<OurMessage | undefined> {
  const message = msgid === null ? null : await manager.findOneBy(Message, { institution, msgid });
  if (!message || !SETTLEMENT_INFNOS.includes(message.infno)) return undefined;
  const booked = await manager.findOneBy(Settlement, { institution, msgid: message.msgid });
  const { workflowId, mdtrt_id, outcome, resolution } = message;
  return { workflowId, mdtrt_id, outcome, resolution, bookedAs: booked?.setl_id ?? null };
}

/** Refusals after which the next round or run looks again: the stay or the platform was not ready. */
const NOT_NOW: readonly string[] = ['PLATFORM_UNREACHABLE', 'OUTCOME_UNKNOWN', 'BEING_ABANDONED'];

/** The stay takes its lost settlement into the books. */
async function adopt(deps: ReconcileAttempt, at: RoundInput, difference: ReconciliationDifference, workflowId: string): Promise<{ state: State; resolution: string }> {
  const { opened: { date, version }, round } = at;
  const result: CommandResult = await deps.command(workflowId, 'resolveUnknown', {
    commandId: `adopt/${difference.msgid}/${version}.${round}.${deps.attempt}`,
    operator: OPERATOR,
    payload: { msgid: difference.msgid, decision: 'adopt', setlId: difference.setl_id, reason: `${date} 日对账` },
  });
  if (result.status === 'done') return { state: 'adopted', resolution: '已按中心记录认领入账' };
  const { code, message } = result.refusal;
  return { state: NOT_NOW.includes(code) ? 'open' : 'abnormal', resolution: `未能认领：${message}` };
}

async function undo(deps: ReconcileAttempt, at: RoundInput, difference: ReconciliationDifference, reason: string): Promise<{ state: State; resolution: string }> {
  const failed = await undoAtCentre(deps, at, difference);
  if (failed !== null) return { state: 'abnormal', resolution: `${reason}；${failed}` };
  const { msgid } = difference;
  if (msgid !== null) {
    // Abandoned for certain now: a stay that still tries to reverse it is told, so that it goes on.
    await deps.store.write(async (manager) => {
      await manager.update(Message, { msgid, resolution: 'abandoning' }, { resolution: 'abandoned' });
      await manager.update(Message, { msgid, resolution: 'abandoned' }, { watchDay: null });
    });
    await freeStay(deps, at, msgid);
  }
  return { state: 'undone', resolution: `${reason}；已用 2305 撤销` };
}
