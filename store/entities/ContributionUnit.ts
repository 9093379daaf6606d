import { Entity, Index } from 'typeorm';
import { GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** A unit that pays contributions (参保单位), one version; a change is a new row of a later edition of its division's register. */
@Entity('contribution_unit')
@Index('ix_contribution_unit_no', ['unitNo', 'division', 'edition'])
@Index('ix_contribution_unit_division', ['division', 'unitNo'])
@Index('ix_contribution_unit_edition', ['division', 'edition'])
export class ContributionUnit {
  @GeneratedId() id!: number;
  @TextColumn(20) unitNo!: string;
  @TextColumn(6) division!: string;
  @TextColumn(100) name!: string;
  @TextColumn(18) uscc!: string;
  /** 社保费登记序号, given by tax; null until it is. */
  @TextColumn(20, { nullable: true }) taxRegNo!: string | null;
  @TextColumn(11) taxdept_code!: string;
  /** 1: a special unit (特殊单位), assessed by itself. */
  @IntegerColumn() special!: number;
  /** 1: has a tripartite agreement and may be debited in bulk. */
  @IntegerColumn() agreement!: number;
  /** Edition (版次) of the division's register from which it holds. */
  @IntegerColumn() edition!: number;
  /** Edition from which it holds no more; null while nothing took its place. */
  @IntegerColumn({ nullable: true }) untilEdition!: number | null;
  /** Id of the version whose place it took. */
  @IntegerColumn({ nullable: true }) formerId!: number | null;
}
