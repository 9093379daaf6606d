import { Entity } from 'typeorm';
import { PrimaryInteger } from '../columns';

/** From a settlement to the reversal and the deductions that correct it: few have any, so the settlement needs no index for them. */
@Entity('xr_settlement_correction', { withoutRowid: true })
export class XrSettlementCorrection {
  @PrimaryInteger() originalId!: number;
  @PrimaryInteger() correctionId!: number;
}
