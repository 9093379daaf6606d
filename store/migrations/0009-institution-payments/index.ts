import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, createTable, dropTable, generatedId, integer, nullable, text } from '../tables';

/** See note.md beside this file. */
export class InstitutionPayments0009 implements MigrationInterface {
  readonly name = '0009-institution-payments';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'xr_institution_due',
      [
        generatedId(),
        text('batch_id', 24),
        text('city', 6),
        text('institution', 12),
        text('paying_city', 6),
        text('insutype', 6),
        text('fund', 16),
        integer('fen'),
        integer('ordered_fen'),
      ],
      {
        unique: { uq_xr_institution_due: ['batch_id', 'city', 'fund', 'institution', 'paying_city', 'insutype'] },
        indexes: { ix_xr_institution_due_institution: ['city', 'institution', 'fund'] },
      },
    );
    await createTable(runner, 'xr_institution_due_part', [integer('order_id'), integer('due_id'), integer('fen')], {
      primary: ['order_id', 'due_id'],
    });
    for (const [table, column] of COLUMNS) await addColumn(runner, table, nullable(column));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS) {
      const { name } = column('sqlite');
      if (await runner.hasColumn(table, name)) await runner.dropColumn(table, name);
    }
    await dropTable(runner, 'xr_institution_due_part');
    await dropTable(runner, 'xr_institution_due');
  }
}

const COLUMNS = [
  ['payment_order', text('institution', 12)],
  ['payment', text('institution', 12)],
  ['coordination_issue', integer('accepted_at')],
  ['coordination_issue', text('reopens', 100)],
  ['coordination_issue', text('ending', 10)],
] as const;
