import type { EntityManager } from 'typeorm';
import type { Entry, Exclusion, LineKind } from '../../../domain/clearing/entry';
import { FUNDS } from '../../../domain/clearing/funds';
import type { Period } from '../../../domain/clearing/period';
import { cityOf, clearingOffice, owedParts, type XrRecord } from '../../../domain/clearing/record';
import type { XrSettlementStatus } from '../../../store/entities';
import { insertRows, type Cell } from '../../../store/bulk';

/** A record with what the register gives it. */
export interface BookedRow {
  readonly id: number;
  readonly record: XrRecord;
  readonly personHash: string;
  readonly status: XrSettlementStatus;
  readonly reversalOf: number | null;
  readonly enteredWindow: Period;
  readonly entry: LineKind | Exclusion;
}

const COLUMNS = [
  'id', 'record_type', 'setl_id', 'msgid', 'office', 'paying_city', 'receiving_city', 'county', 'fixmedins_code', 'person_hash',
  'insutype', 'med_type', 'setl_time', 'business_date', 'reconciled_date', 'dise_codg', 'medfee_sumamt', 'psn_cash_pay',
  'fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt', 'status', 'reversal_of', 'entered_window', 'entry',
] as const;

/** Inserts settlements and what each fund owes for them. */
export async function bookRows(manager: EntityManager, rows: readonly BookedRow[]): Promise<void> {
  await insertRows(manager, 'xr_settlement', COLUMNS, rows.map(cellsOf));
  const parts = rows.flatMap(({ id, record }) => owedParts(record).map(({ fund, fen }) => [id, FUNDS[fund].no, fen] as const));
  await insertRows(manager, 'xr_settlement_fund', ['settlement_id', 'fund_no', 'fen'], parts);
  const corrections = rows.flatMap(({ id, reversalOf }) => (reversalOf === null ? [] : [[reversalOf, id] as const]));
  await insertRows(manager, 'xr_settlement_correction', ['original_id', 'correction_id'], corrections);
}

function cellsOf({ id, record, personHash, status, reversalOf, enteredWindow, entry }: BookedRow): readonly Cell[] {
  return [
    id, record.recordType, record.setl_id, record.msgid, clearingOffice(record.insuplc_admdvs, record.mdtrtarea_admdvs),
    cityOf(record.insuplc_admdvs), cityOf(record.mdtrtarea_admdvs), record.mdtrtarea_admdvs, record.fixmedins_code, personHash,
    record.insutype, record.med_type, record.setl_time, record.businessDate, record.reconciledDate, record.dise_codg || null,
    record.medfee_sumamt, record.psn_cash_pay, record.fulamt_ownpay_amt, record.overlmt_selfpay, record.preselfpay_amt,
    record.inscp_scp_amt, status, reversalOf, enteredWindow, entry,
  ];
}

/** How an entry stands in the two columns of a row. */
export function columnsOf(entry: Entry): Pick<BookedRow, 'enteredWindow' | 'entry'> {
  return entry.window === null ? { enteredWindow: 0, entry: entry.reason } : { enteredWindow: entry.window, entry: entry.kind };
}
