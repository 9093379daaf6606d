import { Entity, Index, Unique } from 'typeorm';
import type { IssueCategory, IssueEnding, IssueState, IssueUrgency } from '../../domain/coordination/issue';
import { EpochMsColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** An issue (问题协同) between two agencies: the register of its case, for lists and statistics. Its messages are the case's acts. */
@Entity('coordination_issue')
@Unique('uq_coordination_issue_case', ['caseId'])
@Index('ix_coordination_issue_raised', ['raisedBy', 'openedAt'])
@Index('ix_coordination_issue_peer', ['peer', 'openedAt'])
export class CoordinationIssue {
  @GeneratedId() id!: number;
  @TextColumn(200) caseId!: string;
  /** Number of the case is the issue's number. */
  @TextColumn(100) issueNo!: string;
  @TextColumn(6) raisedBy!: string;
  @TextColumn(6) peer!: string;
  @TextColumn(16) category!: IssueCategory;
  @TextColumn(12) urgency!: IssueUrgency;
  @TextColumn(100) title!: string;
  @TextColumn(12) state!: IssueState;
  /** Answers given so far; more than one means that an answer was not accepted. */
  @IntegerColumn() rounds!: number;
  @EpochMsColumn() openedAt!: number;
  /** Last moment at which an answer is on time. */
  @EpochMsColumn() dueAt!: number;
  @EpochMsColumn({ nullable: true }) firstAnsweredAt!: number | null;
  @EpochMsColumn({ nullable: true }) answeredAt!: number | null;
  @EpochMsColumn({ nullable: true }) closedAt!: number | null;
  /** When the peer took it on (受理), of the last dispatch. */
  @EpochMsColumn({ nullable: true }) acceptedAt!: number | null;
  /** Number of the closed issue that this one opens again; each is opened again once. */
  @TextColumn(100, { nullable: true }) reopens!: string | null;
  /** How it was closed; null while it is open. */
  @TextColumn(10, { nullable: true }) ending!: IssueEnding | null;
}
