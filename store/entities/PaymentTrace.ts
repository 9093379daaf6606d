import { Entity, Index, Unique } from 'typeorm';
import { EpochMsColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** A payment that its receiver did not confirm in time (追查). One at a time a payment. */
@Entity('payment_trace')
@Unique('uq_payment_trace_payment', ['paymentId'])
@Index('ix_payment_trace_state', ['state', 'openedAt'])
export class PaymentTrace {
  @GeneratedId() id!: number;
  @IntegerColumn() paymentId!: number;
  @TextColumn(8) state!: 'open' | 'closed';
  @EpochMsColumn() openedAt!: number;
  @EpochMsColumn({ nullable: true }) closedAt!: number | null;
  /** How it ended: the state of the payment that closed it. */
  @TextColumn(8, { nullable: true }) result!: string | null;
}
