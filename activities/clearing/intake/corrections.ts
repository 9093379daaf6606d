import { In, MoreThanOrEqual, type EntityManager } from 'typeorm';
import { correctionWindow } from '../../../domain/clearing/entry';
import { fundOfNo, type FundKey } from '../../../domain/clearing/funds';
import type { ClearingParameters } from '../../../domain/clearing/parameters';
import type { Period } from '../../../domain/clearing/period';
import { cityOf, owedParts, type XrRecord } from '../../../domain/clearing/record';
import { add, type Fen, negate, ZERO } from '../../../domain/money';
import type { OutcomeCode } from '../../../domain/outcomes';
import { XrSettlement, XrSettlementCorrection, XrSettlementFund } from '../../../store/entities';
import { lockRow } from '../../../store/rows';
import { type BookedRow, bookRows } from './book';

/** A reversal or deduction that cannot be taken. */
export interface CorrectionFault {
  readonly code: Extract<OutcomeCode, `XR_${string}`>;
  readonly field: string;
}

export interface Correction {
  readonly id: number;
  readonly record: XrRecord;
  readonly personHash: string;
}

/**
 * Books a reversal or a deduction against its original. While the original's window is open both leave it, as if neither had
 * been; once it is closed the correction is a negative line of the next window, and the closed one stays as it is.
 * Returns the fault, or null when it is booked.
 */
export async function bookCorrection(
  manager: EntityManager,
  { id, record, personHash }: Correction,
  parameters: ClearingParameters,
  firstOpen: Period,
): Promise<CorrectionFault | null> {
  const receivingCity = cityOf(record.mdtrtarea_admdvs);
  const original = await lockRow(manager, XrSettlement, { receivingCity, setl_id: record.reversalOf });
  if (!original || original.recordType !== 'S' || original.payingCity !== cityOf(record.insuplc_admdvs) || original.insutype !== record.insutype) {
    return { code: 'XR_ORIGINAL_UNKNOWN', field: 'reversal_of' };
  }
  if (original.status === 'reversed') return { code: 'XR_ALREADY_REVERSED', field: 'reversal_of' };
  const corrections = await correctionsOf(manager, original.id);
  const remaining = await remainingOf(manager, [original.id, ...corrections]);
  const fault = record.recordType === 'R' ? reversalFault(record, original, remaining) : deductionFault(record, remaining);
  if (fault) return fault;
  const row: BookedRow = { id, record, personHash, status: 'reconciled', reversalOf: original.id, ...place(record, original, parameters, firstOpen) };
  await bookRows(manager, [row]);
  if (record.recordType === 'R') await markReversed(manager, original, corrections, firstOpen);
  return null;
}

function place(
  record: XrRecord,
  original: XrSettlement,
  parameters: ClearingParameters,
  firstOpen: Period,
): Pick<BookedRow, 'enteredWindow' | 'entry'> {
  const entered = original.enteredWindow !== 0;
  const annulled = record.recordType === 'R' && original.enteredWindow >= firstOpen;
  if (!entered || annulled) return { enteredWindow: 0, entry: entered ? 'annulled' : original.entry };
  const window = correctionWindow(record, parameters, Math.max(firstOpen, original.enteredWindow));
  return { enteredWindow: window, entry: record.recordType === 'R' ? 'contra' : 'deduction' };
}

/** An original whose window is open leaves it, with the deductions that would have come with it. */
async function markReversed(manager: EntityManager, original: XrSettlement, corrections: readonly number[], firstOpen: Period): Promise<void> {
  await manager.update(XrSettlement, { id: original.id }, { status: 'reversed' });
  if (original.enteredWindow < firstOpen || original.enteredWindow === 0) return;
  const open = { id: In([original.id, ...corrections]), enteredWindow: MoreThanOrEqual(Math.max(firstOpen, 1)) };
  await manager.update(XrSettlement, open, { enteredWindow: 0, entry: 'annulled' });
}

async function correctionsOf(manager: EntityManager, originalId: number): Promise<number[]> {
  return (await manager.findBy(XrSettlementCorrection, { originalId })).map(({ correctionId }) => correctionId);
}

/** What each fund still owes after the deductions so far. */
async function remainingOf(manager: EntityManager, ids: readonly number[]): Promise<ReadonlyMap<FundKey, Fen>> {
  const remaining = new Map<FundKey, Fen>();
  for (const { fundNo, fen } of await manager.findBy(XrSettlementFund, { settlementId: In([...ids]) })) {
    remaining.set(fundOfNo(fundNo), add(remaining.get(fundOfNo(fundNo)) ?? ZERO, fen));
  }
  return remaining;
}

/** A reversal takes back exactly what remains, by fund, and the patient's cash. */
function reversalFault(record: XrRecord, original: XrSettlement, remaining: ReadonlyMap<FundKey, Fen>): CorrectionFault | null {
  const taken = new Map(owedParts(record).map(({ fund, fen }) => [fund, fen]));
  const funds = new Set([...taken.keys(), ...remaining.keys()]);
  const differs = [...funds].some((fund) => (taken.get(fund) ?? ZERO) !== negate(remaining.get(fund) ?? ZERO));
  const cashDiffers = record.psn_cash_pay !== negate(original.psn_cash_pay);
  return differs || cashDiffers ? { code: 'XR_REVERSAL_DIFFERS', field: differs ? 'funds' : 'psn_cash_pay' } : null;
}

function deductionFault(record: XrRecord, remaining: ReadonlyMap<FundKey, Fen>): CorrectionFault | null {
  const exceeds = owedParts(record).some(({ fund, fen }) => add(remaining.get(fund) ?? ZERO, fen) < 0);
  return exceeds || record.psn_cash_pay !== 0 ? { code: 'XR_DEDUCTION_EXCEEDS', field: 'funds' } : null;
}
