import { Entity } from 'typeorm';
import type { Fen } from '../../domain/money';
import { FenColumn, PrimaryInteger } from '../columns';

/** What one fund, the personal account included, owes for a settlement. Funds that owe nothing have no row. */
@Entity('xr_settlement_fund', { withoutRowid: true })
export class XrSettlementFund {
  @PrimaryInteger() settlementId!: number;
  /** Number of the fund (domain/clearing/funds.ts). */
  @PrimaryInteger() fundNo!: number;
  @FenColumn() fen!: Fen;
}
