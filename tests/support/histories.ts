import type { temporal } from '@temporalio/proto';
import { HOSPITAL, type Rig } from './admission-rig';

type History = temporal.api.history.v1.IHistory;

/** The histories of a stay's runs, from the first one on through each continue-as-new. */
export async function runsOf(rig: Rig, iptNo: string, firstRun: string): Promise<History[]> {
  const runs: History[] = [];
  for (let runId: string | null | undefined = firstRun; runId; ) {
    const history: History = await rig.client.workflow.getHandle(`admission/${HOSPITAL}/${iptNo}`, runId).fetchHistory();
    runs.push(history);
    runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return runs;
}
