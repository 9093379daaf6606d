import { Entity } from 'typeorm';
import { IntegerColumn, PrimaryInteger, PrimaryText } from '../columns';

/** Receipt of one part of a generation: it commits with the lines that it added to. */
@Entity('xr_clearing_chunk')
export class XrClearingChunk {
  @PrimaryText(24) batchId!: string;
  /** First and last id of the settlements that it looked at. */
  @PrimaryInteger() fromId!: number;
  @IntegerColumn() throughId!: number;
  @IntegerColumn() items!: number;
}
