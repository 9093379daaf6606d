import { Entity } from 'typeorm';
import { IntegerColumn, PrimaryText } from '../columns';

/**
 * The contribution register (缴费名册) of a division and its editions (版次): every confirmed change of many rows is one. A
 * version holds where `edition` lies from its own edition up to, not including, the one from which it holds no more; so all rows of
 * a change take effect by this one row. A division without a row stands at edition 0.
 */
@Entity('contribution_register')
export class ContributionRegister {
  @PrimaryText(6) division!: string;
  /** The one in effect. */
  @IntegerColumn() edition!: number;
  /** The last one that was handed out to a change under way. */
  @IntegerColumn() handedOut!: number;
}
