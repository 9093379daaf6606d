import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { CommandEnvelope, CommandResult } from '../../domain/commands';
import { isOutcomeCode, type OutcomeCode } from '../../domain/outcomes';
import type { ReconcileDeps } from './context';

/** Longest wait for a stay to carry out a command, milliseconds: it ends what it has in hand first. */
const WAIT_MS = 5 * 60_000;

/**
 * Gives commands to stays as Updates. What a validator refuses, and a stay whose workflow has ended, come back as a
 * refusal; it throws only when nothing is known yet.
 */
export function stayCommands(client: Client): ReconcileDeps['command'] {
  return async (workflowId, name, envelope) => {
    const handle = client.workflow.getHandle(workflowId);
    try {
      return await client.withDeadline(Date.now() + WAIT_MS, () =>
        handle.executeUpdate<CommandResult, [CommandEnvelope]>(name, { args: [envelope], updateId: envelope.commandId }),
      );
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return refused('ADMISSION_ENDED', '该次住院的流程已结束。');
      const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
      if (cause instanceof ApplicationFailure && cause.type && isOutcomeCode(cause.type)) return refused(cause.type, cause.message);
      throw error;
    }
  };
}

function refused(code: OutcomeCode, message: string): CommandResult {
  return { status: 'refused', refusal: { code, message } };
}
