import { ActivityFailure, CancellationScope, continueAsNew, condition, defineQuery, proxyActivities, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import { BATCH_COMMANDS, type BatchCommand, type BatchLook, type BatchSteps, type BatchWork } from '../../domain/batch/steps';
import type { BatchPhase, BatchState } from '../../domain/batch/types';
import type { CommandEnvelope } from '../../domain/commands';
import { isIdle, openCommandDesk, type RememberedCommand } from '../kit/commands';
import { shouldRoll } from '../kit/rolling';

export interface BatchInput {
  readonly batchId: string;
  /** What an earlier run hands on. */
  readonly remembered?: readonly RememberedCommand[];
}

export interface BatchEnd {
  readonly batchId: string;
  readonly state: BatchState;
}

/** How far the phase under way is. */
export interface BatchProgress {
  readonly state: BatchState;
  readonly phase: BatchPhase | null;
  /** Chunks of the phase that this run has worked, and that it was handed. */
  readonly done: number;
  readonly of: number;
  /** Chunks of the whole batch. */
  readonly chunks: number;
}

const PHASE_NAMES: Readonly<Record<BatchPhase, string>> = { work: '处理', post: '入账', discard: '取消', undo: '撤销' };

/** Steps between chunks: they end, however long the database is away. */
const { look, order, closePhase, holdFailed } = proxyActivities<BatchSteps>({
  startToCloseTimeout: '30m',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** A chunk that fails so often stops its batch for a person; the other chunks go on. */
const { workChunk } = proxyActivities<BatchSteps>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '20s', maximumAttempts: 10 },
});

/**
 * One batch (批次): `batch/{kind}/{division}/{id}`. The row of the batch says what is to be done; a run works the chunks of
 * the phase, a few side by side, and ends when a person is asked or nothing is left. Each order and each signed case starts
 * it again. A request to cancel the workflow changes nothing: a batch ends by its orders.
 */
export async function batch(input: BatchInput): Promise<BatchEnd> {
  return CancellationScope.nonCancellable(() => run(input));
}

async function run({ batchId, remembered = [] }: BatchInput): Promise<BatchEnd> {
  let orders = 0;
  let progress: BatchProgress = { state: 'accepted', phase: null, done: 0, of: 0, chunks: 0 };
  const desk = openCommandDesk<BatchCommand>({
    names: BATCH_COMMANDS,
    remembered,
    outOfTurn: [...BATCH_COMMANDS],
    checkPayload: () => null,
    check: () => null,
    handle: async (name, command) => {
      const result = await order.executeWithOptions({ summary: ORDER_NAMES[name] }, [{ batchId, name, command: command as CommandEnvelope }]);
      orders += 1;
      return result;
    },
    recordRefusedSignal: async () => undefined,
  });
  setHandler(defineQuery<BatchProgress>('progress'), () => progress);

  for (;;) {
    const seen = orders;
    const found = await look.executeWithOptions({ summary: '查看批次' }, [{ batchId }]);
    show(batchId, found);
    progress = { state: found.state, phase: found.work?.phase ?? null, done: 0, of: found.work?.open.length ?? 0, chunks: found.work?.chunks ?? 0 };
    if (found.work) {
      await workThrough(batchId, found.work, () => orders !== seen, () => (progress = { ...progress, done: progress.done + 1 }));
    } else {
      await condition(() => isIdle(desk) || orders !== seen);
      if (orders === seen) return { batchId, state: found.state };
    }
    if (shouldRoll()) {
      await condition(() => isIdle(desk));
      return continueAsNew<typeof batch>({ batchId, remembered: desk.remembered() });
    }
  }
}

const ORDER_NAMES: Readonly<Record<BatchCommand, string>> = { proceed: '继续办理', pause: '暂停', resume: '恢复', cancel: '取消' };

/** Works the chunks that are open, `parallel` side by side, until they are done or an order came. */
async function workThrough(batchId: string, { phase, chunks, open, parallel }: BatchWork, interrupted: () => boolean, onDone: () => void): Promise<void> {
  const waiting = [...open];
  const failed: { readonly chunk: number; readonly reason: string }[] = [];
  let stopped = false;

  async function lane(): Promise<void> {
    while (!stopped && !interrupted()) {
      const chunk = waiting.shift();
      if (chunk === undefined) return;
      try {
        const outcome = await workChunk.executeWithOptions({ summary: `${PHASE_NAMES[phase]}第 ${chunk + 1}/${chunks} 块` }, [{ batchId, phase, chunk }]);
        if (outcome.stopped) stopped = true;
        else onDone();
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        failed.push({ chunk, reason: error.cause?.message ?? error.message });
      }
    }
  }

  await Promise.all(Array.from({ length: parallel }, lane));
  const [first] = failed;
  if (first) await holdFailed.executeWithOptions({ summary: '登记未能处理的块' }, [{ batchId, phase, ...first }]);
  else if (!stopped && waiting.length === 0) await closePhase.executeWithOptions({ summary: `${PHASE_NAMES[phase]}完毕` }, [{ batchId, phase }]);
}

function show(batchId: string, { state, text }: BatchLook): void {
  setCurrentDetails(text);
  upsertSearchAttributes({ Process: ['batch'], BusinessKey: [batchId], Status: [state] });
}
