import { Context } from '@temporalio/activity';
import type { EntityManager } from 'typeorm';
import type { CommandResult, Refusal } from '../../domain/commands';
import { workOf } from '../../domain/office-case/state';
import type { CaseStepOutcome, OperationStep } from '../../domain/office-case/steps';
import type { CaseEvent } from '../../domain/office-case/types';
import { isRefusal, refusal } from '../../domain/refusal';
import { CaseOperation } from '../../store/entities';
import { closeItem, raiseItem, type ItemKey } from '../abnormal/items';
import { lockCase, readCase, type LockedCase, type OfficeDeps } from './context';
import { contextOf, operationFor } from './operation-context';
import { operationOf, stepName } from '../../domain/office-case/definition';
import { outcomeOf, record } from './record';

const DONE: CommandResult = { status: 'done', result: {} };

type Kind = 'operate' | 'undo';

/** Attempts of an undo after which a person is told: some minutes. */
const TELL_AT_ATTEMPT = 10;

/** Thrown inside a transaction that must not stand, since the operation refused. */
class RefusedByOperation extends Error {
  override readonly name = 'RefusedByOperation';

  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/**
 * Performs an automatic step or the effect. What `apply` writes, its receipt and the act stand or fall together; `run` does
 * long work in transactions of its own and is asked again until it ends. A refusal undoes what was written and is recorded.
 */
export async function operate(deps: OfficeDeps, input: OperationStep): Promise<CaseStepOutcome> {
  const locked = await deps.store.read((manager) => readCase(manager, input.caseId));
  const operation = operationFor(deps.operations, locked, input.step);
  try {
    const ran = operation.run && isDue(locked, input, 'operate') ? await runLong(deps, input, locked) : null;
    return await inTurn(deps, input, 'operate', async (manager, now) => {
      const context = contextOf(now, input.step, deps.now());
      const result = ran ?? orThrow(await applyOnce(manager, deps, now, input, context));
      await insertReceipt(manager, now, input, result, context.now);
      return { type: 'operated', step: input.step, result, at: context.now };
    });
  } catch (error) {
    if (!(error instanceof RefusedByOperation)) throw error;
    return fail(deps, input, error.refusal);
  }
}

async function runLong(deps: OfficeDeps, { step }: OperationStep, locked: LockedCase): Promise<object> {
  const operation = operationFor(deps.operations, locked, step);
  const context = contextOf(locked, step, deps.now());
  const refused = await deps.store.read(async (manager) => (await operation.check?.(manager, context)) ?? null);
  if (refused) throw new RefusedByOperation(refused);
  const heartbeat = (progress: { done: number; total: number }): void => Context.current().heartbeat(progress);
  return orThrow((await operation.run?.({ store: deps.store, now: deps.now }, context, heartbeat)) ?? { result: {} });
}

async function applyOnce(manager: EntityManager, deps: OfficeDeps, locked: LockedCase, { step }: OperationStep, context: ReturnType<typeof contextOf>): Promise<{ result: object } | Refusal> {
  const operation = operationFor(deps.operations, locked, step);
  const refused = await operation.check?.(manager, context);
  return refused ?? (await operation.apply?.(manager, context)) ?? { result: {} };
}

function orThrow(outcome: { result: object } | Refusal): object {
  if (isRefusal(outcome)) throw new RefusedByOperation(outcome);
  return outcome.result;
}

/** Records that an operation could not be carried out although it was tried again and again. */
export function giveUp(deps: OfficeDeps, input: OperationStep): Promise<CaseStepOutcome> {
  return fail(deps, input, refusal('OPERATION_FAILED'));
}

/** A long operation may have written part of its work, so it is among what has to be undone. */
function fail(deps: OfficeDeps, input: OperationStep, reason: Refusal): Promise<CaseStepOutcome> {
  return inTurn(deps, input, 'operate', async (_manager, { definition }) => {
    const undoItself = deps.operations[operationOf(definition, input.step) ?? '']?.run !== undefined;
    return { type: 'operationFailed', step: input.step, refusal: reason, undoItself, at: deps.now() };
  });
}

/** Undoes what an operation did, once. Undoing does not give up; after some attempts a person is told. */
export async function undo(deps: OfficeDeps, input: OperationStep): Promise<CaseStepOutcome> {
  try {
    return await undoNow(deps, input);
  } catch (error) {
    if (Context.current().info.attempt === TELL_AT_ATTEMPT) await tellUndoWaits(deps, input);
    throw error;
  }
}

async function tellUndoWaits(deps: OfficeDeps, input: OperationStep): Promise<void> {
  await deps.store.write(async (manager) => {
    const { row, definition } = await lockCase(manager, input.caseId);
    const title = `${definition.zh} ${row.caseNo}：${stepName(definition, input.step)}的回退未能完成，系统将持续重试`;
    await raiseItem(manager, { ...itemOf(input), institution: row.division, process: 'officeCase', title, at: deps.now() });
  });
}

function itemOf({ caseId, step, round }: OperationStep): ItemKey {
  return { workflowId: caseId, code: 'UNDO_WAITS', subject: `${step}/${round}` };
}

function undoNow(deps: OfficeDeps, input: OperationStep): Promise<CaseStepOutcome> {
  return inTurn(deps, input, 'undo', async (manager, locked) => {
    const at = deps.now();
    await operationFor(deps.operations, locked, input.step).compensate?.(manager, contextOf(locked, input.step, at));
    const key = { caseId: input.caseId, step: input.step, round: input.round };
    await manager.update(CaseOperation, key, { state: 'undone', undoneAt: at });
    await closeItem(manager, itemOf(input), '已回退', at);
    return { type: 'undone', step: input.step, round: input.round, at };
  });
}

/** Work under the lock of the case, if the case still waits for it; an earlier attempt may have done it. */
function inTurn(deps: OfficeDeps, input: OperationStep, kind: Kind, work: (manager: EntityManager, locked: LockedCase) => Promise<CaseEvent>): Promise<CaseStepOutcome> {
  return deps.store.write(async (manager) => {
    const locked = await lockCase(manager, input.caseId);
    if (isDue(locked, input, kind)) {
      const event = await work(manager, locked);
      await record(manager, locked, { commandId: `${event.type}/${input.step}/${input.round}`, event, result: DONE });
    }
    return outcomeOf(manager, input, DONE);
  });
}

function isDue({ definition, state }: LockedCase, { step, round }: OperationStep, kind: Kind): boolean {
  const work = workOf(definition, state);
  return work?.kind === kind && work.step === step && work.round === round;
}

async function insertReceipt(manager: EntityManager, { definition }: LockedCase, { caseId, step, round }: OperationStep, result: object, at: number): Promise<void> {
  const operation = operationOf(definition, step) ?? '';
  await manager.insert(CaseOperation, { caseId, step, round, operation, state: 'applied', result, at, undoneAt: null });
}
