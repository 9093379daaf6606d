import type { Infno } from '../../schemas/national/generated';
import type { CallOutcome } from './types';

/** Times that a harmless call is sent within one attempt of its caller, each time under a new msgid. */
const SENDS_AT_MOST = 3;
/** Room for the sends of all attempts of a step under one ordinal of its caller. */
const SENDS_IN_ALL = 100;

/**
 * A read, a calculation or another harmless transaction: an unknown outcome is answered by sending it again (rule
 * `repeat` of the compensation matrix). What an earlier attempt of the same step sent in vain is passed over, so that
 * each attempt asks the platform anew. `ordinal` numbers the calls of the caller.
 */
export async function repeatUnknown<N extends Infno>(
  ordinal: number,
  send: (ordinal: number) => Promise<CallOutcome<N>>,
): Promise<CallOutcome<N>> {
  let sends = 0;
  for (let number = 0; ; number += 1) {
    const outcome = await send(ordinal * SENDS_IN_ALL + number);
    if (outcome.kind !== 'unknown') return outcome;
    if (!outcome.replayed) sends += 1;
    if (sends === SENDS_AT_MOST || number + 1 === SENDS_IN_ALL) return outcome;
  }
}
