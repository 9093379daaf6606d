import { Entity, Index, Unique } from 'typeorm';
import type { Fen } from '../../domain/money';
import { EpochMsColumn, FenColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/**
 * `generating` → `draft` (under review) → `approved` (items locked, payables stand). `undone`: approval withdrawn before the
 * first payment; `withdrawn`: its case was returned or ended without approval, its lines are gone until it generates anew.
 */
export type XrBatchStatus = 'generating' | 'draft' | 'approved' | 'undone' | 'withdrawn';

/** One clearing (清算批次) of an office and month. */
@Entity('xr_clearing_batch')
@Unique('uq_xr_clearing_batch_case', ['caseId'])
@Index('ix_xr_clearing_batch_period', ['office', 'period', 'status'])
export class XrClearingBatch {
  /** `{office}-{yyyyMM}-{number}`. */
  @PrimaryText(24) id!: string;
  @TextColumn(6) office!: string;
  /** yyyy-MM. */
  @TextColumn(7) period!: string;
  @TextColumn(12) status!: XrBatchStatus;
  @TextColumn(200) caseId!: string;
  @TextColumn(40) caseNo!: string;
  @IntegerColumn() parametersVersion!: number;
  /** Settlements in it, and those that were moved out. */
  @IntegerColumn() items!: number;
  @IntegerColumn() movedOut!: number;
  @FenColumn() payableFen!: Fen;
  /** SHA-256 of the lines, once generated. */
  @TextColumn(64, { nullable: true }) digest!: string | null;
  @EpochMsColumn({ nullable: true }) generatedAt!: number | null;
  @EpochMsColumn({ nullable: true }) approvedAt!: number | null;
}
