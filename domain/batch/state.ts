import type { Refusal } from '../commands';
import { refusal } from '../refusal';
import { BATCH_STATE_NAMES, type BatchHold, type BatchPhase, type BatchState } from './types';

/** What people and the cases that they sign ask of a batch. */
export type BatchOrder = 'pause' | 'resume' | 'cancel' | 'confirm' | 'undo';

export interface BatchStanding {
  readonly state: BatchState;
  readonly hold: BatchHold | null;
}

/** Whether the kind of a batch does something, chunk by chunk, after it was confirmed. */
export interface BatchTraits {
  readonly confirms: boolean;
  readonly posts: boolean;
}

const PHASE_OF: Partial<Record<BatchState, BatchPhase>> = { working: 'work', posting: 'post', discarding: 'discard', undoing: 'undo' };

/** The phase that a batch is in, or null where it waits for a person or is at its end. */
export function phaseOf({ state }: BatchStanding): BatchPhase | null {
  return PHASE_OF[state] ?? null;
}

/** Where a batch stands after all chunks of a phase. */
export function afterPhase(phase: BatchPhase, { confirms, posts }: BatchTraits): BatchState {
  if (phase === 'discard') return 'cancelled';
  if (phase === 'undo') return 'undone';
  if (phase === 'post') return 'done';
  if (confirms) return 'previewed';
  return posts ? 'posting' : 'done';
}

/**
 * Where an order brings a batch, or why it does not fit. Pausing and cancelling are for what has no effect yet or is under
 * way; what has taken effect is undone, never cancelled.
 */
export function afterOrder(order: BatchOrder, standing: BatchStanding, traits: BatchTraits): BatchStanding | Refusal {
  const { state, hold } = standing;
  switch (order) {
    case 'pause':
      if (phaseOf(standing) === null || hold) return unfit('暂停', standing);
      return { state, hold: 'paused' };
    case 'resume':
      return hold ? { state, hold: null } : unfit('继续', standing);
    case 'cancel':
      if (state === 'accepted') return { state: 'cancelled', hold: null };
      return state === 'working' || state === 'previewed' ? { state: 'discarding', hold: null } : unfit('取消', standing);
    case 'confirm':
      return state === 'previewed' ? { state: traits.posts ? 'posting' : 'done', hold: null } : unfit('确认', standing);
    case 'undo':
      return state === 'done' ? { state: 'undoing', hold: null } : unfit('撤销', standing);
  }
}

function unfit(order: string, { state, hold }: BatchStanding): Refusal {
  const held = hold === 'paused' ? '，已暂停' : hold === 'failed' ? '，因故停下' : '';
  return refusal('BATCH_ORDER_UNFIT', `批次${BATCH_STATE_NAMES[state]}${held}，不能${order}。`);
}
