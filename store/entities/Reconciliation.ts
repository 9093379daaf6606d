import { Entity, Index, Unique } from 'typeorm';
import { BusinessTimeColumn, EpochMsColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/**
 * `closed`: the day was over, both sides agree, every lost answer is proven; `balanced`: they agree, more may come;
 * `differs`: totals or settlements do not agree; `failed`: the run did not get to its end.
 */
export type ReconciliationState = 'running' | 'balanced' | 'differs' | 'closed' | 'failed';

/** One run of an institution's daily reconciliation (对账). Its id is `institution/businessDate/version`. */
@Entity('reconciliation')
@Unique('uq_reconciliation_version', ['institution', 'businessDate', 'version'])
@Index('ix_reconciliation_state', ['institution', 'state'])
export class Reconciliation {
  @PrimaryText(80) id!: string;
  @TextColumn(30) institution!: string;
  @BusinessTimeColumn() businessDate!: string;
  @IntegerColumn() version!: number;
  @TextColumn(200) workflowId!: string;
  @TextColumn(16) state!: ReconciliationState;
  @EpochMsColumn() startedAt!: number;
  @EpochMsColumn({ nullable: true }) finishedAt!: number | null;
}
