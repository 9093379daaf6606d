import { Entity, Index, Unique } from 'typeorm';
import type { Fen } from '../../domain/money';
import {
  BusinessTimeColumn,
  DecimalTextColumn,
  FenColumn,
  GeneratedId,
  IntegerColumn,
  JsonColumn,
  TextColumn,
} from '../columns';

/** `uploaded`: the centre has taken it, or it counts for a self-pay stay, which has none. */
export type FeeLineState = 'pending' | 'uploaded' | 'refused' | 'withdrawn';

/** One fee line (费用明细) with the split that the centre answered. */
@Entity('fee_line')
@Unique('uq_fee_line_sn', ['admissionId', 'feedetl_sn'])
@Index('ix_fee_line_upload', ['uploadId', 'seq'])
@Index('ix_fee_line_state', ['admissionId', 'state', 'id'])
@Index('ix_fee_line_settlement', ['settlementId'])
export class FeeLine {
  @GeneratedId() id!: number;
  @TextColumn(80) admissionId!: string;
  @TextColumn(36) uploadId!: string;
  @IntegerColumn() seq!: number;
  @TextColumn(30) feedetl_sn!: string;
  @TextColumn(30, { nullable: true }) init_feedetl_sn!: string | null;
  @BusinessTimeColumn() fee_ocur_time!: string;
  @TextColumn(50) med_list_codg!: string;
  @TextColumn(150) medins_list_codg!: string;
  @TextColumn(200) medins_list_name!: string;
  @DecimalTextColumn() cnt!: string;
  @DecimalTextColumn() pric!: string;
  @FenColumn() det_item_fee_sumamt!: Fen;
  /** The rest of the line's 2301 input: departments, doctors, extensions. */
  @JsonColumn() detail!: object;
  @TextColumn(16) state!: FeeLineState;
  @TextColumn(32, { nullable: true }) refusalCode!: string | null;
  @TextColumn(500, { nullable: true }) refusalText!: string | null;
  @DecimalTextColumn({ nullable: true }) pric_uplmt_amt!: string | null;
  @DecimalTextColumn({ nullable: true }) selfpay_prop!: string | null;
  @FenColumn({ nullable: true }) fulamt_ownpay_amt!: Fen | null;
  @FenColumn({ nullable: true }) overlmt_amt!: Fen | null;
  @FenColumn({ nullable: true }) preselfpay_amt!: Fen | null;
  @FenColumn({ nullable: true }) inscp_scp_amt!: Fen | null;
  @TextColumn(3, { nullable: true }) chrgitm_lv!: string | null;
  @TextColumn(6, { nullable: true }) med_chrgitm_type!: string | null;
  @IntegerColumn({ nullable: true }) settlementId!: number | null;
  /** msgid of the 2301 that carried the line. */
  @TextColumn(30, { nullable: true }) msgid!: string | null;
}
