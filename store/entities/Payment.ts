import { Entity, Index, Unique } from 'typeorm';
import type { FundKey } from '../../domain/clearing/funds';
import type { PaymentState } from '../../domain/disbursement/payment';
import type { Fen } from '../../domain/money';
import { BusinessTimeColumn, EncryptedTextColumn, EpochMsColumn, FenColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** A bank transfer of one fund from one agency to another, as the payer confirmed it (付款确认) and the receiver (收款确认). */
@Entity('payment')
@Unique('uq_payment_no', ['paymentNo'])
@Unique('uq_payment_receipt', ['receiptKey'])
@Index('ix_payment_payer', ['payer', 'paidOn', 'id'])
@Index('ix_payment_payee', ['payee', 'state', 'id'])
@Index('ix_payment_state', ['state', 'traceFrom'])
export class Payment {
  @GeneratedId() id!: number;
  /** `<payer>-FK-<yyyyMM>-<6 digits>`, gapless a payer and year. */
  @TextColumn(40) paymentNo!: string;
  @TextColumn(6) payer!: string;
  @TextColumn(6) payee!: string;
  /** As in its orders. */
  @TextColumn(12, { nullable: true }) institution!: string | null;
  @TextColumn(24) fund!: FundKey;
  /** Number of the bank's receipt (银行回单号). */
  @TextColumn(60) receiptNo!: string;
  /** Bank and receipt number, once only; null after 付款确认撤销, so that the same receipt can be entered rightly. */
  @TextColumn(80, { nullable: true }) receiptKey!: string | null;
  @BusinessTimeColumn() paidOn!: string;
  @FenColumn() amountFen!: Fen;
  @IntegerColumn() payerAccountId!: number;
  /** Confidential remark (附言) of the transfer. */
  @EncryptedTextColumn({ nullable: true }) remark!: string | null;
  @TextColumn(8) state!: PaymentState;
  @BusinessTimeColumn({ nullable: true }) receivedOn!: string | null;
  @BusinessTimeColumn({ nullable: true }) bouncedOn!: string | null;
  @TextColumn(200, { nullable: true }) bounceReason!: string | null;
  /** Day from which an unconfirmed receipt is traced. */
  @BusinessTimeColumn() traceFrom!: string;
  @TextColumn(100) paidCaseNo!: string;
  @TextColumn(100, { nullable: true }) receivedCaseNo!: string | null;
  @EpochMsColumn() at!: number;
}
