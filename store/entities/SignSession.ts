import { Entity } from 'typeorm';
import { EncryptedTextColumn, EpochMsColumn, PrimaryText, TextColumn } from '../columns';

/** Sign-in (9001) of one operator at one institution; the lease lets one process at a time sign in. */
@Entity('sign_session')
export class SignSession {
  @PrimaryText(30) institution!: string;
  @PrimaryText(64) opter!: string;
  @EncryptedTextColumn({ nullable: true }) sign_no!: string | null;
  @EpochMsColumn({ nullable: true }) signedAt!: number | null;
  @EpochMsColumn({ nullable: true }) expiresAt!: number | null;
  @TextColumn(64, { nullable: true }) leaseHolder!: string | null;
  @EpochMsColumn({ nullable: true }) leaseUntil!: number | null;
}
