import { Entity, Index } from 'typeorm';
import type { Category, PayerKind } from '../../domain/contribution/types';
import type { Fen } from '../../domain/money';
import { EncryptedJsonColumn, FenColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** Who a person is, as files to tax name him. */
export interface PersonIdentity {
  readonly psn_name: string;
  readonly cert_type: string;
  readonly certno: string;
}

/** A person in one insurance (参保人员), one version; a change is a new row of a later edition of its division's register. */
@Entity('contribution_person')
@Index('ix_contribution_person_population', ['division', 'payerKind', 'unitNo', 'psnNo', 'insutype'])
@Index('ix_contribution_person_no', ['psnNo', 'insutype', 'id'])
@Index('ix_contribution_person_edition', ['division', 'edition'])
export class ContributionPerson {
  @GeneratedId() id!: number;
  @TextColumn(20) psnNo!: string;
  @TextColumn(3) insutype!: string;
  @TextColumn(6) division!: string;
  @TextColumn(1) payerKind!: PayerKind;
  @TextColumn(20, { nullable: true }) unitNo!: string | null;
  @TextColumn(8) category!: Category;
  @FenColumn({ nullable: true }) baseFen!: Fen | null;
  /** yyyyMM. */
  @IntegerColumn() fromMonth!: number;
  @IntegerColumn({ nullable: true }) throughMonth!: number | null;
  @IntegerColumn() agreement!: number;
  @TextColumn(12, { nullable: true }) townCode!: string | null;
  /** Keyed hash of type and number of the credential. */
  @TextColumn(64) certHash!: string;
  @EncryptedJsonColumn() identity!: PersonIdentity;
  /** Edition (版次) of the division's register from which it holds. */
  @IntegerColumn() edition!: number;
  /** Edition from which it holds no more; null while nothing took its place. */
  @IntegerColumn({ nullable: true }) untilEdition!: number | null;
  /** Id of the version whose place it took. */
  @IntegerColumn({ nullable: true }) formerId!: number | null;
}
