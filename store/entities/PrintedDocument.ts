import { Entity, Index, Unique } from 'typeorm';
import type { DocumentKind } from '../../domain/documents/kinds';
import { EncryptedJsonColumn, EncryptedTextColumn, EpochMsColumn, IntegerColumn, PrimaryText, TextColumn } from '../columns';

/** A printed document (单据) as it was issued: its data is frozen. A void one keeps its number; the one in its place names it. */
@Entity('document')
@Unique('uq_document_subject', ['kind', 'subject', 'version'])
@Unique('uq_document_live', ['liveKey'])
@Index('ix_document_admdvs', ['admdvs', 'issuedAt', 'number'])
@Index('ix_document_party', ['party', 'issuedAt', 'number'])
@Index('ix_document_case', ['caseId'])
export class PrintedDocument {
  /** `<admdvs>-<letters>-<yyyymm>-<6 digits>`, gapless an office, kind and year. */
  @PrimaryText(40) number!: string;
  @TextColumn(24) kind!: DocumentKind;
  /** Office that issues it. */
  @TextColumn(6) admdvs!: string;
  /** The other office that it is for, which may read it too. */
  @TextColumn(6, { nullable: true }) party!: string | null;
  /** yyyy-MM, or yyyy of what concerns a year. */
  @TextColumn(7, { nullable: true }) period!: string | null;
  /** Fund (基金) of its money; null where it has none. */
  @TextColumn(24, { nullable: true }) fund!: string | null;
  @TextColumn(200, { nullable: true }) caseId!: string | null;
  /** What it is about, such as batch, city and fund; one live document a kind and subject. */
  @TextColumn(200) subject!: string;
  /** From 1 a kind and subject. */
  @IntegerColumn() version!: number;
  /** Kind and subject while it is live; null once void, so that another one may be issued. */
  @TextColumn(230, { nullable: true }) liveKey!: string | null;
  @EncryptedJsonColumn() data!: object;
  /** SHA-256 of the frozen data with its number. */
  @TextColumn(64) hash!: string;
  @EpochMsColumn() issuedAt!: number;
  @TextColumn(64) issuedBy!: string;
  @EpochMsColumn({ nullable: true }) voidedAt!: number | null;
  @TextColumn(64, { nullable: true }) voidedBy!: string | null;
  @EncryptedTextColumn({ nullable: true }) voidReason!: string | null;
  /** Number of the void document in whose place it stands. */
  @TextColumn(40, { nullable: true }) replaces!: string | null;
}
