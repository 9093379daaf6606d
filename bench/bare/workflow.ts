import { condition, defineSignal, defineUpdate, proxyLocalActivities, setHandler } from '@temporalio/workflow';

import type { PlainStay } from '../direct';

/** The plainest workflow that does the same work: one update, one local activity that makes the calls and the commits. */
export interface BareActivities {
  settle(stay: PlainStay): Promise<void>;
}

const { settle } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '30s', retry: { maximumAttempts: 1 } });

export async function bare(stay: PlainStay): Promise<void> {
  let ended = false;
  setHandler(defineUpdate<void, []>('settle'), () => settle(stay));
  setHandler(defineSignal('end'), () => {
    ended = true;
  });
  await condition(() => ended);
}
