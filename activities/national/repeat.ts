import type { Infno } from '../../schemas/national/generated';
import type { CallOutcome } from './types';

/** Times that a harmless call is sent anew, each time under a new msgid. */
const SENDS_AT_MOST = 3;

/**
 * A read, a calculation or another harmless transaction: an unknown outcome is answered by sending it again (rule
 * `repeat` of the compensation matrix). `attempt` numbers the attempts of the caller, so that a later one starts anew.
 */
export async function repeatUnknown<N extends Infno>(
  attempt: number,
  send: (ordinal: number) => Promise<CallOutcome<N>>,
): Promise<CallOutcome<N>> {
  const first = attempt * SENDS_AT_MOST;
  let outcome = await send(first);
  for (let repeat = 1; repeat < SENDS_AT_MOST && outcome.kind === 'unknown'; repeat += 1) outcome = await send(first + repeat);
  return outcome;
}
