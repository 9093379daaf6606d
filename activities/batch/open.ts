import type { EntityManager } from 'typeorm';
import { formatDate, yearOf } from '../../domain/calendar';
import type { Refusal } from '../../domain/commands';
import { Batch, CaseCounter } from '../../store/entities';
import { takeSerial } from '../../store/serial';
import type { BatchKinds } from './kind';
import { kindOf } from './registry';

export interface NewBatch {
  readonly kind: string;
  readonly division: string;
  /** yyyy-MM, where the run is of a month. */
  readonly period: string | null;
  /** Without personal data. */
  readonly parameters: object;
  readonly makerId: string;
}

/** Opens a batch as accepted in the transaction of `manager`, which is given up where it is refused; its workflow freezes and works it. */
export async function openBatch(manager: EntityManager, kinds: BatchKinds, order: NewBatch, at: number): Promise<Batch | Refusal> {
  const { kind, division, period, parameters, makerId } = order;
  const { zh, check } = kindOf(kinds, kind);
  const year = yearOf(formatDate(at));
  // The counter is locked first, so that of two batches that exclude each other the second sees the first.
  const serial = await takeSerial(manager, CaseCounter, { division, definition: kind, year }, 'serial');
  const refused = await check?.(manager, order, at);
  if (refused) return refused;
  const batch: Batch = {
    id: `${kind}-${division}-${year}-${String(serial).padStart(4, '0')}`,
    kind, division, period, parameters, makerId,
    title: [zh, division, period].filter(Boolean).join(' '),
    state: 'accepted', hold: null, frozen: null,
    chunks: 0, total: 0, done: 0, rejected: 0, phaseDone: 0,
    confirmCaseNo: null, undoCaseNo: null, reason: null,
    createdAt: at, phaseStartedAt: null, finishedAt: null,
  };
  await manager.insert(Batch, batch);
  return batch;
}
