import type { EntityManager } from 'typeorm';
import { formatDate } from '../../domain/calendar';
import { readChange } from '../../domain/people/changes';
import { isRefusal } from '../../domain/refusal';
import { AuditEvent } from '../../store/entities';
import type { OperationContext, RegisterOperation, RegisterOperations } from '../office-case/operations';
import { recordAudit } from './audit';
import { applyChange, type ChangeBefore, undoChange } from './change-apply';
import { holdSubjects, refuseChange } from './change-check';

const ORIGIN = 'office-case';

/** The effect of the case `people-change` (人员变更): the only way in which rights change after the first start. */
const change: RegisterOperation = {
  check: async (manager, context) => {
    const read = readChange(context.form, formatDate(context.now));
    return isRefusal(read) ? read : refuseChange(manager, read, context);
  },
  apply: async (manager, context) => {
    const read = readChange(context.form, formatDate(context.now));
    if (isRefusal(read)) return read;
    await holdSubjects(manager, read);
    const problem = await refuseChange(manager, read, context);
    if (problem) return problem;
    const { result, before } = await applyChange(manager, read, context);
    await recordAudit(manager, {
      event: 'people.changed',
      at: context.now,
      userId: context.actors.at(-1)?.userId ?? null,
      subject: context.caseId,
      division: context.division,
      origin: ORIGIN,
      detail: { change: read.kind, ...result, by: context.actors.map(({ userId, act }) => ({ userId, act })), before },
    });
    return { result };
  },
  compensate: async (manager, context) => {
    const made = await lastOf(manager, context);
    if (made?.event !== 'people.changed') return;
    const read = readChange(context.form, formatDate(made.at));
    if (isRefusal(read)) return;
    await undoChange(manager, read, (made.detail as { before: ChangeBefore }).before, context);
    await recordAudit(manager, {
      event: 'people.undone', at: context.now, userId: null, subject: context.caseId, division: context.division, origin: ORIGIN, detail: { change: read.kind },
    });
  },
};

/** What the case did to people last. */
async function lastOf(manager: EntityManager, { caseId }: OperationContext): Promise<AuditEvent | null> {
  const [last] = await manager.find(AuditEvent, { where: { subject: caseId }, order: { id: 'DESC' }, take: 1 });
  return last ?? null;
}

export const operations: RegisterOperations = { 'people.change': change };
