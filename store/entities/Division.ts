import { Entity, Index } from 'typeorm';
import { BusinessTimeColumn, PrimaryText, TextColumn } from '../columns';

export type DivisionLevel = 'province' | 'city' | 'county';

/**
 * A division (辖区) as it is from one day on: a change of its name or parent is a new row, the former one ends. Read a
 * tree with activities/people/divisions.ts, which takes the rows of a day.
 */
@Entity('division')
@Index('ix_division_parent', ['parent'])
export class Division {
  /** Six-digit admdvs. */
  @PrimaryText(6) code!: string;
  /** yyyy-MM-dd, from when it is so. */
  @PrimaryText(10) validFrom!: string;
  /** First day on which it is no longer so; null while it is. */
  @BusinessTimeColumn({ nullable: true }) validTo!: string | null;
  @TextColumn(60) name!: string;
  @TextColumn(16) level!: DivisionLevel;
  @TextColumn(6, { nullable: true }) parent!: string | null;
}
