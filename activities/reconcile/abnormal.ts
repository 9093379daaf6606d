import { In, Not, type EntityManager } from 'typeorm';
import type { ReconcileInput } from '../../domain/reconciliation/steps';
import { AbnormalItem } from '../../store/entities';
import { workflowIdOf, type ReconcileDeps } from './context';

/** What a day's reconciliation may leave to a person. */
export type AbnormalCode = 'RECONCILIATION_DIFFERS' | 'RECONCILIATION_DIFFERENCE' | 'RECONCILIATION_FAILED' | 'RECONCILIATION_MISSING';

/** Raises an abnormal item (异常事项) of a day once; raised again it is open again. */
export async function raise(
  manager: EntityManager,
  deps: ReconcileDeps,
  day: ReconcileInput,
  item: { readonly code: AbnormalCode; readonly subject: string; readonly title: string },
): Promise<void> {
  const key = { workflowId: workflowIdOf(day), code: item.code, subject: item.subject };
  const content = { title: item.title.slice(0, 200), state: 'open' as const, closedAt: null, resolution: null };
  const before = await manager.findOneBy(AbnormalItem, key);
  if (before) await manager.update(AbnormalItem, { id: before.id }, content);
  else {
    const opened = { institution: day.institution, process: 'reconcile', openedAt: deps.now(), detail: null };
    await manager.insert(AbnormalItem, { ...key, ...content, ...opened });
  }
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
