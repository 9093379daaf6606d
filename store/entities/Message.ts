import { Entity, Index, Unique } from 'typeorm';
import { BusinessTimeColumn, EncryptedTextColumn, EpochMsColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

export type MessageState = 'prepared' | 'sent' | 'answered';
export type MessageOutcome = 'settled' | 'refused' | 'unknown';
export type MessageResolution = 'open' | 'abandoning' | 'abandoned' | 'adopting' | 'adopted' | 'absent' | 'manual';

/** One message to the national platform (报文), found again by (workflow, command, step, ordinal) when a send is retried. */
@Entity('message')
@Unique('uq_message_key', ['workflowId', 'commandId', 'step', 'ordinal'])
@Unique('uq_message_msgid', ['msgid'])
@Index('ix_message_resolution', ['institution', 'resolution', 'id'])
@Index('ix_message_watch', ['watchDay', 'institution'])
@Index('ix_message_mdtrt', ['mdtrt_id'])
export class Message {
  @GeneratedId() id!: number;
  @TextColumn(200) workflowId!: string;
  @TextColumn(64) commandId!: string;
  @TextColumn(64) step!: string;
  @IntegerColumn() ordinal!: number;
  @TextColumn(30) institution!: string;
  @TextColumn(30) msgid!: string;
  /** Transaction number as sent: 2304A where the profile sends the A form. */
  @TextColumn(12) infno!: string;
  @TextColumn(64) profile!: string;
  @TextColumn(16) state!: MessageState;
  @EpochMsColumn({ nullable: true }) leaseUntil!: number | null;
  @TextColumn(36, { nullable: true }) leaseToken!: string | null;
  @IntegerColumn() attempts!: number;
  /** Request body as sent. */
  @EncryptedTextColumn({ nullable: true }) request!: string | null;
  /** Answer body as received, whatever it was. */
  @EncryptedTextColumn({ nullable: true }) answer!: string | null;
  @TextColumn(16, { nullable: true }) outcome!: MessageOutcome | null;
  @TextColumn(16, { nullable: true }) infcode!: string | null;
  @TextColumn(64, { nullable: true }) inf_refmsgid!: string | null;
  @TextColumn(30, { nullable: true }) psn_no!: string | null;
  @TextColumn(30, { nullable: true }) mdtrt_id!: string | null;
  @EpochMsColumn() preparedAt!: number;
  @EpochMsColumn({ nullable: true }) sentAt!: number | null;
  @EpochMsColumn({ nullable: true }) answeredAt!: number | null;
  @TextColumn(16, { nullable: true }) resolution!: MessageResolution | null;
  /** Business day on whose watch list the msgid stands after 2601 answered 0. */
  @BusinessTimeColumn({ nullable: true }) watchDay!: string | null;
}
