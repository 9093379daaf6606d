import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { z } from 'zod';
import { formatDateTime } from '../domain/calendar';
import { isOutcomeCode, outcomeOf } from '../domain/outcomes';
import type { whyView } from '../schemas/api/office-cases';

type Why = z.input<typeof whyView>;
type Pending = Why['activities'][number];

/** Temporal's words for how a workflow stands. */
const STATUS: Readonly<Record<string, string>> = {
  RUNNING: '运行中',
  COMPLETED: '已结束',
  FAILED: '异常结束',
  CANCELLED: '已取消',
  TERMINATED: '已终止',
  CONTINUED_AS_NEW: '已续接',
  TIMED_OUT: '超时结束',
};
const NOT_RUNNING = '没有在运行的流程';
const LOOK_MS = 5_000;
const MOST_ACTIVITIES = 20;

/**
 * Why a process stands where it stands: what its state waits for, and what it has been trying to do since, with the code of
 * the last failure. Names no person. Throws what the Temporal client throws when the server is away.
 */
export async function whyOf(client: Client, workflowId: string, waiting: string): Promise<Why> {
  const found = await describe(client, workflowId);
  if (!found) return { workflowId, status: NOT_RUNNING, text: waiting === '' ? NOT_RUNNING : waiting, activities: [] };
  const tries = found.activities.map(tryText);
  return { workflowId, status: found.status, text: [waiting, ...tries].filter((text) => text !== '').join('；'), activities: found.activities };
}

async function describe(client: Client, workflowId: string): Promise<{ status: string; activities: Pending[] } | null> {
  try {
    const { status, raw } = await client.withDeadline(Date.now() + LOOK_MS, () => client.workflow.getHandle(workflowId).describe());
    const activities = (raw.pendingActivities ?? []).slice(0, MOST_ACTIVITIES).map((each) => ({
      name: each.activityType?.name ?? '',
      attempt: each.attempt ?? 1,
      startedAt: momentOf(each.lastStartedTime),
      nextAt: each.state === SCHEDULED ? momentOf(each.scheduledTime) : null,
      failure: failureOf(each.lastFailure),
    }));
    return { status: STATUS[status.name] ?? status.name, activities };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** PENDING_ACTIVITY_STATE_SCHEDULED: it waits for its next attempt. */
const SCHEDULED = 1;

type Timestamp = { seconds?: unknown; nanos?: number | null } | null | undefined;

function momentOf(time: Timestamp): number | null {
  if (!time) return null;
  return Number(time.seconds ?? 0) * 1000 + Math.floor((time.nanos ?? 0) / 1_000_000);
}

interface Failure {
  readonly applicationFailureInfo?: { readonly type?: string | null } | null;
  readonly timeoutFailureInfo?: object | null;
  readonly cause?: Failure | null;
}

/** The code of a failure; its message is encrypted and stays so. */
function failureOf(failure: Failure | null | undefined): string | null {
  if (!failure) return null;
  if (failure.timeoutFailureInfo) return 'TIMEOUT';
  return failure.applicationFailureInfo?.type ?? failureOf(failure.cause) ?? 'FAILED';
}

function tryText({ name, attempt, startedAt, nextAt, failure }: Pending): string {
  const parts = [`正在执行 ${name}`];
  if (startedAt !== null) parts.push(`自 ${clock(startedAt)}`);
  if (attempt > 1) parts.push(`第 ${attempt} 次`);
  if (failure !== null) parts.push(`上次失败 ${failure}${isOutcomeCode(failure) ? ` ${outcomeOf(failure).title}` : ''}`);
  if (nextAt !== null) parts.push(`下次 ${clock(nextAt)}`);
  return parts.join('，');
}

function clock(at: number): string {
  return formatDateTime(at).slice(11, 19);
}
