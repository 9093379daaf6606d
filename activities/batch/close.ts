import type { EntityManager } from 'typeorm';
import { afterPhase, phaseOf } from '../../domain/batch/state';
import type { BatchPhase } from '../../domain/batch/types';
import type { Refusal } from '../../domain/commands';
import { isRefusal, refusal } from '../../domain/refusal';
import { currentCaseDefinitions } from '../../schemas/processes/load-cases';
import { Batch } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { openCase } from '../office-case/open';
import type { BatchDeps, BatchKind, BatchKinds } from './kind';
import { countOpen, traitsOf } from './look';
import { kindOf } from './registry';
import { sumsOf } from './sums';

/**
 * Ends a phase of which every chunk is done. What was worked out and must be confirmed gets its case, as a draft of the one
 * who began the batch; what takes effect at once does so here.
 */
export async function closePhase({ store, now }: BatchDeps, kinds: BatchKinds, { batchId, phase }: { batchId: string; phase: BatchPhase }): Promise<void> {
  await store.write(async (manager) => {
    const batch = await lockRow(manager, Batch, { id: batchId });
    if (!batch || phaseOf(batch) !== phase || (await countOpen(manager, batchId, phase)) > 0) return;
    const kind = kindOf(kinds, batch.kind);
    const at = now();
    const state = afterPhase(phase, traitsOf(kind));
    const refused = state === 'done' && phase === 'work' ? await kind.confirm?.(manager, batch, await sumsOf(manager, batchId)) : null;
    if (refused) {
      await manager.update(Batch, { id: batchId }, { hold: 'failed', reason: refused.message.slice(0, 200) });
      return;
    }
    const drafted = state === 'previewed' ? await draftConfirmation(manager, kind, batch, at) : null;
    const reason = isRefusal(drafted) ? drafted.message.slice(0, 200) : batch.reason;
    const ended = ['done', 'cancelled', 'undone'].includes(state);
    await manager.update(Batch, { id: batchId }, {
      state, reason, phaseDone: 0, phaseStartedAt: at,
      ...(typeof drafted === 'string' ? { confirmCaseNo: drafted } : {}),
      ...(ended ? { finishedAt: at } : {}),
    });
  });
}

/** Opens the case by which a batch is confirmed, as a draft of its maker; returns its number. */
export async function draftConfirmation(manager: EntityManager, { confirmedBy }: BatchKind, batch: Batch, at: number): Promise<string | Refusal> {
  const definition = confirmedBy === null ? undefined : currentCaseDefinitions()[confirmedBy];
  if (!definition) return refusal('DEFINITION_UNKNOWN', `没有确认批次所用的办件定义 ${confirmedBy}。`);
  const form = { batchId: batch.id, ...(batch.period === null ? {} : { period: batch.period }), amountFen: amountOf(await sumsOf(manager, batch.id)), rows: batch.done, rejected: batch.rejected };
  const opened = await openCase(manager, { definition, division: batch.division, makerId: batch.makerId, form }, at);
  return isRefusal(opened) ? opened : opened.caseNo;
}

/** What the batch comes to: the sum called `total`, or all of them. */
function amountOf(sums: Readonly<Record<string, number>>): number {
  return sums['total'] ?? Object.values(sums).reduce((all, one) => all + one, 0);
}
