import { Entity, Index } from 'typeorm';
import type { Fen } from '../../domain/money';
import { FenColumn, PrimaryInteger } from '../columns';

/** What a payment pays of a line of an order. */
@Entity('payment_split')
@Index('ix_payment_split_order', ['orderId'])
export class PaymentSplit {
  @PrimaryInteger() paymentId!: number;
  @PrimaryInteger() orderId!: number;
  @PrimaryInteger() lineNo!: number;
  @FenColumn() fen!: Fen;
}
