import { condition, workflowInfo } from '@temporalio/workflow';

/**
 * Events after which a run rolls over at the next quiet moment. A worker that takes a run over replays all of its events
 * within one workflow task of 5 s, and 2,400 events took a busy machine of two cores 5.7 s: runs stay far below that.
 */
const ROLL_WHEN_QUIET = 500;
/** Events after which it rolls over between two commands, however busy. */
const ROLL_ANYWAY = 1_000;

/**
 * How long nobody may have asked for anything before a run rolls over, ms. A command that arrives in the very moment
 * makes the server refuse the roll, and the run is replayed.
 */
const QUIET_MS = 10_000;

export function shouldRollWhenQuiet(): boolean {
  return workflowInfo().historyLength >= ROLL_WHEN_QUIET;
}

export function shouldRoll(): boolean {
  const info = workflowInfo();
  return info.continueAsNewSuggested || info.historyLength >= ROLL_ANYWAY;
}

/** Waits for a change until a moment (epoch ms), until it has been quiet for long enough to roll over, or without end; false when the moment came first. */
export async function waitUntil(changed: () => boolean, moment: number | 'quiet' | null): Promise<boolean> {
  if (moment === 'quiet') return condition(changed, QUIET_MS);
  if (moment !== null) return condition(changed, Math.max(1, moment - Date.now()));
  await condition(changed);
  return true;
}
