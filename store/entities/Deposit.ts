import { Entity, Index, Unique } from 'typeorm';
import type { Fen } from '../../domain/money';
import { BusinessTimeColumn, FenColumn, GeneratedId, TextColumn } from '../columns';

export type DepositKind = 'received' | 'refunded' | 'applied' | 'topUp' | 'restored';
export type PaymentMethod = 'cash' | 'card' | 'wechat' | 'alipay' | 'transfer';

/** One movement of a patient's deposit (预交金). Amounts are positive; the kind says the direction. */
@Entity('deposit')
@Unique('uq_deposit_command', ['commandId', 'kind'])
@Index('ix_deposit_admission', ['admissionId', 'id'])
export class Deposit {
  @GeneratedId() id!: number;
  @TextColumn(80) admissionId!: string;
  @TextColumn(16) kind!: DepositKind;
  @FenColumn() amountFen!: Fen;
  @TextColumn(16, { nullable: true }) method!: PaymentMethod | null;
  @TextColumn(64, { nullable: true }) receiptNo!: string | null;
  @TextColumn(64) commandId!: string;
  @BusinessTimeColumn() at!: string;
}
