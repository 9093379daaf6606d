import { Entity } from 'typeorm';
import type { Fen } from '../../domain/money';
import { FenColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/** Our totals of one (insutype, clr_type, clr_optins) and what 3201 answered to them. */
@Entity('reconciliation_group')
export class ReconciliationGroup {
  @PrimaryText(80) reconciliationId!: string;
  @PrimaryText(6) insutype!: string;
  @PrimaryText(6) clr_type!: string;
  @PrimaryText(6) clr_optins!: string;
  @FenColumn() medfee_sumamt!: Fen;
  @FenColumn() fund_pay_sumamt!: Fen;
  @FenColumn() acct_pay!: Fen;
  @IntegerColumn() fixmedins_setl_cnt!: number;
  /** Code that 3201 answered, null before. */
  @TextColumn(12, { nullable: true }) stmt_rslt!: string | null;
  @TextColumn(500, { nullable: true }) stmt_rslt_dscr!: string | null;
  @TextColumn(30, { nullable: true }) msgid!: string | null;
}
