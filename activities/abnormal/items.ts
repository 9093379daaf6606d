import type { EntityManager } from 'typeorm';
import { AbnormalItem } from '../../store/entities';

/** What tells an abnormal item (异常事项) from all others; raising the same one twice is one row. */
export type ItemKey = Pick<AbnormalItem, 'workflowId' | 'code' | 'subject'>;

export interface RaisedItem extends ItemKey {
  readonly institution: string;
  readonly process: string;
  /** One Chinese sentence, without personal data; what does not fit the column is cut off. */
  readonly title: string;
  /** Epoch ms. */
  readonly at: number;
}

const LONGEST_TITLE = 200;

/** Raises an abnormal item once, in the transaction of what it is about; one that was closed is open again. */
export async function raiseItem(manager: EntityManager, { workflowId, code, subject, institution, process, title, at }: RaisedItem): Promise<void> {
  const key: ItemKey = { workflowId, code, subject };
  const open = { title: title.slice(0, LONGEST_TITLE), state: 'open' as const, closedAt: null, resolution: null };
  const existing = await manager.findOneBy(AbnormalItem, key);
  if (existing) await manager.update(AbnormalItem, { id: existing.id }, open);
  else await manager.insert(AbnormalItem, { ...key, ...open, institution, process, openedAt: at, detail: null });
}

/** Closes an item where it is open. `at` in epoch ms. */
export async function closeItem(manager: EntityManager, { workflowId, code, subject }: ItemKey, resolution: string, at: number): Promise<void> {
  await manager.update(AbnormalItem, { workflowId, code, subject, state: 'open' }, { state: 'closed', closedAt: at, resolution });
}
