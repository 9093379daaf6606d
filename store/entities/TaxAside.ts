import { Entity, Index } from 'typeorm';
import type { Fen } from '../../domain/money';
import type { OutcomeCode } from '../../domain/outcomes';
import type { AsideSort } from '../../domain/tax/exchange';
import type { PaymentFacts } from '../../domain/tax/levy';
import { EpochMsColumn, FenColumn, GeneratedId, IntegerColumn, JsonColumn, TextColumn } from '../columns';

/** A payment row that is posted to no levy (挂起缴费行): without a receivable, waiting for what it belongs to, or a difference for a person. */
@Entity('tax_aside')
@Index('ix_tax_aside_division', ['division', 'sort', 'id'])
@Index('ix_tax_aside_receipt', ['taxrpt_no'])
@Index('ix_tax_aside_levy', ['levyId'])
@Index('ix_tax_aside_file', ['fileId', 'chunkNo'])
export class TaxAside {
  @GeneratedId() id!: number;
  @TextColumn(6) division!: string;
  @TextColumn(9) sort!: AsideSort;
  @TextColumn(40) code!: OutcomeCode;
  @TextColumn(30) levy_no!: string;
  @IntegerColumn({ nullable: true }) levyId!: number | null;
  @TextColumn(3) insutype!: string;
  @TextColumn(1) part!: string;
  @TextColumn(20) taxrpt_no!: string;
  @TextColumn(20) taxrpt_row!: string;
  @TextColumn(2) kind!: string;
  @FenColumn() paidFen!: Fen;
  /** The row as far as money goes; null where it could not be read. */
  @JsonColumn({ nullable: true }) facts!: PaymentFacts | null;
  /** File, chunk and row in which it came. */
  @IntegerColumn() fileId!: number;
  @IntegerColumn() chunkNo!: number;
  @IntegerColumn() rowNo!: number;
  /** File of answers that took it off its levy. */
  @IntegerColumn({ nullable: true }) movedBy!: number | null;
  /** Until when a held row may wait. */
  @EpochMsColumn({ nullable: true }) until!: number | null;
  /** Journal entry that carries it; held rows and differences are not booked. */
  @IntegerColumn({ nullable: true }) entryId!: number | null;
  @EpochMsColumn() createdAt!: number;
}
