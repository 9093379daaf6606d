import { Entity } from 'typeorm';
import { EncryptedTextColumn, IntegerColumn, PrimaryInteger, PrimaryText, TextColumn } from '../columns';

/** A row that a batch left out, with its reason (未处理行). */
@Entity('batch_reject')
export class BatchReject {
  @PrimaryText(100) batchId!: string;
  /** Line of the file, or ordinal in the population, from 1. */
  @PrimaryInteger() rowNo!: number;
  /** A row may fall for several reasons. */
  @PrimaryInteger() no!: number;
  @IntegerColumn() chunkNo!: number;
  @TextColumn(64) subject!: string;
  @TextColumn(40) code!: string;
  @EncryptedTextColumn() text!: string;
}
