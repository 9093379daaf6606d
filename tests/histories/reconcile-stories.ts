import { openCalendar, readyToSettle, reconcileDay, slipThrough } from '../reconcile/support';
import { HOSPITAL, type Rig } from '../support/admission-rig';
import type { Story } from './recorder';

/** The clocks of these stories are moved, so the gateway's signatures with their timestamps are switched off. */
const OWN_CLOCK = { timeoutMs: 1_000, settings: { signature: { family: 'none' } } } as const;

/** The ways of a day's reconciliation whose histories are kept. */
export const reconcileStories: readonly Story[] = [
  {
    name: 'reconcile-late-settlement-undone',
    rig: OWN_CLOCK,
    play: async (rig) => {
      const { date, night } = await begin(rig);
      await slipThrough(rig, await readyToSettle(rig, 'B'));
      await night();
      const end = await reconcileDay(rig, date);
      if (end.state !== 'closed') throw new Error(`not closed: ${JSON.stringify(end)}`);
      return { workflowId: `reconcile/${HOSPITAL}/${date}` };
    },
  },
  {
    name: 'reconcile-nightly',
    rig: OWN_CLOCK,
    play: async (rig) => {
      const { night } = await begin(rig);
      const stay = await readyToSettle(rig, 'B');
      await stay.settle();
      await night();
      return execute(rig, 'reconcileNightly', `reconcile-nightly/${HOSPITAL}`);
    },
  },
  {
    name: 'reconcile-watch',
    rig: OWN_CLOCK,
    play: (rig) => execute(rig, 'watchReconciliations', `reconcile-watch/${HOSPITAL}`),
  },
];

async function begin(rig: Rig): Promise<{ date: string; night: () => Promise<void> }> {
  const calendar = openCalendar(() => rig);
  const date = await calendar.begin();
  return { date, night: () => calendar.night(date) };
}

async function execute(rig: Rig, type: string, workflowId: string): Promise<{ workflowId: string }> {
  const args = [{ institution: HOSPITAL }] as never;
  await rig.client.workflow.execute<() => Promise<unknown>>(type, { workflowId, taskQueue: 'reconcile', args });
  return { workflowId };
}
