import type { EntityManager } from 'typeorm';
import type { StepInput, StepOutcome } from '../../domain/admission/steps';
import type { Infno } from '../../schemas/national/generated';
import type { CallOutcome } from '../national/types';
import { commitStep, receiptOf } from './commit';
import { asOutcome, asUnreachable, callOnce, callRepeating, workflowIdOf, type NationalCall, type RegisterDeps } from './context';

type Final = Extract<StepOutcome, { kind: 'done' | 'refused' }>;
type Settled<N extends Infno> = Extract<CallOutcome<N>, { kind: 'settled' }>;

export interface Booking<N extends Infno> extends NationalCall<N> {
  /** Harmless transactions are sent again when their answer is lost; others leave the question to the workflow. */
  readonly repeat: boolean;
  /** Sentence for the window when the platform refuses. */
  readonly refusalText: string;
}

/**
 * One national transaction whose answer ends the step: what `conclude` writes, the receipt, the events and the recorded
 * answer commit together. A step that ended before returns its receipt.
 */
export async function book<N extends Infno>(
  deps: RegisterDeps,
  input: StepInput,
  booking: Booking<N>,
  conclude: (answer: Settled<N>, manager: EntityManager) => Promise<Final>,
): Promise<StepOutcome> {
  const committed: Final[] = [];
  const send = booking.repeat ? callRepeating : callOnce;
  const outcome = await send(deps, input, workflowIdOf(input.state), {
    ...booking,
    onAnswer: async (answer: CallOutcome<N>, manager: EntityManager) => {
      if (answer.kind !== 'settled') return;
      // Answer and receipt commit together, so that only an answer that is read back can have its receipt already.
      const before = answer.replayed ? await receiptOf(manager, input, booking.step) : null;
      committed.push(before ?? (await commitStep(manager, deps, input, booking.step, await conclude(answer, manager))));
    },
  });
  const ended = committed.at(-1);
  if (ended) return ended;
  if (outcome.kind === 'settled') throw new Error(`a settled ${booking.infno} must commit its receipt`);
  const open = asOutcome(deps, input, outcome, booking.infno, booking.refusalText);
  return booking.repeat ? asUnreachable(open) : open;
}
