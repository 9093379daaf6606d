import { Entity } from 'typeorm';
import { EncryptedJsonColumn, EpochMsColumn, PrimaryInteger, PrimaryText, TextColumn } from '../columns';

/** Receipt of a register operation (登记操作), committed with what it wrote; a retried activity returns it and does nothing. */
@Entity('case_operation')
export class CaseOperation {
  @PrimaryText(200) caseId!: string;
  @PrimaryText(64) step!: string;
  @PrimaryInteger() round!: number;
  @TextColumn(64) operation!: string;
  @TextColumn(8) state!: 'applied' | 'undone';
  @EncryptedJsonColumn() result!: object;
  @EpochMsColumn() at!: number;
  @EpochMsColumn({ nullable: true }) undoneAt!: number | null;
}
