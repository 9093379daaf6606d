import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTable } from '../tables';
import { createAccountTables } from './accounts';
import { createRecordTables } from './records';

/** See note.md beside this file. */
export class People0002 implements MigrationInterface {
  readonly name = '0002-people';

  async up(runner: QueryRunner): Promise<void> {
    await createAccountTables(runner);
    await createRecordTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await dropTable(runner, table);
  }
}

const TABLES = [
  'signed_decision', 'audit_event', 'login_guard', 'user_session', 'delegation', 'role_assignment', 'office_user', 'division',
] as const;
