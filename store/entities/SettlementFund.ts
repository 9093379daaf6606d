import { Entity } from 'typeorm';
import type { Fen } from '../../domain/money';
import { FenColumn, PrimaryInteger, TextColumn } from '../columns';

/** One fund's part of a settlement (基金分项), a row of setldetail in the order of the answer. */
@Entity('settlement_fund')
export class SettlementFund {
  @PrimaryInteger() settlementId!: number;
  @PrimaryInteger() lineNo!: number;
  @TextColumn(6) fund_pay_type!: string;
  @TextColumn(200, { nullable: true }) fund_pay_type_name!: string | null;
  @FenColumn({ nullable: true }) inscp_scp_amt!: Fen | null;
  @FenColumn({ nullable: true }) crt_payb_lmt_amt!: Fen | null;
  @FenColumn() fund_payamt!: Fen;
  @TextColumn(500, { nullable: true }) setl_proc_info!: string | null;
}
