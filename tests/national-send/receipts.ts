import type { EntityManager } from 'typeorm';
import { TimelineEvent } from '../../store/entities/TimelineEvent';
import type { Store } from '../../store/open-store';
import { insertOnce } from '../../store/rows';

/** A business row of the test: one per msgid, by its unique key (admission, seq). */
export async function noteReceipt(outcome: { readonly msgid: string; readonly kind: string }, manager: EntityManager): Promise<void> {
  await insertOnce(manager, TimelineEvent, {
    admissionId: outcome.msgid,
    seq: 1,
    at: 1,
    commandId: outcome.msgid,
    kind: outcome.kind,
    text: '测试收据',
  });
}

export function countReceipts(store: Store): Promise<number> {
  return store.read((manager) => manager.count(TimelineEvent));
}
