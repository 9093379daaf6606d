import { Entity } from 'typeorm';
import type { Fen } from '../../domain/money';
import { EpochMsColumn, FenColumn, PrimaryText, TextColumn } from '../columns';

/** `tacit`: the deadline passed and the parameters let silence count. */
export type XrConfirmationState = 'confirmed' | 'objected' | 'tacit';

/** What a city said to its side of a batch (市（州）确认). */
@Entity('xr_clearing_confirmation')
export class XrClearingConfirmation {
  @PrimaryText(24) batchId!: string;
  @PrimaryText(6) city!: string;
  @PrimaryText(10) side!: 'payable' | 'receivable';
  @TextColumn(10) state!: XrConfirmationState;
  /** Sum of its side and the digest of its lines, as they stood. */
  @FenColumn() fen!: Fen;
  @TextColumn(64) digest!: string;
  @TextColumn(40, { nullable: true }) byUser!: string | null;
  @EpochMsColumn() at!: number;
}
