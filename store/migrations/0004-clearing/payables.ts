import type { QueryRunner } from 'typeorm';
import { createTable, integer, text } from '../tables';

/** What cities have to pay each other, and what care places claim. */
export async function createPayableTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'xr_payable',
    [
      text('id', 32),
      text('batch_id', 24),
      text('office', 6),
      text('period', 7),
      text('paying_city', 6),
      text('receiving_city', 6),
      text('insutype', 6),
      text('fund', 16),
      integer('fen'),
      integer('drawn_fen'),
      integer('paid_fen'),
      text('status', 8),
      integer('created_at'),
    ],
    {
      primary: ['id'],
      unique: { uq_xr_payable_flow: ['batch_id', 'paying_city', 'receiving_city', 'insutype', 'fund'] },
      indexes: {
        ix_xr_payable_paying: ['paying_city', 'period', 'status'],
        ix_xr_payable_receiving: ['receiving_city', 'period', 'status'],
      },
    },
  );
  await createTable(
    runner,
    'xr_month_claim',
    [
      text('case_id', 200),
      text('period', 7),
      text('city', 6),
      text('fixmedins_code', 12),
      integer('version'),
      integer('claimed_count'),
      integer('claimed_fen'),
      integer('reconciled_count'),
      integer('reconciled_fen'),
      integer('accepted_at'),
    ],
    {
      primary: ['case_id'],
      unique: { uq_xr_month_claim_subject: ['period', 'city', 'fixmedins_code', 'version'] },
      indexes: { ix_xr_month_claim_city: ['city', 'period'] },
    },
  );
}
