import { BATCH_QUEUE } from '../../activities/batch/start';
import { countingKind, createCounted } from '../batch/counting';
import type { BatchStory } from './recorder';

/** Two chunks worked, a pause, the rest, and the posting. */
export const batchStories: readonly BatchStory[] = [
  {
    name: 'batch-paused-and-posted',
    batch: { kinds: { counting: countingKind({ posts: true }) }, prepare: createCounted },
    play: async (rig) => {
      const batch = await rig.open({ kind: 'counting', parameters: { rows: 60 } });
      await rig.order(batch, 'proceed');
      await rig.order(batch, 'pause');
      await rig.handle(batch).result();
      const firstRun = (await rig.handle(batch).describe()).runId;
      await rig.order(batch, 'resume');
      await rig.until(batch, ({ state }) => state === 'done');
      await rig.handle(batch).result();
      return { workflowId: `batch/counting/990101/${batch.id}`, firstRun };
    },
  },
  {
    name: 'batch-cancelled',
    batch: { kinds: { counting: countingKind() }, prepare: createCounted },
    play: async (rig) => {
      const batch = await rig.open({ kind: 'counting', parameters: { rows: 200 } });
      await rig.order(batch, 'proceed');
      await rig.order(batch, 'cancel');
      await rig.until(batch, ({ state }) => state === 'cancelled');
      await rig.handle(batch).result();
      return { workflowId: `batch/counting/990101/${batch.id}` };
    },
  },
  {
    name: 'tax-exchange-run',
    batch: { kinds: {} },
    play: async ({ client }) => {
      const workflowId = 'tax-exchange/on-demand';
      const handle = await client.workflow.start('taxExchange', { workflowId, taskQueue: BATCH_QUEUE, args: [] });
      await handle.signal('proceed', { commandId: 'story', payload: {}, operator: { id: 'rig', name: '测试', type: '1' } });
      await handle.result();
      return { workflowId };
    },
  },
];
