import { Entity, Index } from 'typeorm';
import { EpochMsColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/** A signed decision that was used (签名决定). Its nonce is taken once. */
@Entity('signed_decision')
@Index('ix_signed_decision_case', ['caseId'])
@Index('ix_signed_decision_user', ['userId', 'usedAt'])
export class SignedDecision {
  @PrimaryText(64) nonce!: string;
  @TextColumn(40) userId!: string;
  @TextColumn(40) forUserId!: string;
  @TextColumn(200) caseId!: string;
  @TextColumn(64) step!: string;
  @IntegerColumn() round!: number;
  @TextColumn(24) act!: string;
  @EpochMsColumn() issuedAt!: number;
  @EpochMsColumn() usedAt!: number;
  @TextColumn(64) origin!: string;
}
