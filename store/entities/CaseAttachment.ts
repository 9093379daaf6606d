import { Entity, Index, Unique } from 'typeorm';
import { EncryptedTextColumn, EpochMsColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/**
 * A file that was put to an office case (附件). Its content lies encrypted in the data folder under its id. It is never
 * deleted; withdrawing (撤下) it is a mark.
 */
@Entity('case_attachment')
@Unique('uq_case_attachment_key', ['uploadedBy', 'idempotencyKey'])
@Index('ix_case_attachment_case', ['caseId', 'at'])
export class CaseAttachment {
  @PrimaryText(36) id!: string;
  @TextColumn(200) caseId!: string;
  @EncryptedTextColumn() name!: string;
  /** Media type, found by the content. */
  @TextColumn(100) type!: string;
  /** Bytes of the content. */
  @IntegerColumn() size!: number;
  /** Of the content, hex. */
  @TextColumn(64) sha256!: string;
  /** User who put it there. */
  @TextColumn(40) uploadedBy!: string;
  @EpochMsColumn() at!: number;
  @TextColumn(64) idempotencyKey!: string;
  @EpochMsColumn({ nullable: true }) withdrawnAt!: number | null;
  @TextColumn(40, { nullable: true }) withdrawnBy!: string | null;
  @EncryptedTextColumn({ nullable: true }) withdrawnReason!: string | null;
}
