import { Entity } from 'typeorm';
import { EpochMsColumn, IntegerColumn, JsonColumn, PrimaryInteger, PrimaryText, TextColumn } from '../columns';

/** A chunk of a batch: its range is frozen, and each phase leaves its receipt here, in the transaction of what it wrote. */
@Entity('batch_chunk')
export class BatchChunk {
  @PrimaryText(100) batchId!: string;
  /** From 0. */
  @PrimaryInteger() chunkNo!: number;
  @TextColumn(64) fromKey!: string;
  @TextColumn(64) throughKey!: string;
  @IntegerColumn() total!: number;
  @IntegerColumn() done!: number;
  @IntegerColumn() rejected!: number;
  /** Sums by the kind's own names, fen. */
  @JsonColumn({ nullable: true }) sums!: object | null;
  @EpochMsColumn({ nullable: true }) workedAt!: number | null;
  @EpochMsColumn({ nullable: true }) postedAt!: number | null;
  /** Discarded or undone. */
  @EpochMsColumn({ nullable: true }) undoneAt!: number | null;
}
