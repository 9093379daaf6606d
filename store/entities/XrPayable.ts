import { Entity, Index, Unique } from 'typeorm';
import type { FundKey } from '../../domain/clearing/funds';
import type { Fen } from '../../domain/money';
import { EpochMsColumn, FenColumn, PrimaryText, TextColumn } from '../columns';

/** `void`: the approval was withdrawn before anything was drawn. */
export type XrPayableStatus = 'open' | 'void';

/** What one city has to pay another by one fund for an approved batch (应付). Disbursement orders draw from it and pay it. */
@Entity('xr_payable')
@Unique('uq_xr_payable_flow', ['batchId', 'payingCity', 'receivingCity', 'insutype', 'fund'])
@Index('ix_xr_payable_paying', ['payingCity', 'period', 'status'])
@Index('ix_xr_payable_receiving', ['receivingCity', 'period', 'status'])
export class XrPayable {
  /** `{batchId}-{serial}`. */
  @PrimaryText(32) id!: string;
  @TextColumn(24) batchId!: string;
  @TextColumn(6) office!: string;
  @TextColumn(7) period!: string;
  @TextColumn(6) payingCity!: string;
  @TextColumn(6) receivingCity!: string;
  @TextColumn(6) insutype!: string;
  @TextColumn(16) fund!: FundKey;
  /** Above zero. */
  @FenColumn() fen!: Fen;
  /** Part that orders have been made for, and part that was paid: paid ≤ drawn ≤ fen. */
  @FenColumn() drawnFen!: Fen;
  @FenColumn() paidFen!: Fen;
  @TextColumn(8) status!: XrPayableStatus;
  @EpochMsColumn() createdAt!: number;
}
