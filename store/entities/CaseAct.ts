import { Entity, Index, Unique } from 'typeorm';
import { EncryptedJsonColumn, EncryptedTextColumn, EpochMsColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** One act on a case or one thing that happened to it, in order; inserted, never changed. Refused acts are here too. */
@Entity('case_act')
@Unique('uq_case_act_seq', ['caseId', 'seq'])
@Unique('uq_case_act_command', ['caseId', 'commandId'])
@Index('ix_case_act_user', ['userId', 'at'])
export class CaseAct {
  @GeneratedId() id!: number;
  @TextColumn(200) caseId!: string;
  /** Version of the case after it. */
  @IntegerColumn() seq!: number;
  @TextColumn(100) commandId!: string;
  @EpochMsColumn() at!: number;
  /** The act of a person (`approve`), or what happened (`operated`, `reminded`, `refused` …). */
  @TextColumn(32) kind!: string;
  @TextColumn(64, { nullable: true }) step!: string | null;
  @TextColumn(64, { nullable: true }) slot!: string | null;
  @IntegerColumn() round!: number;
  @TextColumn(64, { nullable: true }) userId!: string | null;
  /** By delegation for whom; else the same. */
  @TextColumn(64, { nullable: true }) forUserId!: string | null;
  @TextColumn(64, { nullable: true }) personKey!: string | null;
  @TextColumn(64, { nullable: true }) forPersonKey!: string | null;
  @TextColumn(32, { nullable: true }) role!: string | null;
  @EncryptedTextColumn({ nullable: true }) opinion!: string | null;
  /** One Chinese sentence without personal data. */
  @TextColumn(500) text!: string;
  @TextColumn(64, { nullable: true }) refusalCode!: string | null;
  /** The event that the workflow applies. */
  @EncryptedJsonColumn() event!: object;
  /** How the command was answered; a repeat gets the same. */
  @EncryptedJsonColumn() result!: object;
}
