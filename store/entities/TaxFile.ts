import { Entity, Index, Unique } from 'typeorm';
import type { Fen } from '../../domain/money';
import type { OutcomeCode } from '../../domain/outcomes';
import type { TaxFileState } from '../../domain/tax/exchange';
import type { ItemCode, TaxLine } from '../../schemas/tax/items';
import { BusinessTimeColumn, EpochMsColumn, FenColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** A file exchanged with tax (医税交换文件). The same content is one row, however often it arrives. */
@Entity('tax_file')
@Unique('uq_tax_file_content', ['sm3'])
@Unique('uq_tax_file_serial', ['serialKey'])
@Index('ix_tax_file_division', ['division', 'id'])
@Index('ix_tax_file_state', ['direction', 'state'])
@Index('ix_tax_file_name', ['name'])
@Index('ix_tax_file_batch', ['batch_no'])
export class TaxFile {
  @GeneratedId() id!: number;
  @TextColumn(3) direction!: 'in' | 'out';
  @TextColumn(6) division!: string;
  @TextColumn(2) item!: ItemCode;
  @TextColumn(2) line!: TaxLine;
  /** 统筹区. */
  @TextColumn(6) poolarea_no!: string;
  @TextColumn(11) taxdept_code!: string;
  /** 费款所属期, yyyyMM. */
  @TextColumn(6) period!: string;
  /** Levy batch as headers name it; answers repeat it. Empty where a payment file names none. */
  @TextColumn(20) batch_no!: string;
  /** Day in its name, yyyy-MM-dd. */
  @TextColumn(10) day!: string;
  @IntegerColumn() file_sn!: number;
  /** Sender, item, line, day and serial; null where the file has no claim to its serial: it is held, or another has it. */
  @TextColumn(60, { nullable: true }) serialKey!: string | null;
  @TextColumn(100) name!: string;
  @IntegerColumn({ nullable: true }) bytes!: number | null;
  @IntegerColumn() total!: number;
  @FenColumn() amountFen!: Fen;
  /** SM3 of all bytes, hex; null before a file of ours is written. */
  @TextColumn(64, { nullable: true }) sm3!: string | null;
  @TextColumn(12) state!: TaxFileState;
  /** Why it is held, quarantined or waits. */
  @TextColumn(40, { nullable: true }) code!: OutcomeCode | null;
  /** One Chinese sentence without personal data. */
  @TextColumn(200, { nullable: true }) note!: string | null;
  /** The file that it answers. */
  @IntegerColumn({ nullable: true }) refFileId!: number | null;
  /** Batch that made it, or that works it. */
  @TextColumn(100, { nullable: true }) batchId!: string | null;
  /** Asia/Shanghai. */
  @BusinessTimeColumn() madeAt!: string;
  @EpochMsColumn() createdAt!: number;
  @EpochMsColumn({ nullable: true }) sentAt!: number | null;
  @EpochMsColumn({ nullable: true }) answeredAt!: number | null;
  /** How often the same content came. */
  @IntegerColumn() arrivals!: number;
}
