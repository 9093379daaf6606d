import { Entity } from 'typeorm';
import type { Period } from '../../domain/clearing/period';
import { IntegerColumn, PrimaryText } from '../columns';

/** Which windows of a clearing office still take entries. Intake and generation lock this row against each other. */
@Entity('xr_clearing_office')
export class XrClearingOffice {
  @PrimaryText(6) office!: string;
  /** Earliest window that takes entries; 0 before the first clearing. */
  @IntegerColumn() firstOpenWindow!: Period;
}
