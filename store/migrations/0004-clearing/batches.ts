import type { QueryRunner } from 'typeorm';
import { createTable, integer, longText, nullable, text } from '../tables';

/** Offices with their parameters, and the batches of a month with lines, pairs, receipts, items and confirmations. */
export async function createBatchTables(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'xr_clearing_office', [text('office', 6), integer('first_open_window')], { primary: ['office'] });
  await createTable(
    runner,
    'xr_clearing_parameters',
    [text('office', 6), integer('version'), integer('from_window'), longText('content'), text('case_id', 200), integer('approved_at')],
    { primary: ['office', 'version'], unique: { uq_xr_clearing_parameters_case: ['case_id'] } },
  );
  await createTable(
    runner,
    'xr_clearing_batch',
    [
      text('id', 24),
      text('office', 6),
      text('period', 7),
      text('status', 12),
      text('case_id', 200),
      text('case_no', 40),
      integer('parameters_version'),
      integer('items'),
      integer('moved_out'),
      integer('payable_fen'),
      nullable(text('digest', 64)),
      nullable(integer('generated_at')),
      nullable(integer('approved_at')),
    ],
    {
      primary: ['id'],
      unique: { uq_xr_clearing_batch_case: ['case_id'] },
      indexes: { ix_xr_clearing_batch_period: ['office', 'period', 'status'] },
    },
  );
  await createTable(runner, 'xr_clearing_chunk', [text('batch_id', 24), integer('from_id'), integer('through_id'), integer('items')], {
    primary: ['batch_id', 'from_id'],
  });
  await createSums(runner);
  await createDecisions(runner);
}

async function createSums(runner: QueryRunner): Promise<void> {
  const flow = [text('batch_id', 24), text('paying_city', 6), text('receiving_city', 6), text('insutype', 6)];
  await createTable(
    runner,
    'xr_clearing_line',
    [...flow, text('fund', 16), text('kind', 10), integer('count'), integer('fen')],
    {
      primary: ['batch_id', 'paying_city', 'receiving_city', 'insutype', 'fund', 'kind'],
      indexes: { ix_xr_clearing_line_receiving: ['batch_id', 'receiving_city'] },
    },
  );
  await createTable(
    runner,
    'xr_clearing_pair',
    [...flow, text('kind', 10), integer('settlements'), integer('medfee_fen'), integer('cash_fen')],
    { primary: ['batch_id', 'paying_city', 'receiving_city', 'insutype', 'kind'] },
  );
}

async function createDecisions(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'xr_clearing_item',
    [
      text('batch_id', 24),
      integer('settlement_id'),
      text('state', 10),
      text('city', 6),
      text('side', 10),
      text('reason_code', 20),
      text('reason', 200),
      nullable(integer('moved_to')),
      nullable(text('entry_before', 10)),
      text('by_user', 40),
      integer('at'),
    ],
    { primary: ['batch_id', 'settlement_id'], indexes: { ix_xr_clearing_item_settlement: ['settlement_id'] } },
  );
  await createTable(
    runner,
    'xr_clearing_confirmation',
    [
      text('batch_id', 24),
      text('city', 6),
      text('side', 10),
      text('state', 10),
      integer('fen'),
      text('digest', 64),
      nullable(text('by_user', 40)),
      integer('at'),
    ],
    { primary: ['batch_id', 'city', 'side'] },
  );
}
