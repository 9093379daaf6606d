import { Entity } from 'typeorm';
import { EncryptedJsonColumn, EpochMsColumn, PrimaryInteger, PrimaryText } from '../columns';

/** How a step of a workflow ended, committed with its business rows; a retried activity returns it and does nothing. */
@Entity('step_receipt')
export class StepReceipt {
  @PrimaryText(200) workflowId!: string;
  @PrimaryText(64) commandId!: string;
  @PrimaryText(64) step!: string;
  @PrimaryInteger() ordinal!: number;
  @EncryptedJsonColumn() outcome!: object;
  @EpochMsColumn() at!: number;
}
