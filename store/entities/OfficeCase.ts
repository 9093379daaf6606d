import { Entity, Index, Unique } from 'typeorm';
import type { CaseStatus } from '../../domain/office-case/types';
import type { Fen } from '../../domain/money';
import { EncryptedJsonColumn, EpochMsColumn, FenColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/** Read model of an office case (办件), rebuilt from its acts. Its id is that of the workflow. */
@Entity('office_case')
@Unique('uq_office_case_no', ['caseNo'])
@Unique('uq_office_case_open', ['openKey'])
@Index('ix_office_case_maker', ['makerId', 'openedAt', 'id'])
@Index('ix_office_case_division', ['division', 'definition', 'openedAt', 'id'])
@Index('ix_office_case_business', ['definition', 'businessKey'])
export class OfficeCase {
  @PrimaryText(200) id!: string;
  @TextColumn(100) caseNo!: string;
  @TextColumn(64) definition!: string;
  @IntegerColumn() definitionVersion!: number;
  @TextColumn(6) division!: string;
  /** Name of the function and the business key; without personal data. */
  @TextColumn(200) title!: string;
  @TextColumn(16) status!: CaseStatus;
  /** Key of the current step, `maker`, `effect`, or null when the case has ended. */
  @TextColumn(64, { nullable: true }) step!: string | null;
  @IntegerColumn() round!: number;
  @TextColumn(64) makerId!: string;
  /** Known once the maker submitted. */
  @TextColumn(64, { nullable: true }) makerPersonKey!: string | null;
  @TextColumn(200) businessKey!: string;
  /** Definition, division and business key while the case is under way; unique, so one such case is open at a time. */
  @TextColumn(280, { nullable: true }) openKey!: string | null;
  /** yyyy-MM. */
  @TextColumn(7, { nullable: true }) period!: string | null;
  @FenColumn({ nullable: true }) amountFen!: Fen | null;
  @TextColumn(64) formHash!: string;
  /** The form of the latest round. */
  @EncryptedJsonColumn() form!: object;
  /** The case as it was opened, from which its acts make the state. */
  @EncryptedJsonColumn() opened!: object;
  @EncryptedJsonColumn() state!: object;
  /** What the case waits for, one Chinese phrase without personal data. */
  @TextColumn(200) waitsFor!: string;
  @EpochMsColumn({ nullable: true }) dueAt!: number | null;
  @EpochMsColumn() openedAt!: number;
  @EpochMsColumn() updatedAt!: number;
  @EpochMsColumn({ nullable: true }) endedAt!: number | null;
  @IntegerColumn() version!: number;
}
