import { Context } from '@temporalio/activity';
import type { BatchSteps } from '../../domain/batch/steps';
import { workChunk } from './chunk';
import { closePhase } from './close';
import type { BatchDeps, BatchKinds } from './kind';
import { look } from './look';
import { carryOutOrder, holdFailed } from './orders';

const HEARTBEAT_MS = 1_000;

/** The activities of batches (批次) for a worker. They heartbeat by themselves, so that another worker takes over soon after a kill. */
export function createBatchActivities(deps: BatchDeps, kinds: BatchKinds): BatchSteps {
  const beating =
    <I, O>(step: (input: I, heartbeat: () => void) => Promise<O>) =>
    async (input: I): Promise<O> => {
      const context = Context.current();
      const heartbeat = (): void => context.heartbeat();
      const beat = setInterval(heartbeat, HEARTBEAT_MS);
      try {
        return await step(input, heartbeat);
      } finally {
        clearInterval(beat);
      }
    };
  return {
    look: beating((input, heartbeat) => look(deps, kinds, input, heartbeat)),
    order: beating((input) => carryOutOrder(deps, kinds, input)),
    workChunk: beating((input, heartbeat) => workChunk(deps, kinds, input, heartbeat)),
    closePhase: beating((input) => closePhase(deps, kinds, input)),
    holdFailed: beating((input) => holdFailed(deps, input)),
  };
}
