import { Entity, Index, Unique } from 'typeorm';
import type { Fen } from '../../domain/money';
import { EpochMsColumn, FenColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** `loading`: lines are being written, and go on from `lines` when the same file comes again. */
export type XrIntakeState = 'loading' | 'done';

/** One intake of settlements, by file or by API; the same content is taken once. */
@Entity('xr_intake_file')
@Unique('uq_xr_intake_file_content', ['contentHash'])
@Index('ix_xr_intake_file_received', ['receivedAt', 'id'])
export class XrIntakeFile {
  @GeneratedId() id!: number;
  /** SHA-256 of the bytes. */
  @TextColumn(64) contentHash!: string;
  @TextColumn(10) format!: 'csv' | 'ndjson';
  /** Division of the office that the sender belongs to. */
  @TextColumn(6) division!: string;
  @TextColumn(40) receivedBy!: string;
  @EpochMsColumn() receivedAt!: number;
  @TextColumn(10) state!: XrIntakeState;
  /** Lines that the trailer announces, and those dealt with so far. */
  @IntegerColumn() announced!: number;
  @IntegerColumn() lines!: number;
  @IntegerColumn() accepted!: number;
  @IntegerColumn() rejected!: number;
  /** Sum of medfee_sumamt of the lines that were accepted. */
  @FenColumn() medfeeFen!: Fen;
}
