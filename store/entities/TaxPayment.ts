import { Entity, Index } from 'typeorm';
import type { Fen } from '../../domain/money';
import { BusinessTimeColumn, FenColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/**
 * A row of a payment file as it was posted to its levy, once for ever by receipt, row and kind. `0D` is a repetition that brought the
 * day of 入库 and moves no money.
 */
@Entity('tax_payment')
@Index('ix_tax_payment_levy', ['levyId'])
@Index('ix_tax_payment_file', ['fileId', 'chunkNo'])
export class TaxPayment {
  @PrimaryText(20) taxrpt_no!: string;
  @PrimaryText(20) taxrpt_row!: string;
  @PrimaryText(2) kind!: string;
  @IntegerColumn() levyId!: number;
  /** File and chunk by which it was posted. */
  @IntegerColumn() fileId!: number;
  @IntegerColumn() chunkNo!: number;
  /** Row of the file in which it came. */
  @IntegerColumn() rowNo!: number;
  /** File in which it came, where it was held there and posted by another. */
  @IntegerColumn({ nullable: true }) originFile!: number | null;
  @TextColumn(20, { nullable: true }) orig_taxrpt_no!: string | null;
  @TextColumn(20, { nullable: true }) orig_taxrpt_row!: string | null;
  @TextColumn(30, { nullable: true }) dcla_no!: string | null;
  @FenColumn() amtFen!: Fen;
  @FenColumn() inteFen!: Fen;
  @FenColumn() latefeeFen!: Fen;
  @FenColumn() paidFen!: Fen;
  @BusinessTimeColumn() clct_time!: string;
  @BusinessTimeColumn() ursn_date!: string;
  @BusinessTimeColumn() intsury_date!: string;
  @TextColumn(10) treasury!: string;
  /** Journal entry that carries it; null for rows without money. */
  @IntegerColumn({ nullable: true }) entryId!: number | null;
}
