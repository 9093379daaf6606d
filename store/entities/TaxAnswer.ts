import { Entity, Index } from 'typeorm';
import { BusinessTimeColumn, IntegerColumn, PrimaryInteger, TextColumn } from '../columns';

/** What tax answered to one levy of a file (税务反馈). Its words are kept with the batch of the answer, encrypted. */
@Entity('tax_answer')
@Index('ix_tax_answer_file', ['fileId', 'rowNo'])
export class TaxAnswer {
  @PrimaryInteger() levyId!: number;
  @PrimaryInteger() fileId!: number;
  @IntegerColumn() rowNo!: number;
  /** 1 accepted, 2 refused. */
  @TextColumn(1) result!: string;
  /** Tax's reason code. */
  @TextColumn(6) code!: string;
  /** 应征凭证序号. */
  @TextColumn(30) dcla_no!: string;
  @TextColumn(20) taxrpt_no!: string;
  @BusinessTimeColumn() at!: string;
}
