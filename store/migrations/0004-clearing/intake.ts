import type { QueryRunner } from 'typeorm';
import { businessTime, createTable, generatedId, integer, nullable, text } from '../tables';

/** Settlements of people of other cities with what each fund owes, and the files that they came by. */
export async function createIntakeTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'xr_settlement',
    [
      generatedId(),
      text('record_type', 1),
      text('setl_id', 30),
      text('msgid', 30),
      text('office', 6),
      text('paying_city', 6),
      text('receiving_city', 6),
      text('county', 6),
      text('fixmedins_code', 12),
      text('person_hash', 32),
      text('insutype', 6),
      text('med_type', 6),
      businessTime('setl_time'),
      text('business_date', 10),
      text('reconciled_date', 10),
      nullable(text('dise_codg', 30)),
      integer('medfee_sumamt'),
      integer('psn_cash_pay'),
      integer('fulamt_ownpay_amt'),
      integer('overlmt_selfpay'),
      integer('preselfpay_amt'),
      integer('inscp_scp_amt'),
      text('status', 10),
      nullable(integer('reversal_of')),
      integer('entered_window'),
      text('entry', 10),
    ],
    {
      unique: { uq_xr_settlement_setl: ['receiving_city', 'setl_id'] },
      indexes: { ix_xr_settlement_window: ['office', 'entered_window', 'paying_city', 'receiving_city', 'id'] },
    },
  );
  await createTable(runner, 'xr_settlement_fund', [integer('settlement_id'), integer('fund_no'), integer('fen')], {
    primary: ['settlement_id', 'fund_no'],
    clustered: true,
  });
  await createTable(runner, 'xr_settlement_correction', [integer('original_id'), integer('correction_id')], {
    primary: ['original_id', 'correction_id'],
    clustered: true,
  });
  await createTable(
    runner,
    'xr_intake_file',
    [
      generatedId(),
      text('content_hash', 64),
      text('format', 10),
      text('division', 6),
      text('received_by', 40),
      integer('received_at'),
      text('state', 10),
      integer('announced'),
      integer('lines'),
      integer('accepted'),
      integer('rejected'),
      integer('medfee_fen'),
    ],
    { unique: { uq_xr_intake_file_content: ['content_hash'] }, indexes: { ix_xr_intake_file_received: ['received_at', 'id'] } },
  );
  await createTable(runner, 'xr_intake_reject', [integer('file_id'), integer('line'), text('code', 40), text('field', 40)], {
    primary: ['file_id', 'line'],
  });
}
