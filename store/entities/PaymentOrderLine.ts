import { Entity, Index } from 'typeorm';
import type { Fen } from '../../domain/money';
import { FenColumn, PrimaryInteger, TextColumn } from '../columns';

/** A line of an order: one payable of a clearing. Orders of prepayment have one line without a payable. */
@Entity('payment_order_line')
@Index('ix_payment_order_line_payable', ['payableId'])
export class PaymentOrderLine {
  @PrimaryInteger() orderId!: number;
  /** From 1. */
  @PrimaryInteger() lineNo!: number;
  @TextColumn(32, { nullable: true }) payableId!: string | null;
  @TextColumn(6) payingCity!: string;
  @TextColumn(6) receivingCity!: string;
  @TextColumn(6, { nullable: true }) insutype!: string | null;
  @FenColumn() payableFen!: Fen;
  @FenColumn() deductionFen!: Fen;
  @FenColumn() reserveFen!: Fen;
  @FenColumn() drawnFen!: Fen;
  @FenColumn() dueFen!: Fen;
  @FenColumn() paidFen!: Fen;
  @FenColumn() receivedFen!: Fen;
}
