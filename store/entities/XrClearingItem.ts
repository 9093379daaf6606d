import { Entity, Index } from 'typeorm';
import type { Period } from '../../domain/clearing/period';
import { EpochMsColumn, IntegerColumn, PrimaryInteger, PrimaryText, TextColumn } from '../columns';

/** `objected`: a city objects to it, not decided yet. `movedOut`: taken out to a later window. `kept`: the objection was not followed. */
export type XrItemState = 'objected' | 'movedOut' | 'kept';

/**
 * A settlement that a person decided about in a batch. What entered without one stands in the settlement itself
 * (`enteredWindow`, `entry`), so that a month of a million needs no second million of rows.
 */
@Entity('xr_clearing_item')
@Index('ix_xr_clearing_item_settlement', ['settlementId'])
export class XrClearingItem {
  @PrimaryText(24) batchId!: string;
  @PrimaryInteger() settlementId!: number;
  @TextColumn(10) state!: XrItemState;
  /** City that objects, and as what. */
  @TextColumn(6) city!: string;
  @TextColumn(10) side!: 'payable' | 'receivable';
  @TextColumn(20) reasonCode!: string;
  @TextColumn(200) reason!: string;
  /** Window to which it was moved, and the entry that it had before. */
  @IntegerColumn({ nullable: true }) movedTo!: Period | null;
  @TextColumn(10, { nullable: true }) entryBefore!: string | null;
  @TextColumn(40) byUser!: string;
  @EpochMsColumn() at!: number;
}
