import type { EntityManager } from 'typeorm';
import { openState } from '../../domain/office-case/state';
import type { CaseDefinition } from '../../domain/office-case/definition';
import type { CaseState, OpenedCase } from '../../domain/office-case/types';
import type { Decision, DecisionProblem } from '../../runtime/decisions';
import { CaseDefinitionVersion, OfficeCase } from '../../store/entities';
import type { Store } from '../../store/open-store';
import { lockRow } from '../../store/rows';
import type { RegisterOperations } from './operations';

/** What the steps of office cases need from the process they run in. */
export interface OfficeDeps {
  readonly store: Store;
  /** Epoch ms. */
  readonly now: () => number;
  /** Checks signature, shape and life of a signed decision at a moment. */
  readonly verifyDecision: (text: string, now: number) => Promise<Decision | DecisionProblem>;
  readonly operations: RegisterOperations;
}

/** A case under its lock: nobody else acts on it until the transaction ends. */
export interface LockedCase {
  readonly row: OfficeCase;
  readonly definition: CaseDefinition;
  readonly state: CaseState;
}

/** Locks a case and reads it. Throws Error when there is none. */
export async function lockCase(manager: EntityManager, caseId: string): Promise<LockedCase> {
  const row = await lockRow(manager, OfficeCase, { id: caseId });
  if (!row) throw new Error(`no office case ${caseId}`);
  return { row, definition: await pinnedDefinition(manager, row), state: row.state as CaseState };
}

/** Reads a case as it stands, without its lock. Throws Error when there is none. */
export async function readCase(manager: EntityManager, caseId: string): Promise<LockedCase> {
  const row = await manager.findOneBy(OfficeCase, { id: caseId });
  if (!row) throw new Error(`no office case ${caseId}`);
  return { row, definition: await pinnedDefinition(manager, row), state: row.state as CaseState };
}

/** The definition that a case was opened under, whatever the files say today. */
export async function pinnedDefinition(manager: EntityManager, row: Pick<OfficeCase, 'definition' | 'definitionVersion'>): Promise<CaseDefinition> {
  const { definition, definitionVersion: version } = row;
  const pinned = await manager.findOneByOrFail(CaseDefinitionVersion, { definition, version });
  return pinned.body as CaseDefinition;
}

/** The state from which the acts of a case begin. */
export function firstState(row: Pick<OfficeCase, 'opened'>): CaseState {
  return openState(row.opened as OpenedCase);
}
