import type { EntityManager } from 'typeorm';
import type { CommandResult } from '../../domain/commands';
import { dueEvents } from '../../domain/office-case/moments';
import type { CaseStepInput, CaseStepOutcome, RefusedSignalStep } from '../../domain/office-case/steps';
import type { CaseEvent } from '../../domain/office-case/types';
import { lockCase, type OfficeDeps } from './context';
import { outcomeOf, record, resultOf } from './record';
import { recordRefusal } from './refusals';

const DONE: CommandResult = { status: 'done', result: {} };

/** What was committed after the version of the workflow. */
export function catchUp(deps: OfficeDeps, input: CaseStepInput): Promise<CaseStepOutcome> {
  return deps.store.read((manager) => outcomeOf(manager, input, DONE));
}

/** 提醒, 视为确认 and 超期上报 that are due at a moment; each once a step and round. */
export function remind(deps: OfficeDeps, input: CaseStepInput & { readonly at: number }): Promise<CaseStepOutcome> {
  return deps.store.write(async (manager) => {
    let locked = await lockCase(manager, input.caseId);
    for (const event of dueEvents(locked.definition, locked.state, input.at)) {
      locked = await record(manager, locked, { commandId: commandIdOf(event), event, result: DONE });
    }
    return outcomeOf(manager, input, DONE);
  });
}

function commandIdOf(event: CaseEvent): string {
  if (event.type === 'reminded') return `reminded/${event.step}/${event.round}/${event.part}`;
  if (event.type === 'escalated' || event.type === 'tacit') return `${event.type}/${event.step}/${event.round}`;
  throw new Error(`no moment brings ${event.type}`);
}

/** Signals have no caller to tell, so that they were refused is recorded. */
export function refuseSignal(deps: OfficeDeps, input: RefusedSignalStep): Promise<CaseStepOutcome> {
  const { caseId, commandId, refusal, count } = input;
  return deps.store.write(async (manager: EntityManager) => {
    const locked = await lockCase(manager, caseId);
    if (!(await resultOf(manager, caseId, commandId))) {
      const event: CaseEvent = { type: 'refused', act: 'signal', step: locked.state.step ?? '', slot: null, userId: null, refusal, at: deps.now() };
      await recordRefusal(manager, locked, { commandId, event, result: { status: 'refused', refusal } }, count);
    }
    return outcomeOf(manager, input, DONE);
  });
}
