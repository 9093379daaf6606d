import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable } from '../tables';
import { createBatchTables } from './batches';
import { createIntakeTables } from './intake';
import { createPayableTables } from './payables';

/** See note.md beside this file. */
export class Clearing0004 implements MigrationInterface {
  readonly name = '0004-clearing';

  async up(runner: QueryRunner): Promise<void> {
    await createIntakeTables(runner);
    await createBatchTables(runner);
    await createPayableTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await dropTable(runner, table);
  }
}

const TABLES = [
  'xr_month_claim', 'xr_payable', 'xr_clearing_confirmation', 'xr_clearing_item', 'xr_clearing_pair', 'xr_clearing_line',
  'xr_clearing_chunk', 'xr_clearing_batch', 'xr_clearing_parameters', 'xr_clearing_office', 'xr_intake_reject', 'xr_intake_file',
  'xr_settlement_correction', 'xr_settlement_fund', 'xr_settlement',
] as const;
