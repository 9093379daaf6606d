import { Entity } from 'typeorm';
import type { DifferenceEvent, DifferenceState } from '../../domain/matching/life';
import { EncryptedTextColumn, EpochMsColumn, IntegerColumn, PrimaryInteger, PrimaryText, TextColumn } from '../columns';

/** One event in the life of a difference; never changed. */
@Entity('matching_event')
export class MatchingEvent {
  @PrimaryText(32) differenceId!: string;
  /** 1 is the first. */
  @PrimaryInteger() seq!: number;
  @TextColumn(20) event!: DifferenceEvent;
  @TextColumn(16) state!: DifferenceState;
  @TextColumn(40) code!: string;
  /** The run that saw it; null of what a person did. */
  @IntegerColumn({ nullable: true }) runId!: number | null;
  /** User who did it; null of what a run saw. */
  @TextColumn(64, { nullable: true }) actor!: string | null;
  @EncryptedTextColumn({ nullable: true }) words!: string | null;
  @EpochMsColumn() at!: number;
}
