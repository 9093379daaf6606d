import { Entity } from 'typeorm';
import { EpochMsColumn, PrimaryText } from '../columns';

/** That a person read the case of which he got a copy (传阅): written once, and no act of the case. */
@Entity('case_reading')
export class CaseReading {
  @PrimaryText(200) caseId!: string;
  @PrimaryText(40) userId!: string;
  @EpochMsColumn() readAt!: number;
}
