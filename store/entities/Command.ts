import { Entity, Index, Unique } from 'typeorm';
import { EncryptedJsonColumn, EpochMsColumn, PrimaryText, TextColumn } from '../columns';

export type CommandState = 'accepted' | 'delivered' | 'done';

/** A command as it was accepted (命令), written before Temporal is asked; its result is what a repeat is answered with. */
@Entity('command')
@Unique('uq_command_idempotency', ['institution', 'idempotencyKey'])
@Index('ix_command_undone', ['state', 'leaseUntil'])
@Index('ix_command_workflow', ['workflowId', 'state'])
export class Command {
  @PrimaryText(36) id!: string;
  @TextColumn(30) institution!: string;
  @TextColumn(64) idempotencyKey!: string;
  @TextColumn(64) bodyHash!: string;
  @TextColumn(64) process!: string;
  @TextColumn(200) workflowId!: string;
  @TextColumn(64) name!: string;
  @EncryptedJsonColumn() payload!: object;
  @TextColumn(16) state!: CommandState;
  /** Until then the API process that took the command delivers it; afterwards any may claim it. */
  @EpochMsColumn() leaseUntil!: number;
  @EncryptedJsonColumn({ nullable: true }) result!: object | null;
  @EpochMsColumn() createdAt!: number;
  @EpochMsColumn({ nullable: true }) doneAt!: number | null;
}
