import type { QueryRunner } from 'typeorm';
import { businessTime, createTable, encrypted, generatedId, integer, longText, nullable, text } from '../tables';

/** Bank accounts, agencies and issues. */
export async function createRegisterTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'bank_account',
    [
      generatedId(),
      text('owner', 12),
      text('division', 6),
      text('purpose', 12),
      integer('version'),
      text('holder', 100),
      text('bank_name', 100),
      text('bank_code', 12),
      encrypted('account_no'),
      text('account_hash', 64),
      text('tail', 4),
      businessTime('valid_from'),
      text('reviewed_by', 64),
      text('case_no', 100),
      integer('at'),
      nullable(integer('replaced_at')),
    ],
    {
      unique: { uq_bank_account_version: ['owner', 'purpose', 'version'] },
      indexes: { ix_bank_account_hash: ['account_hash'], ix_bank_account_division: ['division', 'owner', 'purpose'] },
    },
  );
  await createTable(
    runner,
    'agency',
    [
      generatedId(),
      text('agency_no', 12),
      integer('version'),
      text('division', 6),
      text('kind', 12),
      text('name', 100),
      text('address', 200),
      text('phone', 40),
      longText('services'),
      text('status', 8),
      businessTime('valid_from'),
      text('case_no', 100),
      integer('at'),
      nullable(integer('replaced_at')),
    ],
    { unique: { uq_agency_version: ['agency_no', 'version'] }, indexes: { ix_agency_division: ['division', 'agency_no'] } },
  );
  await createTable(
    runner,
    'coordination_issue',
    [
      generatedId(),
      text('case_id', 200),
      text('issue_no', 100),
      text('raised_by', 6),
      text('peer', 6),
      text('category', 16),
      text('urgency', 12),
      text('title', 100),
      text('state', 12),
      integer('rounds'),
      integer('opened_at'),
      integer('due_at'),
      nullable(integer('first_answered_at')),
      nullable(integer('answered_at')),
      nullable(integer('closed_at')),
    ],
    {
      unique: { uq_coordination_issue_case: ['case_id'] },
      indexes: {
        ix_coordination_issue_raised: ['raised_by', 'opened_at'],
        ix_coordination_issue_peer: ['peer', 'opened_at'],
      },
    },
  );
}
