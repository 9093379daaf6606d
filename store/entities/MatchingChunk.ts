import { Entity } from 'typeorm';
import { IntegerColumn, PrimaryInteger, TextColumn } from '../columns';

/** Receipt of one part of a run; it commits with the rows of the part. Chunk 0 is the totals. */
@Entity('matching_chunk')
export class MatchingChunk {
  @PrimaryInteger() runId!: number;
  @PrimaryInteger() chunk!: number;
  /** Differences come in the order of their id; this part ends with this one. */
  @TextColumn(32) lastId!: string;
  @IntegerColumn() findings!: number;
  @IntegerColumn() vanished!: number;
}
