import { Context } from '@temporalio/activity';
import type { OfficeCaseSteps } from '../../domain/office-case/steps';
import { catchUp, refuseSignal, remind } from './happenings';
import type { OfficeDeps } from './context';
import { judge } from './judge';
import { giveUp, operate, undo } from './operate';

const HEARTBEAT_MS = 1_000;

const STEPS = { catchUp, judge, refuseSignal, remind, operate, giveUp, undo };

/** The activities of office cases (办件) for a worker. On the sure path a step heartbeats, so that another worker takes over soon after a kill. */
export function createOfficeActivities(deps: OfficeDeps): OfficeCaseSteps {
  const activities = Object.entries(STEPS).map(([name, step]) => [
    name,
    async (input: never) => {
      const context = Context.current();
      const beat = context.info.isLocal ? undefined : setInterval(() => context.heartbeat(), HEARTBEAT_MS);
      try {
        return await step(deps, input);
      } finally {
        clearInterval(beat);
      }
    },
  ]);
  return Object.fromEntries(activities) as unknown as OfficeCaseSteps;
}
