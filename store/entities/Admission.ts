import { Entity, Index, Unique } from 'typeorm';
import type { Stage } from '../../domain/admission/types';
import type { Fen } from '../../domain/money';
import {
  BusinessTimeColumn,
  EncryptedJsonColumn,
  EncryptedTextColumn,
  EpochMsColumn,
  FenColumn,
  IntegerColumn,
  PrimaryText,
  TextColumn,
} from '../columns';

/** Read model of a stay (住院), rebuilt from workflow state. Its id is `institution/ipt_no/round`. */
@Entity('admission')
@Unique('uq_admission_round', ['institution', 'ipt_no', 'round'])
@Index('ix_admission_updated', ['institution', 'updatedAt', 'id'])
@Index('ix_admission_person', ['institution', 'personKey'])
@Index('ix_admission_due', ['dueAt'])
export class Admission {
  @PrimaryText(80) id!: string;
  @TextColumn(30) institution!: string;
  @TextColumn(30) ipt_no!: string;
  @IntegerColumn() round!: number;
  @TextColumn(200) workflowId!: string;
  @TextColumn(16) stage!: Stage;
  @TextColumn(64) profile!: string;
  @TextColumn(30, { nullable: true }) psn_no!: string | null;
  /** Keyed hash of the certificate number. */
  @TextColumn(64, { nullable: true }) personKey!: string | null;
  @EncryptedTextColumn({ nullable: true }) patientName!: string | null;
  @EncryptedTextColumn({ nullable: true }) certno!: string | null;
  @TextColumn(6, { nullable: true }) insutype!: string | null;
  @TextColumn(6, { nullable: true }) insuplc_admdvs!: string | null;
  @TextColumn(6) med_type!: string;
  @TextColumn(30, { nullable: true }) mdtrt_id!: string | null;
  @BusinessTimeColumn({ nullable: true }) admittedAt!: string | null;
  @BusinessTimeColumn({ nullable: true }) dischargedAt!: string | null;
  /** What the stay waits for, one Chinese phrase without personal data. */
  @TextColumn(200) waitsFor!: string;
  @EpochMsColumn({ nullable: true }) dueAt!: number | null;
  @FenColumn() medfeeFen!: Fen;
  @FenColumn() fundFen!: Fen;
  @FenColumn() depositFen!: Fen;
  /** The whole workflow state. */
  @EncryptedJsonColumn() state!: object;
  /** Input of 2401. */
  @EncryptedJsonColumn() form!: object;
  @IntegerColumn() version!: number;
  @EpochMsColumn() createdAt!: number;
  @EpochMsColumn() updatedAt!: number;
}
