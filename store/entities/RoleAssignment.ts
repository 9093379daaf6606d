import { Entity, Index } from 'typeorm';
import type { RoleKey } from '../../domain/people/role-keys';
import { EpochMsColumn, GeneratedId, TextColumn } from '../columns';

/** A post (岗位) that a user holds in a division for a time. Ending one writes validTo; no row is deleted. */
@Entity('role_assignment')
@Index('ix_role_assignment_user', ['userId'])
@Index('ix_role_assignment_post', ['role', 'division'])
export class RoleAssignment {
  @GeneratedId() id!: number;
  @TextColumn(40) userId!: string;
  @TextColumn(24) role!: RoleKey;
  @TextColumn(6) division!: string;
  @EpochMsColumn() validFrom!: number;
  /** First moment at which it no longer holds; null while open. */
  @EpochMsColumn({ nullable: true }) validTo!: number | null;
  /** Case that granted it; `setup` for those of the first start. */
  @TextColumn(200) grantedBy!: string;
  @TextColumn(200, { nullable: true }) revokedBy!: string | null;
}
