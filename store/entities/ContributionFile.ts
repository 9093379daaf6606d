import { Entity, Index } from 'typeorm';
import type { Fen } from '../../domain/money';
import { EpochMsColumn, FenColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/** A register file (登记名册文件) as it was sent; its content lies encrypted in the data folder under the same id. */
@Entity('contribution_file')
@Index('ix_contribution_file_content', ['contentHash'])
export class ContributionFile {
  @PrimaryText(36) id!: string;
  /** SHA-256 of all bytes, hex. */
  @TextColumn(64) contentHash!: string;
  @TextColumn(6) division!: string;
  @TextColumn(6) format!: 'csv' | 'ndjson';
  @TextColumn(10) charset!: string;
  /** Rows between head and trailer. */
  @IntegerColumn() total!: number;
  /** Sum of the declared bases. */
  @FenColumn() baseFen!: Fen;
  /** Batch that works it. */
  @TextColumn(100, { nullable: true }) batchId!: string | null;
  @TextColumn(40) receivedBy!: string;
  @EpochMsColumn() receivedAt!: number;
}
