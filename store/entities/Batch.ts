import { Entity, Index } from 'typeorm';
import type { BatchHold, BatchState } from '../../domain/batch/types';
import { EpochMsColumn, IntegerColumn, JsonColumn, PrimaryText, TextColumn } from '../columns';

/** A batch (批次): one large run over many records. Its id is `kind-division-year-serial`. */
@Entity('batch')
@Index('ix_batch_division', ['division', 'createdAt'])
@Index('ix_batch_state', ['state', 'hold'])
export class Batch {
  @PrimaryText(100) id!: string;
  @TextColumn(40) kind!: string;
  @TextColumn(6) division!: string;
  /** yyyy-MM, where the run is of a month. */
  @TextColumn(7, { nullable: true }) period!: string | null;
  @TextColumn(200) title!: string;
  @TextColumn(16) state!: BatchState;
  @TextColumn(8, { nullable: true }) hold!: BatchHold | null;
  /** What was asked for, without personal data. */
  @JsonColumn() parameters!: object;
  /** What the run was frozen on: rules with their versions, digests, ranges of numbers. */
  @JsonColumn({ nullable: true }) frozen!: object | null;
  @IntegerColumn() chunks!: number;
  /** Rows that it works on. */
  @IntegerColumn() total!: number;
  @IntegerColumn() done!: number;
  @IntegerColumn() rejected!: number;
  /** Chunks that the phase under way has finished. */
  @IntegerColumn() phaseDone!: number;
  @TextColumn(40) makerId!: string;
  /** Case (办件) by which it is confirmed. */
  @TextColumn(64, { nullable: true }) confirmCaseNo!: string | null;
  @TextColumn(64, { nullable: true }) undoCaseNo!: string | null;
  /** Why it was refused, is held, or was cancelled: one Chinese sentence without personal data. */
  @TextColumn(200, { nullable: true }) reason!: string | null;
  @EpochMsColumn() createdAt!: number;
  /** When the phase under way began. */
  @EpochMsColumn({ nullable: true }) phaseStartedAt!: number | null;
  @EpochMsColumn({ nullable: true }) finishedAt!: number | null;
}
