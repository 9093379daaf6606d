import type { EntityManager } from 'typeorm';
import { afterOrder, type BatchOrder } from '../../domain/batch/state';
import type { BatchCommand } from '../../domain/batch/steps';
import { BATCH_STATE_NAMES } from '../../domain/batch/types';
import type { CommandEnvelope, CommandResult, Refusal } from '../../domain/commands';
import { isRefusal, refusal } from '../../domain/refusal';
import { Batch } from '../../store/entities';
import { lockRow } from '../../store/rows';
import { closeItem, raiseItem } from '../abnormal/items';
import type { BatchDeps, BatchKind, BatchKinds } from './kind';
import { traitsOf } from './look';
import { kindOf } from './registry';
import { batchWorkflowId } from './start';

const LONGEST_REASON = 200;
const FAILED = 'BATCH_HELD';

/** Carries out what a person asked of a batch. A repeat of an order that has taken effect is refused, and changes nothing. */
export async function carryOutOrder(
  { store, now }: BatchDeps,
  kinds: BatchKinds,
  { batchId, name, command }: { batchId: string; name: BatchCommand; command: CommandEnvelope },
): Promise<CommandResult> {
  return store.write(async (manager) => {
    const batch = await lockRow(manager, Batch, { id: batchId });
    if (!batch) return { status: 'refused', refusal: refusal('BATCH_NOT_FOUND') };
    if (name === 'proceed') return { status: 'done', result: { batchId, state: batch.state } };
    const said = (command.payload as { reason?: unknown } | null)?.reason;
    const reason = typeof said === 'string' && said !== '' ? `${command.operator.name}：${said}` : null;
    const refused = await move(manager, kindOf(kinds, batch.kind), batch, name, { now: now(), reason });
    if (refused) return { status: 'refused', refusal: refused };
    const { state } = await manager.findOneByOrFail(Batch, { id: batchId });
    return { status: 'done', result: { batchId, state, text: BATCH_STATE_NAMES[state] } };
  });
}

/** Brings a locked batch where an order brings it, or refuses. */
export async function move(
  manager: EntityManager,
  kind: BatchKind,
  batch: Batch,
  order: BatchOrder,
  { now, reason }: { readonly now: number; readonly reason: string | null },
): Promise<Refusal | null> {
  const next = afterOrder(order, batch, traitsOf(kind));
  if (isRefusal(next)) return next;
  const begins = next.state !== batch.state;
  await manager.update(Batch, { id: batch.id }, {
    ...next,
    reason: reason?.slice(0, LONGEST_REASON) ?? (order === 'pause' ? batch.reason : null),
    ...(begins ? { phaseDone: 0, phaseStartedAt: now } : {}),
    ...(next.state === 'done' || next.state === 'cancelled' ? { finishedAt: now } : {}),
  });
  if (batch.hold === 'failed') await closeItem(manager, heldItem(batch), '已继续处理', now);
  return null;
}

/** Holds a batch of which a chunk could not be worked, and tells a person. */
export async function holdFailed({ store, now }: BatchDeps, { batchId, chunk, reason }: { batchId: string; chunk: number; reason: string }): Promise<void> {
  await store.write(async (manager) => {
    const batch = await lockRow(manager, Batch, { id: batchId });
    if (!batch || batch.hold !== null) return;
    const title = `批次 ${batchId} 第 ${chunk + 1} 块多次未能处理：${reason}`;
    await manager.update(Batch, { id: batchId }, { hold: 'failed', reason: title.slice(0, LONGEST_REASON) });
    await raiseItem(manager, { ...heldItem(batch), institution: batch.division, process: 'batch', title, at: now() });
  });
}

function heldItem(batch: Batch): { workflowId: string; code: string; subject: string } {
  return { workflowId: batchWorkflowId(batch), code: FAILED, subject: batch.id };
}
