import { Entity, Unique } from 'typeorm';
import { EpochMsColumn, PrimaryInteger, PrimaryText, TextColumn } from '../columns';

/** One print of a document (打印登记). The second and later ones are marked 补打 on paper. */
@Entity('document_print')
@Unique('uq_document_print_request', ['number', 'requestKey'])
export class DocumentPrint {
  @PrimaryText(40) number!: string;
  /** 1 for the first print. */
  @PrimaryInteger() printNo!: number;
  /** Idempotency key of the request that recorded it. */
  @TextColumn(64) requestKey!: string;
  @EpochMsColumn() at!: number;
  @TextColumn(64) by!: string;
  /** Mark across the page: 作废, 补打, or none. */
  @TextColumn(16, { nullable: true }) mark!: string | null;
}
