import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type CalendarSpec, type Client } from '@temporalio/client';
import { minutesOf } from '../domain/reconciliation/days';
import type { Institution } from '../runtime/institutions';
import type { Profile } from '../schemas/national/profile';

/** A run missed while everything was down is made up within this time; one run then takes all days that are due. */
const CATCH_UP = '7 days';
/** The watchdog looks so long after the deadline, minutes, and every so many hours from then on. */
const LOOK_AFTER_MINUTES = 1;
const LOOK_EVERY_HOURS = 4;
const HOURS = 24;

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
    await ensure(client, `reconcile-nightly/${institution}`, 'reconcileNightly', institution, [at(minutesOf(reconcileAt))]);
    await ensure(client, `reconcile-watch/${institution}`, 'watchReconciliations', institution, watchTimes(reconcileDeadline));
  }
}

function watchTimes(deadline: string): CalendarSpec[] {
  const first = minutesOf(deadline) + LOOK_AFTER_MINUTES;
  return Array.from({ length: HOURS / LOOK_EVERY_HOURS }, (_, index) => at(first + index * LOOK_EVERY_HOURS * 60));
}

function at(minutes: number): CalendarSpec {
  return { hour: Math.floor(minutes / 60) % HOURS, minute: minutes % 60 } as CalendarSpec;
}

async function ensure(client: Client, scheduleId: string, workflowType: string, institution: string, calendars: CalendarSpec[]): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId,
      spec: { calendars, timezone: 'Asia/Shanghai' },
      // One waits at most: the run that comes next takes every day that is due.
      policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: CATCH_UP },
      action: {
        type: 'startWorkflow',
        workflowType,
        workflowId: scheduleId,
        taskQueue: 'reconcile',
        args: [{ institution }],
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
