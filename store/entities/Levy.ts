import { Entity, Index } from 'typeorm';
import type { Part, PayerKind } from '../../domain/contribution/types';
import type { ClctType, LevyLine } from '../../domain/contribution/variants';
import type { Fen } from '../../domain/money';
import { BusinessTimeColumn, FenColumn, IntegerColumn, PrimaryInteger, TextColumn } from '../columns';

/**
 * A receivable (应收) as it is levied (征集), one row a payer, insurance, part and months. Of a unit, row_level 1 is what it
 * pays and row_level 2 is how that splits over its persons; only the first is ever paid. It exists once its batch has taken
 * effect. `levyNo` follows from the row (`domain/contribution/levy-no.ts`).
 */
@Entity('levy')
@Index('ix_levy_person', ['psnNo', 'insutype', 'cashym'])
@Index('ix_levy_unit', ['unitNo', 'cashym'])
export class Levy {
  @PrimaryInteger() id!: number;
  @TextColumn(100) batchId!: string;
  @TextColumn(6) division!: string;
  @TextColumn(2) line!: LevyLine;
  @TextColumn(1) payerKind!: PayerKind;
  @IntegerColumn() rowLevel!: number;
  @TextColumn(20, { nullable: true }) unitNo!: string | null;
  @TextColumn(20, { nullable: true }) psnNo!: string | null;
  @TextColumn(3) insutype!: string;
  @TextColumn(1) part!: Part;
  @TextColumn(2) clct_type!: ClctType;
  @TextColumn(10) levyItem!: string;
  @TextColumn(10) levySubitem!: string;
  /** 费款所属期, yyyyMM. */
  @IntegerColumn() cashym!: number;
  @IntegerColumn() accrym_begn!: number;
  @IntegerColumn() accrym_end!: number;
  @FenColumn() baseFen!: Fen;
  /** Percent with five decimals implied. */
  @IntegerColumn() rate!: number;
  @IntegerColumn() psncnt!: number;
  /** 应缴本金. */
  @FenColumn() amtFen!: Fen;
  /** 利息 assessed here. */
  @FenColumn() inteFen!: Fen;
  @BusinessTimeColumn() dueDate!: string;
  /** 交换状态: 10 已核定, 20 待发送审核, 30 已报盘, … */
  @IntegerColumn() exchange!: number;
  /** 缴费状态: 0 未缴, 60 部分缴费, 61 已缴(在途), … */
  @IntegerColumn() money!: number;
  /** Principal received, less what was voided or refunded. */
  @FenColumn() paidFen!: Fen;
  /** Batch (报盘) in which it waits or with which it left. */
  @TextColumn(100, { nullable: true }) sendBatch!: string | null;
  /** File in which it left last; set, tax may know it. */
  @IntegerColumn({ nullable: true }) sentFile!: number | null;
  /** 1: tax said that it has it. */
  @IntegerColumn({ nullable: true }) accepted!: number | null;
}
