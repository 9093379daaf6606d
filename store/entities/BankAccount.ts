import { Entity, Index, Unique } from 'typeorm';
import type { AccountPurpose } from '../../domain/disbursement/bank-account';
import { BusinessTimeColumn, EncryptedTextColumn, EpochMsColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** A reviewed version of a bank account (银行账户) of an agency or institution for a purpose; the newest one holds. */
@Entity('bank_account')
@Unique('uq_bank_account_version', ['owner', 'purpose', 'version'])
@Index('ix_bank_account_hash', ['accountHash'])
@Index('ix_bank_account_division', ['division', 'owner', 'purpose'])
export class BankAccount {
  @GeneratedId() id!: number;
  /** Division of an agency, or fixmedins_code of an institution. */
  @TextColumn(12) owner!: string;
  /** Division that maintains it. */
  @TextColumn(6) division!: string;
  @TextColumn(12) purpose!: AccountPurpose;
  @IntegerColumn() version!: number;
  @TextColumn(100) holder!: string;
  @TextColumn(100) bankName!: string;
  /** 联行号 */
  @TextColumn(12) bankCode!: string;
  @EncryptedTextColumn() accountNo!: string;
  /** Keyed hash of the number, by which it is found. */
  @TextColumn(64) accountHash!: string;
  /** Last four digits. */
  @TextColumn(4) tail!: string;
  @BusinessTimeColumn() validFrom!: string;
  /** Person who reviewed it: nobody pays to an account that nobody reviewed. */
  @TextColumn(64) reviewedBy!: string;
  @TextColumn(100) caseNo!: string;
  @EpochMsColumn() at!: number;
  /** When a later version took its place. */
  @EpochMsColumn({ nullable: true }) replacedAt!: number | null;
}
