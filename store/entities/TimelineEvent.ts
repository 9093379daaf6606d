import { Entity, Unique } from 'typeorm';
import { EncryptedJsonColumn, EpochMsColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** What happened in a stay, in order, for people to read. */
@Entity('timeline_event')
@Unique('uq_timeline_event_seq', ['admissionId', 'seq'])
export class TimelineEvent {
  @GeneratedId() id!: number;
  @TextColumn(80) admissionId!: string;
  @IntegerColumn() seq!: number;
  @EpochMsColumn() at!: number;
  @TextColumn(64, { nullable: true }) commandId!: string | null;
  @TextColumn(64) kind!: string;
  /** One Chinese sentence without personal data. */
  @TextColumn(500) text!: string;
  @EncryptedJsonColumn({ nullable: true }) detail!: object | null;
}
