import type { QueryRunner } from 'typeorm';
import { businessTime, createTable, generatedId, integer, nullable, text } from '../tables';

/** The daily reconciliation. */
export async function createReconciliationTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'reconciliation',
    [
      text('id', 80),
      text('institution', 30),
      businessTime('business_date'),
      integer('version'),
      text('workflow_id', 200),
      text('state', 16),
      integer('started_at'),
      nullable(integer('finished_at')),
    ],
    {
      primary: ['id'],
      unique: { uq_reconciliation_version: ['institution', 'business_date', 'version'] },
      indexes: { ix_reconciliation_state: ['institution', 'state'] },
    },
  );
  await createTable(
    runner,
    'reconciliation_group',
    [
      text('reconciliation_id', 80),
      text('insutype', 6),
      text('clr_type', 6),
      text('clr_optins', 6),
      integer('medfee_sumamt'),
      integer('fund_pay_sumamt'),
      integer('acct_pay'),
      integer('fixmedins_setl_cnt'),
      nullable(text('stmt_rslt', 12)),
      nullable(text('stmt_rslt_dscr', 500)),
      nullable(text('msgid', 30)),
    ],
    { primary: ['reconciliation_id', 'insutype', 'clr_type', 'clr_optins'] },
  );
  await createTable(
    runner,
    'reconciliation_difference',
    [
      generatedId(),
      text('reconciliation_id', 80),
      text('subject', 100),
      text('class', 16),
      text('state', 16),
      integer('round'),
      nullable(text('setl_id', 30)),
      nullable(text('msgid', 30)),
      nullable(text('mdtrt_id', 30)),
      nullable(text('psn_no', 30)),
      nullable(text('refd_setl_flag', 3)),
      nullable(integer('our_medfee_fen')),
      nullable(integer('our_fund_fen')),
      nullable(integer('our_account_fen')),
      nullable(integer('their_medfee_fen')),
      nullable(integer('their_fund_fen')),
      nullable(integer('their_account_fen')),
      nullable(text('memo', 500)),
      nullable(text('resolution', 500)),
      integer('updated_at'),
    ],
    {
      unique: { uq_reconciliation_difference: ['reconciliation_id', 'subject'] },
      indexes: { ix_reconciliation_difference_msgid: ['msgid'] },
    },
  );
}
