import { Entity, Index, Unique } from 'typeorm';
import type { SettlementAmounts, SettlementKind } from '../../domain/admission/types';
import type { Fen } from '../../domain/money';
import { BusinessTimeColumn, EncryptedJsonColumn, EpochMsColumn, FenColumn, GeneratedId, TextColumn } from '../columns';

export type { SettlementKind };
/** `held`: the amounts differ from those shown to the patient, a person decides. */
export type SettlementStatus = 'live' | 'cancelled' | 'held';

/** A settlement (结算) that the centre booked, or a self-pay one made here, amounts in fen under their national names. */
@Entity('settlement')
@Unique('uq_settlement_msgid', ['msgid'])
@Unique('uq_settlement_setl', ['institution', 'setl_id'])
@Index('ix_settlement_admission', ['admissionId', 'id'])
@Index('ix_settlement_day', ['institution', 'businessDate', 'status'])
export class Settlement implements SettlementAmounts {
  @GeneratedId() id!: number;
  @TextColumn(80) admissionId!: string;
  @TextColumn(30) institution!: string;
  @TextColumn(30) setl_id!: string;
  /** See SettlementRef. */
  @TextColumn(30) msgid!: string;
  /** Empty for a self-pay settlement. */
  @TextColumn(12) infno!: string;
  @TextColumn(16) kind!: SettlementKind;
  @TextColumn(16) status!: SettlementStatus;
  @BusinessTimeColumn() setl_time!: string;
  @BusinessTimeColumn() businessDate!: string;
  @TextColumn(6) insutype!: string;
  @TextColumn(6, { nullable: true }) clr_type!: string | null;
  @TextColumn(6, { nullable: true }) clr_way!: string | null;
  @TextColumn(6, { nullable: true }) clr_optins!: string | null;
  @TextColumn(6, { nullable: true }) hi_paymtd!: string | null;
  @FenColumn() medfee_sumamt!: Fen;
  @FenColumn() fulamt_ownpay_amt!: Fen;
  @FenColumn() overlmt_selfpay!: Fen;
  @FenColumn() preselfpay_amt!: Fen;
  @FenColumn() inscp_scp_amt!: Fen;
  @FenColumn() act_pay_dedc!: Fen;
  @FenColumn() hifp_pay!: Fen;
  @FenColumn() cvlserv_pay!: Fen;
  @FenColumn() hifes_pay!: Fen;
  @FenColumn() hifmi_pay!: Fen;
  @FenColumn() hifob_pay!: Fen;
  @FenColumn() hifdm_pay!: Fen;
  @FenColumn() maf_pay!: Fen;
  @FenColumn() oth_pay!: Fen;
  @FenColumn() fund_pay_sumamt!: Fen;
  @FenColumn() psn_part_amt!: Fen;
  @FenColumn() acct_pay!: Fen;
  @FenColumn() acct_mulaid_pay!: Fen;
  @FenColumn() psn_cash_pay!: Fen;
  @FenColumn() hosp_part_amt!: Fen;
  @FenColumn() balc!: Fen;
  @FenColumn() depositApplied!: Fen;
  @FenColumn() depositRefund!: Fen;
  @FenColumn() topUp!: Fen;
  /** The settlement's answer as decoded. */
  @EncryptedJsonColumn() raw!: object;
  @EpochMsColumn({ nullable: true }) cancelledAt!: number | null;
  /** msgid of the 2305 (or 2601) that undid it. */
  @TextColumn(30, { nullable: true }) cancelMsgid!: string | null;
  /** setl_id that the centre gave the refund record. */
  @TextColumn(30, { nullable: true }) cancelSetlId!: string | null;
}
