import { Entity, Index, Unique } from 'typeorm';
import { EncryptedJsonColumn, EpochMsColumn, GeneratedId, TextColumn } from '../columns';

export type AbnormalItemState = 'open' | 'closed';

/** Something that a person has to look at (异常事项). Raising the same one twice is one row. */
@Entity('abnormal_item')
@Unique('uq_abnormal_item_subject', ['workflowId', 'code', 'subject'])
@Index('ix_abnormal_item_open', ['institution', 'state', 'openedAt'])
export class AbnormalItem {
  @GeneratedId() id!: number;
  @TextColumn(30) institution!: string;
  @TextColumn(64) process!: string;
  @TextColumn(200) workflowId!: string;
  @TextColumn(64) code!: string;
  /** What it is about: a msgid, a setl_id, a day. */
  @TextColumn(100) subject!: string;
  @TextColumn(200) title!: string;
  @TextColumn(8) state!: AbnormalItemState;
  @EpochMsColumn() openedAt!: number;
  @EpochMsColumn({ nullable: true }) closedAt!: number | null;
  @TextColumn(500, { nullable: true }) resolution!: string | null;
  @EncryptedJsonColumn({ nullable: true }) detail!: object | null;
}
