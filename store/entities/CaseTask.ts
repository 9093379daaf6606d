import { Entity, Index, Unique } from 'typeorm';
import type { Fen } from '../../domain/money';
import { EpochMsColumn, FenColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

export type CaseTaskStatus = 'open' | 'done' | 'void';

/**
 * A task (待办): one slot of one step in one round. What the maker has to do is of step `maker`; what an overdue step
 * raises is of slot `escalation`. Columns of the case are repeated, so that the inbox reads one table.
 */
@Entity('case_task')
@Unique('uq_case_task_slot', ['caseId', 'round', 'step', 'slot'])
@Index('ix_case_task_role', ['status', 'role', 'division', 'openedAt', 'id', 'assigneeId', 'makerId', 'step', 'definition', 'caseDivision', 'period', 'amountFen'])
@Index('ix_case_task_due', ['status', 'role', 'division', 'dueAt', 'id', 'assigneeId', 'makerId', 'step', 'definition', 'caseDivision', 'period', 'amountFen'])
@Index('ix_case_task_assignee', ['assigneeId', 'status', 'openedAt', 'id'])
@Index('ix_case_task_done', ['doneBy', 'doneAt', 'id'])
@Index('ix_case_task_no', ['caseNo'])
@Index('ix_case_task_business', ['businessKey'])
export class CaseTask {
  @GeneratedId() id!: number;
  @TextColumn(200) caseId!: string;
  @IntegerColumn() round!: number;
  @TextColumn(64) step!: string;
  @TextColumn(64) slot!: string;
  /** Chinese name of step and slot. */
  @TextColumn(100) zh!: string;
  @TextColumn(32) role!: string;
  @TextColumn(6) division!: string;
  /** Only this user, or a delegate; null for everyone of the role. */
  @TextColumn(64, { nullable: true }) assigneeId!: string | null;
  @TextColumn(8) status!: CaseTaskStatus;
  @EpochMsColumn() openedAt!: number;
  @EpochMsColumn({ nullable: true }) dueAt!: number | null;
  @EpochMsColumn({ nullable: true }) doneAt!: number | null;
  @TextColumn(64, { nullable: true }) doneBy!: string | null;
  @TextColumn(100) caseNo!: string;
  @TextColumn(64) definition!: string;
  /** Division of the case, as `division` is that of the slot. */
  @TextColumn(6) caseDivision!: string;
  @TextColumn(200) businessKey!: string;
  @TextColumn(7, { nullable: true }) period!: string | null;
  @FenColumn({ nullable: true }) amountFen!: Fen | null;
  @TextColumn(64) makerId!: string;
}
