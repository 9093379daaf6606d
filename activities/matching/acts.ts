import type { Refusal } from '../../domain/commands';
import { type DifferenceAct, judgeAct } from '../../domain/matching/life';
import type { Signer } from '../../domain/office-case/types';
import { isRefusal, refusal } from '../../domain/refusal';
import { MatchingDifference, MatchingEvent } from '../../store/entities';
import { lockRow } from '../../store/rows';
import type { Transactions } from '../../store/transactions';

/** What one person does about a difference, under the lock of its row: judged from what stands there. */
export async function actOnDifference(store: Transactions, id: string, act: DifferenceAct, signer: Signer, now: number): Promise<{ result: MatchingDifference } | Refusal> {
  return store.write(async (manager) => {
    const difference = await lockRow(manager, MatchingDifference, { id });
    if (!difference) return refusal('MATCHING_DIFFERENCE_NOT_FOUND');
    const step = judgeAct(difference.state, act, signer, difference.proposer);
    if (isRefusal(step)) return step;
    const seq = difference.events + 1;
    const changes = {
      state: step.state,
      events: seq,
      changedAt: now,
      ...('owner' in act ? { owner: act.owner } : {}),
      ...('cause' in act && act.act !== 'refuseWriteOff' ? { cause: act.cause.trim() } : {}),
      ...(act.act === 'proposeWriteOff' ? { proposer: signer } : {}),
      ...(act.act === 'refuseWriteOff' ? { proposer: null } : {}),
    };
    await manager.update(MatchingDifference, { id }, changes);
    const words = 'cause' in act ? act.cause.trim() : 'owner' in act ? act.owner : null;
    await manager.insert(MatchingEvent, {
      differenceId: id, seq, event: step.event ?? 'assigned', state: step.state, code: difference.code, runId: null, actor: signer.userId, words, at: now,
    });
    return { result: { ...difference, ...changes } };
  });
}
