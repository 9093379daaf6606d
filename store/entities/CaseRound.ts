import { Entity } from 'typeorm';
import { EncryptedJsonColumn, EpochMsColumn, PrimaryInteger, PrimaryText, TextColumn } from '../columns';

/** The form of a round (轮次) of a case; fixed once the round was submitted. */
@Entity('case_round')
export class CaseRound {
  @PrimaryText(200) caseId!: string;
  @PrimaryInteger() round!: number;
  @EncryptedJsonColumn() form!: object;
  @TextColumn(64) formHash!: string;
  @EpochMsColumn() at!: number;
}
