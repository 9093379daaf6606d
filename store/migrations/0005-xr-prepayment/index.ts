import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable } from '../tables';
import { createPaymentTables } from './payments';
import { createPrepaymentTables } from './prepayment';
import { createRegisterTables } from './registers';

/** See note.md beside this file. */
export class XrPrepayment0005 implements MigrationInterface {
  readonly name = '0005-xr-prepayment';

  async up(runner: QueryRunner): Promise<void> {
    await createRegisterTables(runner);
    await createPrepaymentTables(runner);
    await createPaymentTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await dropTable(runner, table);
  }
}

const TABLES = [
  'payment_trace',
  'payment_split',
  'payment',
  'fund_request',
  'payment_order_line',
  'payment_order',
  'order_counter',
  'prepay_warning',
  'prepay_quota',
  'prepay_pool',
  'coordination_issue',
  'agency',
  'bank_account',
] as const;
