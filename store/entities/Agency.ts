import { Entity, Index, Unique } from 'typeorm';
import type { AgencyKind } from '../../domain/disbursement/agency';
import { BusinessTimeColumn, EpochMsColumn, GeneratedId, IntegerColumn, JsonColumn, TextColumn } from '../columns';

/** A version of an agency (经办机构), or of an institution open to cross-region care; the newest one holds. */
@Entity('agency')
@Unique('uq_agency_version', ['agencyNo', 'version'])
@Index('ix_agency_division', ['division', 'agencyNo'])
export class Agency {
  @GeneratedId() id!: number;
  /** Division code of an agency, fixmedins_code of an institution. */
  @TextColumn(12) agencyNo!: string;
  @IntegerColumn() version!: number;
  @TextColumn(6) division!: string;
  @TextColumn(12) kind!: AgencyKind;
  @TextColumn(100) name!: string;
  @TextColumn(200) address!: string;
  @TextColumn(40) phone!: string;
  /** Kinds of cross-region care that are open there, by med_type. */
  @JsonColumn() services!: readonly string[];
  @TextColumn(8) status!: 'open' | 'closed';
  @BusinessTimeColumn() validFrom!: string;
  @TextColumn(100) caseNo!: string;
  @EpochMsColumn() at!: number;
  @EpochMsColumn({ nullable: true }) replacedAt!: number | null;
}
