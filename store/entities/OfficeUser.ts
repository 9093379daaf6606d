import { Entity, Index, Unique } from 'typeorm';
import { EncryptedTextColumn, EpochMsColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

export type OfficeUserStatus = 'active' | 'disabled';

/** An account of a person of the agency (经办人员). Accounts of one human share a personKey. */
@Entity('office_user')
@Unique('uq_office_user_login', ['loginName'])
@Unique('uq_office_user_subject', ['subject'])
@Index('ix_office_user_person', ['personKey'])
export class OfficeUser {
  @PrimaryText(40) id!: string;
  /** Lower case. */
  @TextColumn(40) loginName!: string;
  @EncryptedTextColumn() name!: string;
  /** The human behind the account: four eyes are counted by it. */
  @TextColumn(64) personKey!: string;
  /** Its personKey when it is linked to no other: keyed hash of the ID number, or of the account where none is known. */
  @TextColumn(64) ownPersonKey!: string;
  @TextColumn(16) status!: OfficeUserStatus;
  /** argon2id in its PHC form; null while the account has no password. */
  @TextColumn(200, { nullable: true }) passwordHash!: string | null;
  /** Set while the password is one that somebody else handed over; it counts until then. */
  @EpochMsColumn({ nullable: true }) passwordExpiresAt!: number | null;
  @EncryptedTextColumn({ nullable: true }) totpSecret!: string | null;
  /** A secret that was shown and not yet proved; it takes the place of the other when a code of it was entered. */
  @EncryptedTextColumn({ nullable: true }) totpPending!: string | null;
  /** When the person proved to have the secret. */
  @EpochMsColumn({ nullable: true }) totpConfirmedAt!: number | null;
  /** Last 30-second step whose code was used; no code counts twice. */
  @IntegerColumn({ nullable: true }) totpLastStep!: number | null;
  /** `sub` at the identity provider. */
  @TextColumn(200, { nullable: true }) subject!: string | null;
  /** Case that allows one activation code to be handed out; null when none does. */
  @TextColumn(200, { nullable: true }) activationCase!: string | null;
  @EpochMsColumn() createdAt!: number;
  @EpochMsColumn() updatedAt!: number;
}
