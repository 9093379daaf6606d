import { Entity, Unique } from 'typeorm';
import type { FundKey } from '../../domain/clearing/funds';
import type { Fen } from '../../domain/money';
import { DecimalTextColumn, EpochMsColumn, FenColumn, GeneratedId, TextColumn } from '../columns';

/** A use-rate warning (使用率预警): raised once a city, fund, month and level. */
@Entity('prepay_warning')
@Unique('uq_prepay_warning_level', ['city', 'fund', 'period', 'level'])
export class PrepayWarning {
  @GeneratedId() id!: number;
  @TextColumn(6) city!: string;
  @TextColumn(24) fund!: FundKey;
  /** yyyy-MM */
  @TextColumn(7) period!: string;
  @TextColumn(8) level!: 'yellow' | 'red';
  @FenColumn() clearingFen!: Fen;
  @FenColumn() heldFen!: Fen;
  /** Null where the pool held nothing. */
  @DecimalTextColumn({ nullable: true }) rate!: string | null;
  @EpochMsColumn() at!: number;
}
