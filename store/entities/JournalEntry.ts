import { Entity, Index, Unique } from 'typeorm';
import { BusinessTimeColumn, EpochMsColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** A journal entry (分录). Never changed after it is posted; `digest` is a keyed hash of its content and place in the chain. */
@Entity('journal_entry')
@Unique('uq_journal_entry_key', ['entryKey'])
@Unique('uq_journal_entry_reverses', ['reverses'])
@Unique('uq_journal_entry_chain', ['institution', 'chainNo'])
@Index('ix_journal_entry_admission', ['admissionId', 'id'])
@Index('ix_journal_entry_day', ['institution', 'businessDate'])
export class JournalEntry {
  @GeneratedId() id!: number;
  @TextColumn(200) entryKey!: string;
  @TextColumn(30) institution!: string;
  /** Position in the institution's chain, from 1 without gaps. */
  @IntegerColumn() chainNo!: number;
  @TextColumn(80, { nullable: true }) admissionId!: string | null;
  @TextColumn(32) kind!: string;
  /** One Chinese phrase without personal data. */
  @TextColumn(200) memo!: string;
  @BusinessTimeColumn() businessDate!: string;
  @EpochMsColumn() postedAt!: number;
  /** Id of the entry that this one mirrors. */
  @IntegerColumn({ nullable: true }) reverses!: number | null;
  @TextColumn(64) digest!: string;
}
