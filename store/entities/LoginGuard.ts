import { Entity, Index } from 'typeorm';
import { EpochMsColumn, IntegerColumn, PrimaryText } from '../columns';

/** Failed log-ins by login name, of accounts that exist and that do not alike, so that neither can be told from the other. */
@Entity('login_guard')
@Index('ix_login_guard_last', ['lastFailureAt'])
export class LoginGuard {
  /** Keyed hash of the login name. */
  @PrimaryText(64) loginKey!: string;
  /** Since the last success or the last lock. */
  @IntegerColumn() failures!: number;
  /** How often it was locked since the last success: each time is twice as long. */
  @IntegerColumn() locks!: number;
  @EpochMsColumn({ nullable: true }) lockedUntil!: number | null;
  @EpochMsColumn() lastFailureAt!: number;
}
