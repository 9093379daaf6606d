import { In, Not, type EntityManager } from 'typeorm';
import type { ReconcileInput } from '../../domain/reconciliation/steps';
import { AbnormalItem } from '../../store/entities';
import { raiseItem } from '../abnormal/items';
import { workflowIdOf, type ReconcileDeps } from './context';

/** What a day's reconciliation may leave to a person. */
export type AbnormalCode = 'RECONCILIATION_DIFFERS' | 'RECONCILIATION_DIFFERENCE' | 'RECONCILIATION_FAILED' | 'RECONCILIATION_MISSING';

/** Raises an abnormal item (异常事项) of a day once; raised again it is open again. */
export function raise(
  manager: EntityManager,
  deps: ReconcileDeps,
  day: ReconcileInput,
  item: { readonly code: AbnormalCode; readonly subject: string; readonly title: string },
): Promise<void> {
  return raiseItem(manager, { ...item, workflowId: workflowIdOf(day), institution: day.institution, process: 'reconcile', at: deps.now() });
}

/** Closes the open items of a day with these codes, but not those about `except`. */
export async function close(
  manager: EntityManager,
  deps: ReconcileDeps,
  day: ReconcileInput,
  codes: readonly AbnormalCode[],
  resolution: string,
  except: readonly string[] = [],
): Promise<void> {
  await manager.update(
    AbnormalItem,
    { workflowId: workflowIdOf(day), code: In([...codes]), state: 'open', ...(except.length > 0 ? { subject: Not(In([...except])) } : {}) },
    { state: 'closed', closedAt: deps.now(), resolution },
  );
}
