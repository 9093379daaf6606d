import { Entity } from 'typeorm';
import { IntegerColumn, PrimaryInteger, PrimaryText } from '../columns';

/** Last serial number of printed documents of an office, kind and year, without gaps. */
@Entity('document_counter')
export class DocumentCounter {
  @PrimaryText(6) admdvs!: string;
  /** Letters of the kind in the number. */
  @PrimaryText(4) letters!: string;
  @PrimaryInteger() year!: number;
  @IntegerColumn() serial!: number;
}
