import { Entity } from 'typeorm';
import { IntegerColumn, PrimaryText, TextColumn } from '../columns';

/** End of an institution's chain of journal entries; locked while an entry is posted. */
@Entity('journal_head')
export class JournalHead {
  @PrimaryText(30) institution!: string;
  @IntegerColumn() lastNo!: number;
  @TextColumn(64) lastDigest!: string;
}
