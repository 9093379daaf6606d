import { Entity, Index } from 'typeorm';
import type { DifferenceState } from '../../domain/matching/life';
import type { Fen } from '../../domain/money';
import type { Signer } from '../../domain/office-case/types';
import { BusinessTimeColumn, EncryptedJsonColumn, EncryptedTextColumn, EpochMsColumn, FenColumn, IntegerColumn, JsonColumn, PrimaryText, TextColumn } from '../columns';
import type { SidesSaid } from './MatchingFinding';

/** A difference (差异) with its life over runs and people: one a key, however many runs find it. */
@Entity('matching_difference')
@Index('ix_matching_difference_state', ['reconciliation', 'place', 'state', 'firstDay'])
@Index('ix_matching_difference_day', ['reconciliation', 'place', 'lastDay', 'lastRun'])
export class MatchingDifference {
  /** From reconciliation, place and key. */
  @PrimaryText(32) id!: string;
  @TextColumn(40) reconciliation!: string;
  @TextColumn(40) place!: string;
  @TextColumn(240) keyText!: string;
  @TextColumn(160) groupText!: string;
  @TextColumn(40) code!: string;
  @TextColumn(8) kind!: 'break' | 'expected';
  @TextColumn(400) fields!: string;
  @FenColumn() fen!: Fen;
  @JsonColumn() sides!: SidesSaid;
  /** Digest of code and sides: what a person explained holds for this content alone. */
  @TextColumn(32) content!: string;
  @TextColumn(16) state!: DifferenceState;
  /** Day of the run that saw it first; ages count from here. */
  @BusinessTimeColumn() firstDay!: string;
  /** Day whose rows showed it last. */
  @BusinessTimeColumn() lastDay!: string;
  @IntegerColumn() firstRun!: number;
  @IntegerColumn() lastRun!: number;
  /** User who looks after it. */
  @TextColumn(64, { nullable: true }) owner!: string | null;
  @EncryptedTextColumn({ nullable: true }) cause!: string | null;
  /** Who proposed the write-off that waits for a second person, or was approved. */
  @EncryptedJsonColumn({ nullable: true }) proposer!: Signer | null;
  /** Number of its last event. */
  @IntegerColumn() events!: number;
  @EpochMsColumn() changedAt!: number;
}
