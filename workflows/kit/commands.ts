import { allHandlersFinished, ApplicationFailure, CancellationScope, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import type { CommandEnvelope, CommandResult, Refusal } from '../../domain/commands';
import { openLine } from './turns';

/** How many answered commands a workflow remembers, across continue-as-new too. */
const REMEMBERED = 50;
/** Room that the columns of receipts leave for an id with the suffix of an undo step. */
const LONGEST_COMMAND_ID = 56;

export interface RememberedCommand {
  readonly commandId: string;
  readonly result: CommandResult;
}

export interface CommandDesk {
  /** Commands being carried out or waiting for their turn. */
  pending(): number;
  /** For continue-as-new: what the next run must still be able to answer. */
  remembered(): readonly RememberedCommand[];
  allFinished(): boolean;
}

/** Whether a run may end or roll over: no command is in hand, so none is cut and none is lost. */
export function isIdle(desk: CommandDesk): boolean {
  return desk.pending() === 0 && desk.allFinished();
}

export interface CommandDeskOptions<Name extends string> {
  readonly names: readonly Name[];
  readonly remembered: readonly RememberedCommand[];
  /** Commands that do not wait for the one in hand, because they decide how that one goes on. */
  readonly outOfTurn: readonly Name[];
  /** Whether the payload has the shape of its command; an update that fails here or below leaves no trace in the history. */
  readonly checkPayload: (name: Name, payload: Record<string, unknown>) => Refusal | null;
  /** Whether the command fits the process as it stands. */
  readonly check: (name: Name, envelope: CommandEnvelope<Record<string, unknown>>) => Refusal | null;
  readonly handle: (name: Name, envelope: CommandEnvelope<Record<string, unknown>>) => Promise<CommandResult>;
  /** A signal has no caller to tell; its refusal is recorded. */
  readonly recordRefusedSignal: (name: Name, refusal: Refusal) => Promise<void>;
}

/**
 * Registers each command as an Update and as a Signal of the same name. Commands run one at a time, in the order in
 * which they came; a command id that was answered is answered the same again.
 * Throws (to the caller of the update) ApplicationFailure with the refusal's code as its type when the check refuses.
 */
export function openCommandDesk<Name extends string>(options: CommandDeskOptions<Name>): CommandDesk {
  const answered = new Map(options.remembered.map((entry) => [entry.commandId, entry.result]));
  const inHand = new Map<string, Promise<CommandResult>>();
  const inTurn = openLine();

  async function carryOut(name: Name, envelope: CommandEnvelope<Record<string, unknown>>): Promise<CommandResult> {
    try {
      // What was begun is brought to a sure end; cancelling the workflow does not cut a transaction in half.
      const work = (): Promise<CommandResult> => CancellationScope.nonCancellable(() => options.handle(name, envelope));
      const result = await (options.outOfTurn.includes(name) ? work() : inTurn(work));
      remember(envelope.commandId, result);
      return result;
    } finally {
      inHand.delete(envelope.commandId);
    }
  }

  function remember(commandId: string, result: CommandResult): void {
    answered.set(commandId, result);
    for (const oldest of answered.keys()) {
      if (answered.size <= REMEMBERED) break;
      answered.delete(oldest);
    }
  }

  /** The same command again, by update or by signal, shares the first one's result. */
  async function take(name: Name, envelope: CommandEnvelope<Record<string, unknown>>): Promise<CommandResult> {
    const before = answered.get(envelope.commandId);
    if (before) return before;
    const known = inHand.get(envelope.commandId);
    if (known) return known;
    const work = carryOut(name, envelope);
    inHand.set(envelope.commandId, work);
    return work;
  }

  /** The step may still change while earlier commands are in hand, so it is checked here only when none is. */
  function refusalNow(name: Name, envelope: CommandEnvelope<Record<string, unknown>>): Refusal | null {
    const shape = checkEnvelope(envelope);
    if (shape) return shape;
    if (answered.has(envelope.commandId) || inHand.has(envelope.commandId)) return null;
    const malformed = options.checkPayload(name, envelope.payload);
    if (malformed) return malformed;
    return inHand.size > 0 && !options.outOfTurn.includes(name) ? null : options.check(name, envelope);
  }

  for (const name of options.names) {
    setHandler(
      defineUpdate<CommandResult, [CommandEnvelope<Record<string, unknown>>]>(name),
      (envelope) => take(name, envelope),
      {
        validator: (envelope) => {
          const refusal = refusalNow(name, envelope);
          if (refusal) throw ApplicationFailure.nonRetryable(refusal.message, refusal.code, refusal);
        },
      },
    );
    setHandler(defineSignal<[CommandEnvelope<Record<string, unknown>>]>(name), async (envelope) => {
      const refusal = refusalNow(name, envelope);
      const result: CommandResult = refusal ? { status: 'refused', refusal } : await take(name, envelope);
      if (result.status === 'refused') await options.recordRefusedSignal(name, result.refusal);
    });
  }

  return {
    pending: () => inHand.size,
    remembered: () => [...answered].map(([commandId, result]) => ({ commandId, result })),
    allFinished: allHandlersFinished,
  };
}

function checkEnvelope(envelope: CommandEnvelope<Record<string, unknown>> | undefined): Refusal | null {
  const fits =
    typeof envelope?.commandId === 'string' &&
    envelope.commandId.length > 0 &&
    envelope.commandId.length <= LONGEST_COMMAND_ID &&
    typeof envelope.payload === 'object' &&
    envelope.payload !== null &&
    typeof envelope.operator?.id === 'string' &&
    typeof envelope.operator.name === 'string' &&
    ['1', '2', '3'].includes(envelope.operator.type);
  return fits ? null : { code: 'COMMAND_MALFORMED', message: '指令格式不正确：须含 commandId、payload、operator。' };
}
