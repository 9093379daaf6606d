import { Entity, Index } from 'typeorm';
import { EpochMsColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

export type FeeUploadState = 'received' | 'uploading' | 'done';

/** One delivery of fee lines by the HIS (费用上传批次). */
@Entity('fee_upload')
@Index('ix_fee_upload_admission', ['admissionId', 'createdAt'])
export class FeeUpload {
  @PrimaryText(36) id!: string;
  @TextColumn(80) admissionId!: string;
  @TextColumn(8) source!: 'json' | 'csv';
  @IntegerColumn() lineCount!: number;
  @TextColumn(16) state!: FeeUploadState;
  @EpochMsColumn() createdAt!: number;
}
