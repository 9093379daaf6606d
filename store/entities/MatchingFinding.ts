import { Entity } from 'typeorm';
import type { Fen } from '../../domain/money';
import { FenColumn, JsonColumn, PrimaryInteger, PrimaryText, TextColumn } from '../columns';

/** What the sides say under a key, by side; null where a side has nothing. */
export type SidesSaid = Readonly<Record<string, Readonly<Record<string, string | number>> | null>>;

/** What one run found under one key. It stays as it was found; the difference itself lives in MatchingDifference. */
@Entity('matching_finding')
export class MatchingFinding {
  @PrimaryInteger() runId!: number;
  @PrimaryText(32) differenceId!: string;
  /** Empty: the sides agree now, by a row that came late. */
  @TextColumn(40) code!: string;
  @TextColumn(160) groupText!: string;
  @TextColumn(240) keyText!: string;
  /** Columns in which the sides differ, separated by blanks. */
  @TextColumn(400) fields!: string;
  /** First side less the other that is farthest from it, all amounts together. */
  @FenColumn() fen!: Fen;
  @JsonColumn() sides!: SidesSaid;
}
