import { Entity } from 'typeorm';
import type { Fen } from '../../domain/money';
import { FenColumn, IntegerColumn, PrimaryInteger, PrimaryText } from '../columns';

/** A sum of a run by group, side and amount: the total where `code` is empty, else the part of it that has this name. */
@Entity('matching_total')
export class MatchingTotal {
  @PrimaryInteger() runId!: number;
  @PrimaryText(160) groupText!: string;
  @PrimaryText(40) side!: string;
  @PrimaryText(40) amount!: string;
  @PrimaryText(40) code!: string;
  @IntegerColumn() rowCount!: number;
  @FenColumn() fen!: Fen;
}
