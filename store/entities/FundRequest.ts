import { Entity, Index, Unique } from 'typeorm';
import type { FundKey } from '../../domain/clearing/funds';
import type { Fen } from '../../domain/money';
import { EpochMsColumn, FenColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** A request for funds (用款申请) that an order is paid from: moves money from the fiscal to the expenditure account. */
@Entity('fund_request')
@Unique('uq_fund_request_case', ['caseNo'])
@Unique('uq_fund_request_order', ['orderId'])
@Index('ix_fund_request_plan', ['city', 'planNo'])
export class FundRequest {
  @GeneratedId() id!: number;
  @TextColumn(100) caseNo!: string;
  /** Once the order is issued. */
  @IntegerColumn({ nullable: true }) orderId!: number | null;
  @TextColumn(6) city!: string;
  @TextColumn(24) fund!: FundKey;
  /** 用款计划号 */
  @TextColumn(40) planNo!: string;
  /** Asked for: all that the order might pay; granted: what it pays. */
  @FenColumn() amountFen!: Fen;
  @TextColumn(10) state!: 'requested' | 'granted' | 'void';
  @EpochMsColumn() at!: number;
}
