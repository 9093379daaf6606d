import { ActivityFailure, proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { CaseStepOutcome, OfficeCaseSteps } from '../../domain/office-case/steps';
import type { CaseRun } from './case-run';

/** Some twelve minutes of attempts; an operation that streams may take a day, and heartbeats. */
const OPERATE: ActivityOptions = {
  startToCloseTimeout: '24h',
  heartbeatTimeout: '3s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 20 },
};

/** What undoes an operation does not give up: after these attempts the run tries anew. */
const UNDO: ActivityOptions = { ...OPERATE, retry: { ...OPERATE.retry, maximumAttempts: 100 } };

const operating = proxyActivities<OfficeCaseSteps>(OPERATE);

/**
 * What follows from the acts by itself: an automatic step, the effect, or undoing what was done. An operation that cannot be
 * carried out is given up after its attempts; the case then undoes what stands and says so.
 */
export async function doWork(run: CaseRun): Promise<void> {
  const work = run.work();
  if (!work) return;
  const summary = (what: string): ActivityOptions => ({ ...(work.kind === 'undo' ? UNDO : OPERATE), summary: `${what}：${run.stepName(work.step)}` });
  await run.take(async (): Promise<CaseStepOutcome> => {
    const input = run.operationStep(work);
    if (work.kind === 'undo') return operating.undo.executeWithOptions(summary('回退'), [input]);
    try {
      return await operating.operate.executeWithOptions(summary('办理'), [input]);
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      return operating.giveUp.executeWithOptions(summary('未能完成'), [input]);
    }
  });
}
