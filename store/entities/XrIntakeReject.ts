import { Entity } from 'typeorm';
import { PrimaryInteger, TextColumn } from '../columns';

/** A line of an intake that was not taken, with the reason; its content is not kept. */
@Entity('xr_intake_reject')
export class XrIntakeReject {
  @PrimaryInteger() fileId!: number;
  @PrimaryInteger() line!: number;
  /** Code of domain/outcomes.ts. */
  @TextColumn(40) code!: string;
  @TextColumn(40) field!: string;
}
