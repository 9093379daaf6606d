import type { EntityManager } from 'typeorm';
import type { CaseDefinition } from '../../domain/office-case/definition';
import type { OpenedCase } from '../../domain/office-case/types';
import type { OfficeCase } from '../../store/entities';
import { pinnedDefinition } from './context';

export const OFFICE_QUEUE = 'office';
export const OFFICE_WORKFLOW = 'officeCase';

/** What a case's workflow is started with: the case as it was opened and the definition that it keeps. */
export interface OfficeCaseInput {
  readonly opened: OpenedCase;
  readonly definition: CaseDefinition;
}

/**
 * How to start the workflow of a case, for an update with start: the run catches up with what was committed, so starting it
 * again after it ended is harmless.
 */
export async function startOf(manager: EntityManager, row: OfficeCase): Promise<{ workflowId: string; taskQueue: string; args: [OfficeCaseInput] }> {
  const definition = await pinnedDefinition(manager, row);
  return { workflowId: row.id, taskQueue: OFFICE_QUEUE, args: [{ opened: row.opened as OpenedCase, definition }] };
}
