import type { CommandResult, Refusal } from '../commands';
import type { ActCommand, CaseEvent } from './types';

/** What every step of an office case is told: whose row it is, and how far the workflow has come. */
export interface CaseStepInput {
  readonly caseId: string;
  /** Version of the workflow's state. */
  readonly version: number;
}

/**
 * How a step ended. `events` are all that were committed after the version that the step was given, its own and any that
 * the workflow never learned of; `seq` is the version after each, so that none is applied twice.
 */
export interface CaseStepOutcome {
  readonly result: CommandResult;
  readonly events: readonly { readonly seq: number; readonly event: CaseEvent }[];
}

export interface OperationStep extends CaseStepInput {
  /** Key of the automatic step, or `effect`. */
  readonly step: string;
  readonly round: number;
}

export interface RefusedSignalStep extends CaseStepInput {
  readonly commandId: string;
  /** Of the latest of them. */
  readonly refusal: Refusal;
  /** How many came since the last step of this kind. */
  readonly count: number;
}

/** The steps of an office case: one activity each. The workflow imports this type and nothing else of the activities. */
export interface OfficeCaseSteps {
  /** Brings a run up to date with what was committed. */
  catchUp(input: CaseStepInput): Promise<CaseStepOutcome>;
  /** Judges an act under the lock of the case, and records it, done or refused. */
  judge(input: CaseStepInput & { readonly command: ActCommand }): Promise<CaseStepOutcome>;
  /** Records signals that are no acts at all. */
  refuseSignal(input: RefusedSignalStep): Promise<CaseStepOutcome>;
  /** Reminders and the escalation that are due at a moment. */
  remind(input: CaseStepInput & { readonly at: number }): Promise<CaseStepOutcome>;
  /** Performs an automatic step or the effect, once. */
  operate(input: OperationStep): Promise<CaseStepOutcome>;
  /** Records that an operation could not be carried out although it was tried again and again. */
  giveUp(input: OperationStep): Promise<CaseStepOutcome>;
  /** Undoes what an operation did. */
  undo(input: OperationStep): Promise<CaseStepOutcome>;
}
