import { Entity, Index } from 'typeorm';
import type { FundKey } from '../../domain/clearing/funds';
import { EpochMsColumn, PrimaryText, TextColumn } from '../columns';

/**
 * The prepayment pool (预付金池) of a city and fund. Its balance stands in the province's books, derived; this row is what
 * everyone locks who reads the balance in order to draw, fill or give back.
 */
@Entity('prepay_pool')
@Index('ix_prepay_pool_province', ['province', 'city', 'fund'])
export class PrepayPool {
  @PrimaryText(6) city!: string;
  @PrimaryText(24) fund!: FundKey;
  /** Whose books hold it. */
  @TextColumn(6) province!: string;
  @EpochMsColumn() openedAt!: number;
}
