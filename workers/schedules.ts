import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type CalendarSpec, type Client } from '@temporalio/client';
import { minutesOf } from '../domain/reconciliation/days';
import { TAX_WORKFLOW } from '../domain/tax/steps';
import type { Institution } from '../runtime/institutions';
import type { Profile } from '../schemas/national/profile';
import type { QueueName } from './queues';

/** A run missed while everything was down is made up within this time; one run then takes all days that are due. */
const CATCH_UP = '7 days';
/** The watchdog looks so long after the deadline, minutes, and every so many hours from then on. */
const LOOK_AFTER_MINUTES = 1;
const LOOK_EVERY_HOURS = 4;
const HOURS = 24;
/** 08:30 in Shanghai, in minutes. */
const PREPAYMENT_WATCH_AT = 8 * 60 + 30;

/**
 * Two Temporal Schedules an institution: `reconcile-nightly/{code}` runs the daily reconciliation, `reconcile-watch/{code}` says when
 * one is missing. Times are those of the profile when the Schedule is made; one that exists is left as it is, so that a
 * time changed or a Schedule paused in Temporal stays so.
 */
export async function ensureReconcileSchedules(
  client: Client,
  institutions: readonly Institution[],
  profile: (id: string) => Pick<Profile, 'reconcileAt' | 'reconcileDeadline'>,
): Promise<void> {
  for (const { fixmedinsCode: institution, profile: id } of institutions) {
    const { reconcileAt, reconcileDeadline } = profile(id);
    const args = [{ institution }];
    await ensure(client, { scheduleId: `reconcile-nightly/${institution}`, workflowType: 'reconcileNightly', taskQueue: 'reconcile', args, calendars: [at(minutesOf(reconcileAt))] });
    await ensure(client, { scheduleId: `reconcile-watch/${institution}`, workflowType: 'watchReconciliations', taskQueue: 'reconcile', args, calendars: watchTimes(reconcileDeadline) });
  }
}

function watchTimes(deadline: string): CalendarSpec[] {
  const first = minutesOf(deadline) + LOOK_AFTER_MINUTES;
  return Array.from({ length: HOURS / LOOK_EVERY_HOURS }, (_, index) => at(first + index * LOOK_EVERY_HOURS * 60));
}

function at(minutes: number): CalendarSpec {
  return { hour: Math.floor(minutes / 60) % HOURS, minute: minutes % 60 } as CalendarSpec;
}

/** `prepayment-watch`: looks each morning, before the offices open, at prepayment, payments and issues. */
export async function ensurePrepaymentSchedule(client: Client): Promise<void> {
  await ensure(client, { scheduleId: 'prepayment-watch', workflowType: 'watchPrepayment', taskQueue: 'office', args: [], calendars: [at(PREPAYMENT_WATCH_AT)] });
}

/** `tax-exchange`: looks every ten minutes whether tax has sent files, or files wait to be sent. */
export async function ensureTaxSchedule(client: Client): Promise<void> {
  const calendars = [{ hour: '*', minute: { start: 0, end: 59, step: 10 } }] satisfies CalendarSpec[];
  await ensure(client, { scheduleId: 'tax-exchange', workflowType: TAX_WORKFLOW, taskQueue: 'batch', args: [], calendars });
}

interface Plan {
  /** Also the id of the workflow that it starts. */
  readonly scheduleId: string;
  readonly workflowType: string;
  readonly taskQueue: QueueName;
  readonly args: readonly object[];
  readonly calendars: CalendarSpec[];
}

async function ensure(client: Client, { scheduleId, workflowType, taskQueue, args, calendars }: Plan): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId,
      spec: { calendars, timezone: 'Asia/Shanghai' },
      // One waits at most: the run that comes next takes every day that is due.
      policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: CATCH_UP },
      action: { type: 'startWorkflow', workflowType, workflowId: scheduleId, taskQueue, args: [...args] },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
