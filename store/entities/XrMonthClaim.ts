import { Entity, Index, Unique } from 'typeorm';
import type { Fen } from '../../domain/money';
import { EpochMsColumn, FenColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/** A care place's claim for a month (月结算申请) beside what its reconciled settlements come to. */
@Entity('xr_month_claim')
@Unique('uq_xr_month_claim_subject', ['period', 'city', 'fixmedins_code', 'version'])
@Index('ix_xr_month_claim_city', ['city', 'period'])
export class XrMonthClaim {
  @PrimaryText(200) caseId!: string;
  @TextColumn(7) period!: string;
  @TextColumn(6) city!: string;
  /** The institution that claims; empty when the city claims for all of its own. */
  @TextColumn(12) fixmedins_code!: string;
  /** A later claim of the same month counts instead of the former. */
  @IntegerColumn() version!: number;
  @IntegerColumn() claimedCount!: number;
  @FenColumn() claimedFen!: Fen;
  @IntegerColumn() reconciledCount!: number;
  @FenColumn() reconciledFen!: Fen;
  @EpochMsColumn() acceptedAt!: number;
}
