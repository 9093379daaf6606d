import type { temporal } from '@temporalio/proto';
import type { Rig } from './admission-rig';

type History = temporal.api.history.v1.IHistory;

/** The histories of a workflow's runs: from `firstRun` on through each continue-as-new, or of the latest run alone. */
export async function historiesOf(rig: Pick<Rig, 'client'>, workflowId: string, firstRun?: string): Promise<History[]> {
  const runs: History[] = [];
  for (let runId = firstRun; ; ) {
    const history = await rig.client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.push(history);
    const next = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    if (!next) return runs;
    runId = next;
  }
}
