import { Entity, Index } from 'typeorm';
import type { RoleKey } from '../../domain/people/role-keys';
import { EpochMsColumn, GeneratedId, TextColumn } from '../columns';

/** A person lets another act in his place for a time (委托), in one role or in all that he holds. */
@Entity('delegation')
@Index('ix_delegation_from', ['fromUser'])
@Index('ix_delegation_to', ['toUser'])
export class Delegation {
  @GeneratedId() id!: number;
  @TextColumn(40) fromUser!: string;
  @TextColumn(40) toUser!: string;
  /** The one role meant; null for all. */
  @TextColumn(24, { nullable: true }) role!: RoleKey | null;
  @TextColumn(200) reason!: string;
  @EpochMsColumn() validFrom!: number;
  @EpochMsColumn() validTo!: number;
  @EpochMsColumn({ nullable: true }) revokedAt!: number | null;
  @EpochMsColumn() createdAt!: number;
}
