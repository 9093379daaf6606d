import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../domain/commands';
import { EFFECT, operationOf } from '../../domain/office-case/definition';
import { refusal } from '../../domain/refusal';
import type { LockedCase } from './context';
import type { OperationContext, RegisterOperation, RegisterOperations } from './operations';

/** The operation of a step. Throws Error when the registry has none of that name: a definition ahead of the program. */
export function operationFor(operations: RegisterOperations, { definition }: Pick<LockedCase, 'definition'>, step: string): RegisterOperation {
  const name = operationOf(definition, step);
  const operation = name === null ? undefined : operations[name];
  if (!operation) throw new Error(`no register operation ${name} for ${definition.key}/${step}`);
  return operation;
}

/** What an operation is told. `form` is that of the latest round. */
export function contextOf({ row, state }: LockedCase, step: string, now: number): OperationContext {
  return {
    caseId: row.id,
    caseNo: row.caseNo,
    definition: row.definition,
    division: row.division,
    period: row.period,
    form: row.form as Record<string, unknown>,
    step,
    actors: state.signatures.map(({ act, by, step: of, at }) => ({ act, userId: by.userId, personKey: by.personKey, step: of, at })),
    now,
  };
}

/** What the case's operations say against it, each asked once; null when nothing does. */
export async function checkOperations(manager: EntityManager, operations: RegisterOperations, locked: LockedCase, now: number): Promise<Refusal | null> {
  const { definition } = locked;
  const steps = [...definition.chain.map(({ key }) => key), EFFECT].filter((step) => operationOf(definition, step) !== null);
  for (const step of steps) {
    const operation = operations[operationOf(definition, step) ?? ''];
    if (!operation) return refusal('DEFINITION_UNKNOWN', `程序没有登记操作 ${operationOf(definition, step)}，不能办理。`);
    const refused = await operation.check?.(manager, contextOf(locked, step, now));
    if (refused) return refused;
  }
  return null;
}
