import { Entity, Index, Unique } from 'typeorm';
import type { FundKey } from '../../domain/clearing/funds';
import type { OrderKind, OrderState, StopReason } from '../../domain/disbursement/payment';
import type { Fen } from '../../domain/money';
import { BusinessTimeColumn, EpochMsColumn, FenColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/**
 * What one agency has to pay by one fund (付款单): a disbursement (拨付), its passing on to the care place (转付), what the care place
 * pays an institution (拨付定点机构), or a prepayment paid in (上缴) or given back (退还). A void order keeps its number.
 */
@Entity('payment_order')
@Unique('uq_payment_order_no', ['orderNo'])
@Index('ix_payment_order_payer', ['payer', 'state', 'id'])
@Index('ix_payment_order_payee', ['payee', 'state', 'id'])
@Index('ix_payment_order_city', ['city', 'fund', 'period'])
@Index('ix_payment_order_case', ['caseNo'])
@Index('ix_payment_order_account', ['payeeAccountId', 'state'])
export class PaymentOrder {
  @GeneratedId() id!: number;
  /** `<payer>-<letters>-<yyyyMM>-<6 digits>`, gapless a payer, kind and year. */
  @TextColumn(40) orderNo!: string;
  @TextColumn(8) kind!: OrderKind;
  @TextColumn(6) payer!: string;
  /** Of an order to an institution: the payer itself, whose people confirm what the institution has received. */
  @TextColumn(6) payee!: string;
  /** fixmedins_code of the institution that is paid; null between agencies. */
  @TextColumn(12, { nullable: true }) institution!: string | null;
  /** The city that it is about: payer of a disbursement, owner of a pool, care place of a 转付. */
  @TextColumn(6) city!: string;
  @TextColumn(24) fund!: FundKey;
  /** yyyy-MM: month of the clearing, or of the prepayment's decision. */
  @TextColumn(7) period!: string;
  /** Clearing batch (清算批次); null for prepayment. */
  @TextColumn(24, { nullable: true }) batchId!: string | null;
  @FenColumn() payableFen!: Fen;
  @FenColumn() deductionFen!: Fen;
  @FenColumn() reserveFen!: Fen;
  @FenColumn() drawnFen!: Fen;
  /** 实拨: payable − deduction − reserve − drawn. */
  @FenColumn() dueFen!: Fen;
  /** Sum of its parts of payments that stand, confirmed by the payer; of those, confirmed by the receiver. */
  @FenColumn() paidFen!: Fen;
  @FenColumn() receivedFen!: Fen;
  /** Version of the account that the approval was about. */
  @IntegerColumn() payeeAccountId!: number;
  /** 支出科目 */
  @TextColumn(40, { nullable: true }) subject!: string | null;
  @BusinessTimeColumn() dueDate!: string;
  @TextColumn(8) state!: OrderState;
  @TextColumn(16, { nullable: true }) stopReason!: StopReason | null;
  @TextColumn(100) caseNo!: string;
  @EpochMsColumn() issuedAt!: number;
  @EpochMsColumn({ nullable: true }) voidedAt!: number | null;
}
