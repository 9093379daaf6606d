import { Entity, Index, Unique } from 'typeorm';
import type { Fen } from '../../domain/money';
import type { DifferenceClass } from '../../domain/reconciliation/difference';
import { EpochMsColumn, FenColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** `open`: to be dealt with, or not decidable yet; `abnormal`: a person looks at it; the others are settled. */
export type DifferenceState = 'open' | 'adopted' | 'undone' | 'abnormal' | 'closed';

/** One settlement that the two sides do not agree on (差异). */
@Entity('reconciliation_difference')
@Unique('uq_reconciliation_difference', ['reconciliationId', 'subject'])
@Index('ix_reconciliation_difference_msgid', ['msgid'])
export class ReconciliationDifference {
  @GeneratedId() id!: number;
  @TextColumn(80) reconciliationId!: string;
  /** What it is found by within the run: setl_id, or msgid, with a mark for refund rows. */
  @TextColumn(100) subject!: string;
  @TextColumn(16) class!: DifferenceClass;
  @TextColumn(16) state!: DifferenceState;
  /** Last comparison of the run whose result file had it, from 0. */
  @IntegerColumn() round!: number;
  @TextColumn(30, { nullable: true }) setl_id!: string | null;
  @TextColumn(30, { nullable: true }) msgid!: string | null;
  @TextColumn(30, { nullable: true }) mdtrt_id!: string | null;
  @TextColumn(30, { nullable: true }) psn_no!: string | null;
  @TextColumn(3, { nullable: true }) refd_setl_flag!: string | null;
  @FenColumn({ nullable: true }) ourMedfeeFen!: Fen | null;
  @FenColumn({ nullable: true }) ourFundFen!: Fen | null;
  @FenColumn({ nullable: true }) ourAccountFen!: Fen | null;
  @FenColumn({ nullable: true }) theirMedfeeFen!: Fen | null;
  @FenColumn({ nullable: true }) theirFundFen!: Fen | null;
  @FenColumn({ nullable: true }) theirAccountFen!: Fen | null;
  @TextColumn(500, { nullable: true }) memo!: string | null;
  @TextColumn(500, { nullable: true }) resolution!: string | null;
  @EpochMsColumn() updatedAt!: number;
}
