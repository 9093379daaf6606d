import { Entity, Index } from 'typeorm';
import type { LineKind } from '../../domain/clearing/entry';
import type { FundKey } from '../../domain/clearing/funds';
import type { ClearingLine } from '../../domain/clearing/lines';
import type { Fen } from '../../domain/money';
import { FenColumn, IntegerColumn, PrimaryText } from '../columns';

/** One line of a clearing: what one city owes another by one fund, by kind. */
@Entity('xr_clearing_line')
@Index('ix_xr_clearing_line_receiving', ['batchId', 'receivingCity'])
export class XrClearingLine implements ClearingLine {
  @PrimaryText(24) batchId!: string;
  @PrimaryText(6) payingCity!: string;
  @PrimaryText(6) receivingCity!: string;
  @PrimaryText(6) insutype!: string;
  @PrimaryText(16) fund!: FundKey;
  @PrimaryText(10) kind!: LineKind;
  /** Fund parts counted; a settlement counts once in each fund that owes for it. */
  @IntegerColumn() count!: number;
  @FenColumn() fen!: Fen;
}
