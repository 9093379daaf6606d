import { Entity, Unique } from 'typeorm';
import type { ClearingParameters } from '../../domain/clearing/parameters';
import type { Period } from '../../domain/clearing/period';
import { EpochMsColumn, IntegerColumn, JsonColumn, PrimaryInteger, PrimaryText, TextColumn } from '../columns';

/** A version of an office's clearing parameters (月度清算参数), in force from a window on until a later version. Never changed. */
@Entity('xr_clearing_parameters')
@Unique('uq_xr_clearing_parameters_case', ['caseId'])
export class XrClearingParameters {
  @PrimaryText(6) office!: string;
  @PrimaryInteger() version!: number;
  @IntegerColumn() fromWindow!: Period;
  @JsonColumn() content!: ClearingParameters;
  @TextColumn(200) caseId!: string;
  @EpochMsColumn() approvedAt!: number;
}
