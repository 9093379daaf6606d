import { Entity, Unique } from 'typeorm';
import { EpochMsColumn, PrimaryInteger, TextColumn } from '../columns';

/** One print of a settlement sheet (结算单打印登记). The second and later ones are marked 补打 on paper. */
@Entity('sheet_print')
@Unique('uq_sheet_print_request', ['settlementId', 'requestKey'])
export class SheetPrint {
  @PrimaryInteger() settlementId!: number;
  /** 1 for the first print. */
  @PrimaryInteger() printNo!: number;
  /** Idempotency key of the request that recorded it. */
  @TextColumn(64) requestKey!: string;
  @TextColumn(30) operatorId!: string;
  @EpochMsColumn() printedAt!: number;
}
