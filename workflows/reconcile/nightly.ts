import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { executeChild, log, ParentClosePolicy, setCurrentDetails } from '@temporalio/workflow';
import { perform } from './steps';
import { reconcile } from './reconcile';

export interface NightlyInput {
  readonly institution: string;
}

export type NightlyEnd = Readonly<Record<string, string>>;

/**
 * What the Schedule starts each night: the days that are due, oldest first, each as a child under the day's own id. The
 * Schedule's runs have its time in their ids; the child's id keeps a day from being run twice at once, whoever starts it.
 */
export async function reconcileNightly({ institution }: NightlyInput): Promise<NightlyEnd> {
  const ends: Record<string, string> = {};
  for (const date of await perform('dueDays', { institution }, '查找应对账的日期')) {
    setCurrentDetails(`正在对 ${date}`);
    ends[date] = await runDay(institution, date);
  }
  setCurrentDetails(Object.entries(ends).map(([date, state]) => `${date}：${state}`).join('\n\n'));
  return ends;
}

/** A day that fails does not keep the others from their turn; the watchdog sees that its run is missing. */
async function runDay(institution: string, date: string): Promise<string> {
  try {
    const end = await executeChild(reconcile, {
      workflowId: `reconcile/${institution}/${date}`,
      args: [{ institution, date }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `${date} 日对账`,
    });
    return end.state;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'running';
    log.warn('a day was not reconciled', { date, error });
    return 'failed';
  }
}

/** What the second Schedule starts: it says when a run is missing. */
export async function watchReconciliations({ institution }: NightlyInput): Promise<readonly string[]> {
  return perform('watchReconciliations', { institution }, '检查是否有未对账的日期');
}
