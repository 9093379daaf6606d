import { Entity, Index, Unique } from 'typeorm';
import type { FundKey } from '../../domain/clearing/funds';
import type { Fen } from '../../domain/money';
import { EpochMsColumn, FenColumn, GeneratedId, IntegerColumn, TextColumn } from '../columns';

/** `annual` 年度调整, `emergency` 紧急调增 (temporary, until its year ends), `restored` by an undo, `expired` without the temporary part. */
export type QuotaKind = 'annual' | 'emergency' | 'restored' | 'expired';

/** A version of a city's prepayment quota (预付金额度) of a year and fund. The latest version of the latest year holds. */
@Entity('prepay_quota')
@Unique('uq_prepay_quota_version', ['city', 'fund', 'year', 'version'])
@Index('ix_prepay_quota_case', ['caseNo'])
@Index('ix_prepay_quota_province', ['province', 'year', 'city', 'fund'])
export class PrepayQuota {
  @GeneratedId() id!: number;
  @TextColumn(6) city!: string;
  @TextColumn(24) fund!: FundKey;
  @IntegerColumn() year!: number;
  /** From 1 a city, fund and year. */
  @IntegerColumn() version!: number;
  @TextColumn(6) province!: string;
  @TextColumn(12) kind!: QuotaKind;
  /** What the rule proposed, where one did. */
  @FenColumn({ nullable: true }) proposedFen!: Fen | null;
  /** Quota that held before this version, 0 for the first. */
  @FenColumn() beforeFen!: Fen;
  @FenColumn() quotaFen!: Fen;
  /** To pay in (above zero) or to be given back (below zero), as it was when the version was set. */
  @FenColumn() differenceFen!: Fen;
  @TextColumn(100) caseNo!: string;
  @EpochMsColumn() at!: number;
}
