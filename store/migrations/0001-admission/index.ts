import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable } from '../tables';
import { createAdmissionTables } from './admissions';
import { createLedgerTables } from './ledger';
import { createMessageTables } from './messages';
import { createProgramTables } from './program';
import { createReconciliationTables } from './reconciliations';
import { createSettlementTables } from './settlements';

/** See note.md beside this file. */
export class Admission0001 implements MigrationInterface {
  readonly name = '0001-admission';

  async up(runner: QueryRunner): Promise<void> {
    await createProgramTables(runner);
    await createMessageTables(runner);
    await createAdmissionTables(runner);
    await createSettlementTables(runner);
    await createLedgerTables(runner);
    await createReconciliationTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await dropTable(runner, table);
  }
}

const TABLES = [
  'reconciliation_difference',
  'reconciliation_group',
  'reconciliation',
  'journal_head',
  'journal_line',
  'journal_entry',
  'sheet_print',
  'settlement_list',
  'settlement_fund',
  'settlement',
  'deposit',
  'fee_line',
  'fee_upload',
  'abnormal_item',
  'timeline_event',
  'admission',
  'sign_session',
  'msgid_counter',
  'message',
  'step_receipt',
  'command',
  'key_proof',
] as const;
