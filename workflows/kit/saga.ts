import { CancellationScope } from '@temporalio/workflow';
import type { Refusal } from '../../domain/commands';

/**
 * Undoes what was done, newest first, in a scope that cancellation does not reach. `pending` is read anew before each
 * step, since undoing a step takes it off the stack. Stops at the first step that the other side refuses to undo and
 * returns its refusal; null means that nothing is left.
 */
export async function compensate<Step>(
  pending: () => readonly Step[],
  undo: (step: Step) => Promise<Refusal | null>,
): Promise<Refusal | null> {
  return CancellationScope.nonCancellable(async () => {
    for (let step = pending().at(-1); step !== undefined; step = pending().at(-1)) {
      const before = pending().length;
      const refusal = await undo(step);
      if (refusal) return refusal;
      if (pending().length >= before) throw new Error('an undo must take its step off the stack');
    }
    return null;
  });
}
