import { Entity, Index } from 'typeorm';
import type { Fen } from '../../domain/money';
import { FenColumn, PrimaryInteger, TextColumn } from '../columns';

/** A line of a journal entry: debit positive, credit negative, fen. */
@Entity('journal_line')
@Index('ix_journal_line_account', ['account', 'entryId'])
export class JournalLine {
  @PrimaryInteger() entryId!: number;
  @PrimaryInteger() lineNo!: number;
  @TextColumn(64) account!: string;
  @FenColumn() amountFen!: Fen;
}
