import { Entity } from 'typeorm';
import { EncryptedTextColumn, PrimaryText, TextColumn } from '../columns';

/** Proof that this database was written with the key ring in use: a known text, encrypted and hashed. One row. */
@Entity('key_proof')
export class KeyProof {
  @PrimaryText(16) name!: string;
  @EncryptedTextColumn() sample!: string;
  @TextColumn(64) sampleHash!: string;
}
