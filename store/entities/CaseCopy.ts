import { Entity, Index, Unique } from 'typeorm';
import { EpochMsColumn, GeneratedId, TextColumn } from '../columns';

/** A copy for information (抄送) of an office case: follows from the acts of the case. A person has one of a case at most. */
@Entity('case_copy')
@Unique('uq_case_copy_person', ['caseId', 'userId'])
@Index('ix_case_copy_user', ['userId', 'copiedAt', 'id'])
export class CaseCopy {
  @GeneratedId() id!: number;
  @TextColumn(200) caseId!: string;
  @TextColumn(40) userId!: string;
  /** User who sent it. */
  @TextColumn(40) byUser!: string;
  @EpochMsColumn() copiedAt!: number;
}
