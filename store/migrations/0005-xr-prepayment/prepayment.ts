import type { QueryRunner } from 'typeorm';
import { createTable, decimalText, generatedId, integer, nullable, text } from '../tables';

/** Pools, quota versions and use-rate warnings. */
export async function createPrepaymentTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'prepay_pool',
    [text('city', 6), text('fund', 24), text('province', 6), integer('opened_at')],
    { primary: ['city', 'fund'], indexes: { ix_prepay_pool_province: ['province', 'city', 'fund'] } },
  );
  await createTable(
    runner,
    'prepay_quota',
    [
      generatedId(),
      text('city', 6),
      text('fund', 24),
      integer('year'),
      integer('version'),
      text('province', 6),
      text('kind', 12),
      nullable(integer('proposed_fen')),
      integer('before_fen'),
      integer('quota_fen'),
      integer('difference_fen'),
      text('case_no', 100),
      integer('at'),
    ],
    {
      unique: { uq_prepay_quota_version: ['city', 'fund', 'year', 'version'] },
      indexes: { ix_prepay_quota_case: ['case_no'], ix_prepay_quota_province: ['province', 'year', 'city', 'fund'] },
    },
  );
  await createTable(
    runner,
    'prepay_warning',
    [
      generatedId(),
      text('city', 6),
      text('fund', 24),
      text('period', 7),
      text('level', 8),
      integer('clearing_fen'),
      integer('held_fen'),
      nullable(decimalText('rate')),
      integer('at'),
    ],
    { unique: { uq_prepay_warning_level: ['city', 'fund', 'period', 'level'] } },
  );
}
