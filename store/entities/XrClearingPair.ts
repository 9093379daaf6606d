import { Entity } from 'typeorm';
import type { LineKind } from '../../domain/clearing/entry';
import type { Fen } from '../../domain/money';
import { FenColumn, IntegerColumn, PrimaryText } from '../columns';

/** What the settlements behind a pair of cities are in all, whichever fund paid: 人次, 医疗费总额, 现金 (shown, never owed). */
@Entity('xr_clearing_pair')
export class XrClearingPair {
  @PrimaryText(24) batchId!: string;
  @PrimaryText(6) payingCity!: string;
  @PrimaryText(6) receivingCity!: string;
  @PrimaryText(6) insutype!: string;
  @PrimaryText(10) kind!: LineKind;
  @IntegerColumn() settlements!: number;
  @FenColumn() medfeeFen!: Fen;
  @FenColumn() cashFen!: Fen;
}
