import { proxyActivities, type ActivityFunction, type ActivityOptions } from '@temporalio/workflow';
import type { ReconcileSteps } from '../../domain/reconciliation/steps';

/** Nobody waits at a window: a platform that is away is asked again for some six hours, then the run fails and a person is told. */
const OPTIONS: ActivityOptions = {
  startToCloseTimeout: '10m',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '2m', maximumAttempts: 200 },
};

const steps = proxyActivities<Record<string, ActivityFunction>>(OPTIONS);

/** Runs one step of the reconciliation; `summary` is what the Temporal UI shows beside it. */
export function perform<K extends keyof ReconcileSteps>(
  name: K,
  input: Parameters<ReconcileSteps[K]>[0],
  summary: string,
): ReturnType<ReconcileSteps[K]> {
  const step = steps[name];
  if (!step) throw new TypeError(`no such step: ${name}`);
  return step.executeWithOptions({ ...OPTIONS, summary }, [input]) as ReturnType<ReconcileSteps[K]>;
}
