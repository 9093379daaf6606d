import { Context } from '@temporalio/activity';
import type { ReconcileSteps } from '../../domain/reconciliation/steps';
import type { ReconcileAttempt, ReconcileDeps } from './context';
import { compareDetails } from './details';
import { settleDifferences } from './differences';
import { dueDays, watchReconciliations } from './missing';
import { closeReconciliation, failReconciliation, openReconciliation } from './runs';
import { proveAbsent } from './stays';
import { compareTotals } from './totals';

const HEARTBEAT_MS = 1_000;

/** The activities of the daily reconciliation for a worker. */
export function createReconcileActivities(deps: ReconcileDeps): ReconcileSteps {
  const beating =
    <I, O>(step: (deps: ReconcileAttempt, input: I) => Promise<O>) =>
    async (input: I): Promise<O> => {
      const context = Context.current();
      const { attempt, workflowExecution } = context.info;
      const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
      try {
        return await step({ ...deps, attempt: attempt - 1, runId: workflowExecution?.runId ?? '' }, input);
      } finally {
        clearInterval(beat);
      }
    };
  return {
    openReconciliation: beating(openReconciliation),
    compareTotals: beating(compareTotals),
    compareDetails: beating(compareDetails),
    settleDifferences: beating(settleDifferences),
    proveAbsent: beating(proveAbsent),
    closeReconciliation: beating(closeReconciliation),
    failReconciliation: beating(failReconciliation),
    dueDays: beating(dueDays),
    watchReconciliations: beating(watchReconciliations),
  };
}
