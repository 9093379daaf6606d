import { Entity, Index, Unique } from 'typeorm';
import type { Exclusion, LineKind } from '../../domain/clearing/entry';
import type { Period } from '../../domain/clearing/period';
import type { RecordType } from '../../domain/clearing/record';
import type { Fen } from '../../domain/money';
import { BusinessTimeColumn, FenColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

export type XrSettlementStatus = 'reconciled' | 'reversed';

/** Lines that one intake file may have; the id of a row is its file's number × this + its line. */
export const LINES_PER_FILE = 1_000_000;

/**
 * A reconciled settlement of a person of another city or province, the reversal of one, or a deduction from one. Narrow: a
 * month has a million. Who the person is stands here only as a keyed hash.
 */
@Entity('xr_settlement')
@Unique('uq_xr_settlement_setl', ['receivingCity', 'setl_id'])
@Index('ix_xr_settlement_window', ['office', 'enteredWindow', 'payingCity', 'receivingCity', 'id'])
export class XrSettlement {
  /** File number × LINES_PER_FILE + line, so that it says where the row came from. */
  @GeneratedId() id!: number;
  @TextColumn(1) recordType!: RecordType;
  @TextColumn(30) setl_id!: string;
  @TextColumn(30) msgid!: string;
  /** Office that clears it: the province of both cities, or 000000 between provinces. */
  @TextColumn(6) office!: string;
  /** City of the insured (参保地). */
  @TextColumn(6) payingCity!: string;
  /** City of the care (就医地). */
  @TextColumn(6) receivingCity!: string;
  /** County of the care. */
  @TextColumn(6) county!: string;
  @TextColumn(12) fixmedins_code!: string;
  /** First half of the keyed hash of the insured place and the person's number. */
  @TextColumn(32) personHash!: string;
  @TextColumn(6) insutype!: string;
  @TextColumn(6) med_type!: string;
  @BusinessTimeColumn() setl_time!: string;
  @TextColumn(10) businessDate!: string;
  @TextColumn(10) reconciledDate!: string;
  @TextColumn(30, { nullable: true }) dise_codg!: string | null;
  @FenColumn() medfee_sumamt!: Fen;
  @FenColumn() psn_cash_pay!: Fen;
  @FenColumn() fulamt_ownpay_amt!: Fen;
  @FenColumn() overlmt_selfpay!: Fen;
  @FenColumn() preselfpay_amt!: Fen;
  @FenColumn() inscp_scp_amt!: Fen;
  @TextColumn(10) status!: XrSettlementStatus;
  /** Row that a reversal or a deduction corrects. */
  @IntegerColumn({ nullable: true }) reversalOf!: number | null;
  /** Clearing month in which it stands (202610); 0 when it stands in none. */
  @IntegerColumn() enteredWindow!: Period;
  /** As what it stands there, or why it stands nowhere. */
  @TextColumn(10) entry!: LineKind | Exclusion;
}
