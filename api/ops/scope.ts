import type { EntityManager } from 'typeorm';
import { divisionTree } from '../../activities/people/divisions';
import { scopeOf } from '../../domain/people/divisions';
import type { Call } from '../route';

/** How far an operator sees: divisions of the right `ops.read`, and the institutions that lie in them. */
export interface OpsScope {
  readonly divisions: ReadonlySet<string>;
  readonly institutions: ReadonlySet<string>;
}

export async function opsScope(manager: EntityManager, { parts, user }: Pick<Call, 'parts' | 'user'>): Promise<OpsScope> {
  const divisions = new Set(scopeOf('ops.read', user.assignments, await divisionTree(manager, parts.people.now())));
  const institutions = parts.institutions.filter(({ admdvs }) => divisions.has(admdvs)).map(({ fixmedinsCode }) => fixmedinsCode);
  return { divisions, institutions: new Set(institutions) };
}

/** Whether a workflow belongs to a scope, by the institution or division in its id: `<process>/…/<where>/…`. */
export function ownsWorkflow({ divisions, institutions }: OpsScope, workflowId: string): boolean {
  return workflowId.split('/').some((part) => divisions.has(part) || institutions.has(part));
}

/** The institution or division in a workflow's id; empty where it names none of the scope. */
export function placeOfWorkflow({ divisions, institutions }: OpsScope, workflowId: string): string {
  return workflowId.split('/').find((part) => divisions.has(part) || institutions.has(part)) ?? '';
}
