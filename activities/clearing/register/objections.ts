import { In, MoreThan, type EntityManager } from 'typeorm';
import { addMonths, periodOf, type Period } from '../../../domain/clearing/period';
import type { ClearingLine } from '../../../domain/clearing/lines';
import type { Refusal } from '../../../domain/commands';
import { add, ZERO } from '../../../domain/money';
import { refusal } from '../../../domain/refusal';
import {
  CaseAct, XrClearingBatch, XrClearingConfirmation, XrClearingItem, XrClearingLine, XrClearingPair, XrSettlement, XrSettlementCorrection,
} from '../../../store/entities';
import type { CaseEvent } from '../../../domain/office-case/types';
import type { RegisterOperation } from '../../office-case/operations';
import { addSums } from '../generate/add-sums';
import { digestOf } from '../generate/digest';
import { totalsOf } from '../generate/generate';
import { sumUp } from '../generate/sums';
import { lockOffices } from '../office';
import { type Side, sideOf } from '../parties';
import { batchOfCase } from './batch-of';

/** Step of the definition in which the cities sign. */
export const CONFIRM_STEP = 'city-confirm';
const IDS_AT_ONCE = 500;

/**
 * After the cities have spoken (市（州）确认): records what each said, and moves the items that objecting cities named to the
 * next window, with the reason. A city that objects and names none sends the case back.
 */
export const settleObjections: RegisterOperation = {
  apply: async (manager, { caseId, now }) => {
    const batch = await batchOfCase(manager, caseId);
    if (!batch) return refusal('CLEARING_BATCH_NOT_FOUND');
    if (batch.status !== 'draft') return refusal('CLEARING_LOCKED');
    const spoken = await confirmationsOf(manager, caseId);
    const empty = await objectedWithoutItems(manager, batch.id, spoken);
    if (empty) return empty;
    await recordConfirmations(manager, batch.id, spoken, now);
    const moved = await moveObjected(manager, batch, spoken);
    return { result: { batchId: batch.id, confirmed: spoken.filter(({ objected, tacit }) => !objected && !tacit).length, tacit: spoken.filter(({ tacit }) => tacit).length, objected: spoken.filter(({ objected }) => objected).length, movedOut: moved } };
  },
  compensate: async (manager, { caseId }) => {
    const batch = await batchOfCase(manager, caseId);
    if (batch?.status !== 'draft') return;
    await moveBack(manager, batch);
    await manager.delete(XrClearingConfirmation, { batchId: batch.id });
  },
};

interface Spoken {
  readonly city: string;
  readonly side: Side;
  readonly objected: boolean;
  /** Nobody spoke to the end of the term, and the parameters let silence count. */
  readonly tacit: boolean;
  readonly byUser: string | null;
}

/** What each seat said last, or that it stayed silent where silence counts. */
async function confirmationsOf(manager: EntityManager, caseId: string): Promise<Spoken[]> {
  const acts = await manager.find(CaseAct, { where: { caseId, step: CONFIRM_STEP, kind: In(['approve', 'object', 'tacit']) }, order: { seq: 'ASC' } });
  const latest = new Map<string, Spoken>();
  for (const { slot, kind, userId, event } of acts) {
    const silent = event as CaseEvent;
    for (const of of silent.type === 'tacit' ? silent.slots : [slot ?? '']) {
      const seat = sideOf(of);
      if (seat) latest.set(of, { ...seat, objected: kind === 'object', tacit: kind === 'tacit', byUser: userId });
    }
  }
  return [...latest.values()];
}

async function objectedWithoutItems(manager: EntityManager, batchId: string, spoken: readonly Spoken[]): Promise<Refusal | null> {
  for (const { city, side, objected } of spoken) {
    if (objected && (await manager.countBy(XrClearingItem, { batchId, city, side, state: 'objected' })) === 0) {
      return refusal('CLEARING_OBJECTION_EMPTY', `${city} 提出异议但未指明结算，请其指明，或退回初审处理。`);
    }
  }
  return null;
}

async function recordConfirmations(manager: EntityManager, batchId: string, spoken: readonly Spoken[], at: number): Promise<void> {
  const lines = await manager.findBy(XrClearingLine, { batchId });
  await manager.delete(XrClearingConfirmation, { batchId });
  for (const { city, side, objected, tacit, byUser } of spoken) {
    const own = lines.filter((line) => (side === 'payable' ? line.payingCity : line.receivingCity) === city);
    await manager.insert(XrClearingConfirmation, {
      batchId, city, side, state: objected ? 'objected' : tacit ? 'tacit' : 'confirmed', fen: sumOf(own), digest: digestOf(own), byUser, at,
    });
  }
}

function sumOf(lines: readonly ClearingLine[]) {
  return lines.reduce((sum, { fen }) => add(sum, fen), ZERO);
}

async function moveObjected(manager: EntityManager, batch: XrClearingBatch, spoken: readonly Spoken[]): Promise<number> {
  const window = periodOf(batch.period);
  const next = Math.max((await lockOffices(manager, [batch.office])).get(batch.office) ?? 0, addMonths(window, 1));
  let moved = 0;
  for (const { city, side, objected } of spoken) {
    const items = await manager.findBy(XrClearingItem, { batchId: batch.id, city, side, state: 'objected' });
    if (!objected) {
      await manager.update(XrClearingItem, { batchId: batch.id, city, side, state: 'objected' }, { state: 'kept' });
      continue;
    }
    for (let first = 0; first < items.length; first += IDS_AT_ONCE) {
      moved += await moveOut(manager, batch, items.slice(first, first + IDS_AT_ONCE), next);
    }
  }
  await refreshTotals(manager, batch.id, batch.movedOut + moved);
  return moved;
}

/** Takes items with their corrections out of the batch's sums and puts them into a later window. Returns how many rows moved. */
async function moveOut(manager: EntityManager, batch: XrClearingBatch, items: readonly XrClearingItem[], to: Period): Promise<number> {
  const window = periodOf(batch.period);
  const named = items.map(({ settlementId }) => settlementId);
  const corrections = await manager.findBy(XrSettlementCorrection, { originalId: In(named) });
  const ids = [...new Set([...named, ...corrections.map(({ correctionId }) => correctionId)])];
  const rows = (await manager.findBy(XrSettlement, { id: In(ids) })).filter((row) => row.enteredWindow === window && row.office === batch.office);
  if (rows.length === 0) return 0;
  await addSums(manager, batch.id, await sumUp(manager, { ids: rows.map(({ id }) => id) }), -1);
  for (const { id, entry } of rows) {
    await manager.update(XrSettlement, { id }, { enteredWindow: to, entry: entry === 'current' ? 'late' : entry });
    const item = items.find(({ settlementId }) => settlementId === id);
    const change = { state: 'movedOut' as const, movedTo: to, entryBefore: entry };
    if (item) await manager.update(XrClearingItem, { batchId: batch.id, settlementId: id }, change);
    else await manager.insert(XrClearingItem, { ...(items[0] as XrClearingItem), ...change, settlementId: id });
  }
  return rows.length;
}

/** Puts back what was moved out and still stands where it was moved to. */
async function moveBack(manager: EntityManager, batch: XrClearingBatch): Promise<void> {
  const items = await manager.findBy(XrClearingItem, { batchId: batch.id, state: 'movedOut' });
  const back: number[] = [];
  for (const { settlementId, movedTo, entryBefore } of items) {
    const row = await manager.findOneBy(XrSettlement, { id: settlementId });
    if (row?.enteredWindow !== movedTo) continue;
    await manager.update(XrSettlement, { id: settlementId }, { enteredWindow: periodOf(batch.period), entry: entryBefore as XrSettlement['entry'] });
    back.push(settlementId);
  }
  for (let first = 0; first < back.length; first += IDS_AT_ONCE) {
    await addSums(manager, batch.id, await sumUp(manager, { ids: back.slice(first, first + IDS_AT_ONCE) }));
  }
  await manager.update(XrClearingItem, { batchId: batch.id, state: In(['movedOut', 'kept']) }, { state: 'objected', movedTo: null });
  await refreshTotals(manager, batch.id, 0);
}

/** Lines that nothing is left in go, so that what stands is what a new generation would make. */
async function refreshTotals(manager: EntityManager, batchId: string, movedOut: number): Promise<void> {
  await manager.delete(XrClearingLine, { batchId, count: 0 });
  await manager.delete(XrClearingPair, { batchId, settlements: 0 });
  await manager.update(XrClearingBatch, { id: batchId }, { movedOut, ...(await totalsOf(manager, batchId)) });
}

/** Settlements of a batch that are named by their numbers, on one side of one city. */
export interface NamedSettlements {
  readonly city: string;
  readonly side: Side;
  readonly setlIds: readonly string[];
}

/** The rows of them that stand in the batch. */
export function settlementsNamed(manager: EntityManager, { office, period }: XrClearingBatch, { city, side, setlIds }: NamedSettlements): Promise<XrSettlement[]> {
  const where = side === 'payable' ? { payingCity: city } : { receivingCity: city };
  return manager.findBy(XrSettlement, { ...where, office, enteredWindow: periodOf(period), setl_id: In([...setlIds]) });
}

/** Settlements to which a city objects. */
export interface Objection extends NamedSettlements {
  readonly batchId: string;
  readonly reasonCode: string;
  readonly reason: string;
  readonly byUser: string;
  readonly at: number;
}

/** Settlements that one city may object to in a batch. */
export const MOST_OBJECTIONS = 10_000;

/**
 * Names the settlements that a city objects to, before it signs its objection. Returns how many are named in all, or a
 * refusal: the batch is locked, or a settlement does not stand in it on that side of that city.
 */
export async function nameObjections(manager: EntityManager, objection: Objection): Promise<number | Refusal> {
  const { batchId, city, side, setlIds, reasonCode, reason, byUser, at } = objection;
  const batch = await manager.findOneBy(XrClearingBatch, { id: batchId });
  if (!batch) return refusal('CLEARING_BATCH_NOT_FOUND');
  if (batch.status !== 'draft') return refusal('CLEARING_LOCKED');
  const rows = await settlementsNamed(manager, batch, objection);
  const missing = setlIds.filter((setlId) => !rows.some(({ setl_id }) => setl_id === setlId));
  if (missing.length > 0) return refusal('CLEARING_ITEM_NOT_IN_BATCH', `${missing.length} 笔不在 ${batch.period} 的批次中，如 ${missing[0]}。`);
  for (const { id } of rows) {
    await manager.delete(XrClearingItem, { batchId, settlementId: id });
    await manager.insert(XrClearingItem, {
      batchId, settlementId: id, state: 'objected', city, side, reasonCode, reason, movedTo: null, entryBefore: null, byUser, at,
    });
  }
  const named = await manager.countBy(XrClearingItem, { batchId, city, side, settlementId: MoreThan(0) });
  return named > MOST_OBJECTIONS ? refusal('CLEARING_ITEM_NOT_IN_BATCH', `一个市（州）至多对 ${MOST_OBJECTIONS} 笔提出异议。`) : named;
}
