import { Entity, Index, Unique } from 'typeorm';
import type { FundKey } from '../../domain/clearing/funds';
import type { Fen } from '../../domain/money';
import { FenColumn, GeneratedId, PrimaryInteger, TextColumn } from '../columns';

/**
 * What a care city has to pay one institution by one fund for the insured of one city, by an approved clearing. Below zero
 * where corrections outweigh: then it is kept back from what the institution gets else.
 */
@Entity('xr_institution_due')
@Unique('uq_xr_institution_due', ['batchId', 'city', 'fund', 'institution', 'payingCity', 'insutype'])
@Index('ix_xr_institution_due_institution', ['city', 'institution', 'fund'])
export class XrInstitutionDue {
  @GeneratedId() id!: number;
  @TextColumn(24) batchId!: string;
  /** City of the care (就医地). */
  @TextColumn(6) city!: string;
  /** fixmedins_code */
  @TextColumn(12) institution!: string;
  /** City of the insured (参保地). */
  @TextColumn(6) payingCity!: string;
  @TextColumn(6) insutype!: string;
  @TextColumn(16) fund!: FundKey;
  @FenColumn() fen!: Fen;
  /** Part that standing orders were made for, or kept back: between zero and `fen`. */
  @FenColumn() orderedFen!: Fen;
}

/** What an order pays of a due, or keeps back for one below zero. */
@Entity('xr_institution_due_part')
export class XrInstitutionDuePart {
  @PrimaryInteger() orderId!: number;
  @PrimaryInteger() dueId!: number;
  @FenColumn() fen!: Fen;
}
