import type { QueryRunner } from 'typeorm';
import { businessTime, createTable, generatedId, integer, nullable, text } from '../tables';

/** The ledger. */
export async function createLedgerTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'journal_entry',
    [
      generatedId(),
      text('entry_key', 200),
      text('institution', 30),
      integer('chain_no'),
      nullable(text('admission_id', 80)),
      text('kind', 32),
      text('memo', 200),
      businessTime('business_date'),
      integer('posted_at'),
      nullable(integer('reverses')),
      text('digest', 64),
    ],
    {
      unique: {
        uq_journal_entry_key: ['entry_key'],
        uq_journal_entry_reverses: ['reverses'],
        uq_journal_entry_chain: ['institution', 'chain_no'],
      },
      indexes: {
        ix_journal_entry_admission: ['admission_id', 'id'],
        ix_journal_entry_day: ['institution', 'business_date'],
      },
    },
  );
  await createTable(
    runner,
    'journal_line',
    [integer('entry_id'), integer('line_no'), text('account', 64), integer('amount_fen')],
    { primary: ['entry_id', 'line_no'], indexes: { ix_journal_line_account: ['account', 'entry_id'] } },
  );
  await createTable(
    runner,
    'journal_head',
    [text('institution', 30), integer('last_no'), text('last_digest', 64)],
    { primary: ['institution'] },
  );
}
