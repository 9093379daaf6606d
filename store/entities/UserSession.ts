import { Entity, Index, Unique } from 'typeorm';
import { EpochMsColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/** `secondFactor`: the password was right, the code is awaited. `setUp`: only password and TOTP can be set. */
export type SessionStage = 'secondFactor' | 'setUp' | 'ready';

/** A session of a person (会话). The token itself is nowhere; its hash finds the row. */
@Entity('user_session')
@Unique('uq_user_session_token', ['tokenHash'])
@Index('ix_user_session_user', ['userId', 'endedAt'])
@Index('ix_user_session_end', ['expiresAt'])
export class UserSession {
  @PrimaryText(36) id!: string;
  @TextColumn(64) tokenHash!: string;
  @TextColumn(40) userId!: string;
  @TextColumn(16) stage!: SessionStage;
  @EpochMsColumn() createdAt!: number;
  @EpochMsColumn() lastSeenAt!: number;
  /** Absolute end. */
  @EpochMsColumn() expiresAt!: number;
  @EpochMsColumn({ nullable: true }) endedAt!: number | null;
  @TextColumn(24, { nullable: true }) endReason!: string | null;
  /** Wrong codes so far, of a session that awaits one. */
  @IntegerColumn() failures!: number;
  @TextColumn(64) origin!: string;
}
