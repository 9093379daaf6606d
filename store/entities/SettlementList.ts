import { Entity } from 'typeorm';
import { EpochMsColumn, PrimaryInteger, TextColumn } from '../columns';

export type SettlementListState = 'uploaded' | 'submitted' | 'withdrawn';

/** Fund settlement list (结算清单) of a settlement. */
@Entity('settlement_list')
export class SettlementList {
  @PrimaryInteger() settlementId!: number;
  @TextColumn(30) setl_list_id!: string;
  @TextColumn(16) state!: SettlementListState;
  @EpochMsColumn() updatedAt!: number;
}
