import { Entity } from 'typeorm';
import { IntegerColumn, PrimaryInteger, PrimaryText } from '../columns';

/** Last serial number of cases, or batches, of a division, definition or kind, and year (办件流水号), without gaps. */
@Entity('case_counter')
export class CaseCounter {
  @PrimaryText(6) division!: string;
  @PrimaryText(64) definition!: string;
  @PrimaryInteger() year!: number;
  @IntegerColumn() serial!: number;
}
