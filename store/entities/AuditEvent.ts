import { Entity, Index } from 'typeorm';
import { EpochMsColumn, GeneratedId, JsonColumn, TextColumn } from '../columns';

/** What happened to log-ins, rights and masked data (审计). Rows are only ever inserted; `digest` shows a changed one. */
@Entity('audit_event')
@Index('ix_audit_event_at', ['at'])
@Index('ix_audit_event_user', ['userId', 'at'])
@Index('ix_audit_event_subject', ['subject'])
export class AuditEvent {
  @GeneratedId() id!: number;
  @EpochMsColumn() at!: number;
  /** Name of the event, such as `session.opened`. */
  @TextColumn(40) event!: string;
  /** Who did it; null where nobody is known. */
  @TextColumn(40, { nullable: true }) userId!: string | null;
  @TextColumn(36, { nullable: true }) sessionId!: string | null;
  /** What it was done to, such as `user/…` or `office-case/…`. */
  @TextColumn(200, { nullable: true }) subject!: string | null;
  @TextColumn(6, { nullable: true }) division!: string | null;
  @TextColumn(64) origin!: string;
  /** Further members, without personal data. */
  @JsonColumn() detail!: object;
  /** Keyed hash of the members above. */
  @TextColumn(64) digest!: string;
}
