import { randomUUID } from 'node:crypto';
import {
  isGrpcServiceError, type Client, WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError } from '@temporalio/common';
import type { CommandEnvelope, CommandResult, Refusal } from '../domain/commands';
import { isOutcomeCode } from '../domain/outcomes';
import { refusal } from '../domain/refusal';
import type { Logger } from '../runtime/logger';
import { HandlerTimeouts } from '../runtime/temporal';
import { isTemporalOutage } from './service-failure';

/** How a process is started by its first command (update-with-start). */
export interface ProcessStart {
  readonly type: string;
  readonly taskQueue: string;
  /** What the Temporal UI shows of the process at a glance, Chinese, without personal data. */
  readonly summary: string;
  readonly input: unknown;
}

/** A command as it waits for delivery: what the workflow is told, and the start where the command opens the process. */
export interface Parcel {
  readonly commandId: string;
  readonly process: string;
  readonly workflowId: string;
  readonly name: string;
  readonly payload: object;
  readonly operator: CommandEnvelope['operator'];
  readonly start: ProcessStart | null;
}

/** Longest time that one delivery waits for the workflow; later the sweeper asks again under the same update id, ms. */
const DELIVERY_MS = 65_000;
/** Time to look whether a parcel was already taken by a run that may be closed, ms. */
const LOOK_MS = 3_000;

/** Not delivered, or delivered without an answer yet: the same parcel may be sent again. */
export class NotAnswered extends Error {
  override readonly name: string = 'NotAnswered';
}

/**
 * Temporal takes no such call: an argument it does not allow, a right that is missing. Sending it again helps only once
 * somebody has repaired what is wrong.
 */
export class DeliveryRefused extends NotAnswered {
  override readonly name = 'DeliveryRefused';
}

/**
 * Gives a command to its workflow and waits for the result. Delivering the same parcel again returns the first result,
 * because the update id is the command's id and the workflow remembers its commands.
 * @param again true when the parcel may have been delivered before.
 * @param signal ends the wait; the parcel may have been delivered then.
 * @throws NotAnswered when nothing is known yet, DeliveryRefused where Temporal takes no such call.
 */
export async function deliver(client: Client, parcel: Parcel, again: boolean, signal: AbortSignal, logger: Logger): Promise<CommandResult> {
  try {
    if (again && parcel.start) {
      const earlier = await resultOfEarlierDelivery(client, parcel);
      if (earlier) return earlier;
    }
    return await client.withAbortSignal(signal, () => client.withDeadline(Date.now() + DELIVERY_MS, () => send(client, parcel)));
  } catch (error) {
    return resultOfFailure(error, parcel, logger);
  }
}

function send(client: Client, parcel: Parcel): Promise<CommandResult> {
  const envelope: CommandEnvelope = { commandId: parcel.commandId, payload: parcel.payload, operator: parcel.operator };
  const update = { args: [envelope] as [CommandEnvelope], updateId: parcel.commandId };
  if (!parcel.start) {
    return client.workflow.getHandle(parcel.workflowId).executeUpdate<CommandResult, [CommandEnvelope]>(parcel.name, update);
  }
  const startWorkflowOperation = new WithStartWorkflowOperation(parcel.start.type, {
    workflowId: parcel.workflowId,
    taskQueue: parcel.start.taskQueue,
    args: [parcel.start.input],
    staticSummary: parcel.start.summary,
    workflowTaskTimeout: HandlerTimeouts.workflowTask,
    workflowIdConflictPolicy: 'USE_EXISTING',
    // Uniqueness of a stay comes from the database; a cancelled one may be opened again under the same id.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  });
  return client.workflow.executeUpdateWithStart<() => Promise<unknown>, CommandResult, [CommandEnvelope]>(parcel.name, { ...update, startWorkflowOperation });
}

/** The answer of the latest run to this very update, open or closed; null when it never got it. */
async function resultOfEarlierDelivery(client: Client, parcel: Parcel): Promise<CommandResult | null> {
  try {
    const handle = client.workflow.getHandle(parcel.workflowId).getUpdateHandle<CommandResult>(parcel.commandId);
    return await client.withDeadline(Date.now() + LOOK_MS, () => handle.result());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError || isTemporalOutage(error)) return null;
    throw error;
  }
}

function resultOfFailure(error: unknown, parcel: Parcel, logger: Logger): CommandResult {
  if (error instanceof WorkflowUpdateFailedError) return resultOfRejection(error, parcel, logger);
  if (error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError) {
    return refused(parcel.process === 'office-case' ? refusal('CASE_ENDED') : { code: 'ADMISSION_ENDED', message: '该次住院已办结，不能再办理业务。' });
  }
  if (isTemporalOutage(error)) throw new NotAnswered('no answer from Temporal', { cause: error });
  if (isGrpcServiceError(error) || !(error instanceof Error) || isServiceError(error)) {
    logger.error({ err: error, commandId: parcel.commandId }, 'Temporal refused a command');
    throw new DeliveryRefused('Temporal refused the call', { cause: error });
  }
  return failed(error, parcel, logger);
}

function isServiceError(error: Error): boolean {
  return error.name === 'ServiceError' || error instanceof NamespaceNotFoundError;
}

/** A validator's refusal carries the code as the failure's type; anything else is a fault of ours. */
function resultOfRejection(error: WorkflowUpdateFailedError, parcel: Parcel, logger: Logger): CommandResult {
  const { cause } = error;
  if (cause instanceof ApplicationFailure) {
    if (cause.type === 'AcceptedUpdateCompletedWorkflow') throw new NotAnswered('the run ended while it had the command', { cause: error });
    if (cause.type && isOutcomeCode(cause.type)) return refused({ ...detailsOf(cause), code: cause.type, message: cause.message });
  }
  return failed(error, parcel, logger);
}

function detailsOf(failure: ApplicationFailure): Partial<Refusal> {
  const [details] = failure.details ?? [];
  return typeof details === 'object' && details !== null ? (details as Partial<Refusal>) : {};
}

function failed(error: Error, parcel: Parcel, logger: Logger): CommandResult {
  const incident = randomUUID();
  logger.error({ err: error, commandId: parcel.commandId, name: parcel.name, incident }, 'a command failed');
  return refused({ code: 'COMMAND_FAILED', message: `业务办理失败，事件编号 ${incident}。` });
}

function refused(refusal: Refusal): CommandResult {
  return { status: 'refused', refusal };
}
