import { formatDateTime, parseDateTime } from '../../domain/calendar';
import { loadProfiles } from '../../schemas/national/load-profiles';
import { ensureReconcileSchedules } from '../../workers/schedules';
import { HOSPITAL, openRig, type Rig } from '../support/admission-rig';
import { openCalendar, openItems, readyToSettle, reconcileDay } from './support';

const NIGHTLY = `reconcile-nightly/${HOSPITAL}`;
const WATCH = `reconcile-watch/${HOSPITAL}`;

let rig: Rig;
const calendar = openCalendar(() => rig);
beforeAll(async () => {
  rig = await openRig({ timeoutMs: 1_000, settings: { signature: { family: 'none' } } });
}, 120_000);
afterAll(() => rig.close(), 60_000);
afterEach(() => rig.faults());

function ensure(): Promise<void> {
  const profiles = loadProfiles();
  return ensureReconcileSchedules(rig.client, [rig.deps.institution(HOSPITAL)], (id) => profiles[id] ?? rig.profile);
}

test('schedules are made once, in Shanghai time, with a catch-up of seven days; a restart leaves them alone', async () => {
  await ensure();
  const schedule = rig.client.schedule.getHandle(NIGHTLY);
  const made = await schedule.describe();
  expect(made.policies).toMatchObject({ catchupWindow: 7 * 24 * 3_600_000, overlap: 'BUFFER_ONE' });
  expect(made.spec.timezone).toBe('Asia/Shanghai');
  expect(made.action).toMatchObject({ workflowType: 'reconcileNightly', workflowId: NIGHTLY, taskQueue: 'reconcile' });
  expect(made.info.nextActionTimes.slice(0, 3).map((time) => formatDateTime(time.getTime()).slice(11))).toEqual(['02:30:00', '02:30:00', '02:30:00']);

  const watch = await rig.client.schedule.getHandle(WATCH).describe();
  const times = watch.info.nextActionTimes.slice(0, 6).map((time) => formatDateTime(time.getTime()).slice(11));
  expect([...times].sort()).toEqual(['01:01:00', '05:01:00', '09:01:00', '13:01:00', '17:01:00', '21:01:00']);

  await schedule.pause('停机检修');
  await ensure();
  expect((await schedule.describe()).state).toMatchObject({ paused: true, note: '停机检修' });
  await schedule.unpause();
}, 60_000);

test('a scheduled run takes every day that is due, each under its own id, and none that is closed', async () => {
  const first = await calendar.begin();
  const stay = await readyToSettle(rig, 'B');
  await stay.settle();
  const second = await calendar.begin();
  const other = await readyToSettle(rig, 'A');
  await other.settle();
  await calendar.night(second);

  await ensure();
  await rig.client.schedule.getHandle(NIGHTLY).trigger();
  expect(await endOfTriggered(NIGHTLY)).toEqual({ [first]: 'closed', [second]: 'closed' });
  for (const date of [first, second]) {
    const run = await rig.client.workflow.getHandle(`reconcile/${HOSPITAL}/${date}`).describe();
    expect(run).toMatchObject({ type: 'reconcile', status: { name: 'COMPLETED' } });
    expect(run.parentExecution?.workflowId).toMatch(new RegExp(`^${NIGHTLY}-\\d{4}-\\d{2}-\\d{2}T`));
  }
  // The day before is looked at each night; the other one is closed and stays so.
  expect(await nightly('again')).toEqual({ [second]: 'closed' });
}, 120_000);

test('a day has one run at a time, whoever starts it', async () => {
  const date = await calendar.begin();
  await calendar.night(date);
  await rig.faults({ infno: '3201', nth: 1, phase: 'before-commit', kind: 'hang' });
  const options = { workflowId: `reconcile/${HOSPITAL}/${date}`, taskQueue: 'reconcile', args: [{ institution: HOSPITAL, date }] };
  const onDemand = await rig.client.workflow.start('reconcile', options);
  await expect(rig.client.workflow.start('reconcile', options)).rejects.toThrow(/already started/i);
  expect((await nightly('meanwhile'))[date]).toBe('running');
  expect(await onDemand.result()).toMatchObject({ state: 'closed', version: 1 });
}, 60_000);

test('watchdog: a day with settlements and no finished run is an abnormal item after the deadline, until a run makes it up', async () => {
  const date = await calendar.begin();
  await rig.faults();
  const stay = await readyToSettle(rig, 'D');
  await stay.settle();
  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'balanced' });

  const next = `${date.slice(0, 8)}${String(Number(date.slice(8)) + 1).padStart(2, '0')}`;
  await rig.setClock(parseDateTime(`${next} 08:59:00`));
  expect(await watch()).toEqual([]);
  await rig.setClock(parseDateTime(`${next} 09:01:00`));
  expect(await watch()).toEqual([date]);
  expect(await watch()).toEqual([date]);
  expect(await openItems(rig)).toEqual([`RECONCILIATION_MISSING ${date}`]);

  expect(await reconcileDay(rig, date)).toMatchObject({ state: 'closed' });
  expect(await watch()).toEqual([]);
  expect(await openItems(rig)).toEqual([]);
}, 120_000);

function watch(): Promise<readonly string[]> {
  return rig.client.workflow.execute<() => Promise<readonly string[]>>('watchReconciliations', startOf('watch'));
}

function nightly(name: string): Promise<Record<string, string>> {
  return rig.client.workflow.execute<() => Promise<Record<string, string>>>('reconcileNightly', startOf(name));
}

function startOf(name: string) {
  return { workflowId: `test-${name}-${Date.now()}`, taskQueue: 'reconcile', args: [{ institution: HOSPITAL }] as never };
}

/** The result of the run that the Schedule started; its id ends in its time. */
async function endOfTriggered(scheduleId: string): Promise<unknown> {
  for (let look = 0; look < 100; look += 1) {
    const { recentActions } = (await rig.client.schedule.getHandle(scheduleId).describe()).info;
    const action = recentActions.at(-1)?.action;
    if (action?.type === 'startWorkflow') return rig.client.workflow.getHandle(action.workflow.workflowId).result();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${scheduleId} started nothing`);
}
