import type { MigrationInterface, QueryRunner } from 'typeorm';
import { businessTime, createTable, dropTable, encrypted, generatedId, integer, nullable, text } from '../tables';

/** See note.md beside this file. */
export class Contribution0014 implements MigrationInterface {
  readonly name = '0014-contribution';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'contribution_unit',
      [
        generatedId(),
        text('unit_no', 20),
        text('division', 6),
        text('name', 100),
        text('uscc', 18),
        nullable(text('tax_reg_no', 20)),
        text('taxdept_code', 11),
        integer('special'),
        integer('agreement'),
        integer('edition'),
        nullable(integer('until_edition')),
        nullable(integer('former_id')),
      ],
      {
        indexes: {
          ix_contribution_unit_no: ['unit_no', 'division', 'edition'],
          ix_contribution_unit_division: ['division', 'unit_no'],
          ix_contribution_unit_edition: ['division', 'edition'],
        },
      },
    );
    await createTable(
      runner,
      'contribution_person',
      [
        generatedId(),
        text('psn_no', 20),
        text('insutype', 3),
        text('division', 6),
        text('payer_kind', 1),
        nullable(text('unit_no', 20)),
        text('category', 8),
        nullable(integer('base_fen')),
        integer('from_month'),
        nullable(integer('through_month')),
        integer('agreement'),
        nullable(text('town_code', 12)),
        text('cert_hash', 64),
        encrypted('identity'),
        integer('edition'),
        nullable(integer('until_edition')),
        nullable(integer('former_id')),
      ],
      {
        indexes: {
          ix_contribution_person_population: ['division', 'payer_kind', 'unit_no', 'psn_no', 'insutype'],
          ix_contribution_person_no: ['psn_no', 'insutype', 'id'],
          ix_contribution_person_edition: ['division', 'edition'],
        },
      },
    );
    await createTable(runner, 'contribution_register', [text('division', 6), integer('edition'), integer('handed_out')], { primary: ['division'] });
    await createTable(
      runner,
      'contribution_file',
      [
        text('id', 36),
        text('content_hash', 64),
        text('division', 6),
        text('format', 6),
        text('charset', 10),
        integer('total'),
        integer('base_fen'),
        nullable(text('batch_id', 100)),
        text('received_by', 40),
        integer('received_at'),
      ],
      { primary: ['id'], indexes: { ix_contribution_file_content: ['content_hash'] } },
    );
    await createTable(
      runner,
      'levy',
      [
        integer('id'),
        text('batch_id', 100),
        text('division', 6),
        text('line', 2),
        text('payer_kind', 1),
        integer('row_level'),
        nullable(text('unit_no', 20)),
        nullable(text('psn_no', 20)),
        text('insutype', 3),
        text('part', 1),
        text('clct_type', 2),
        text('levy_item', 10),
        text('levy_subitem', 10),
        integer('cashym'),
        integer('accrym_begn'),
        integer('accrym_end'),
        integer('base_fen'),
        integer('rate'),
        integer('psncnt'),
        integer('amt_fen'),
        integer('inte_fen'),
        businessTime('due_date'),
        integer('exchange'),
        integer('money'),
        integer('paid_fen'),
      ],
      {
        primary: ['id'],
        clustered: true,
        indexes: { ix_levy_person: ['psn_no', 'insutype', 'cashym'], ix_levy_unit: ['unit_no', 'cashym'] },
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['levy', 'contribution_file', 'contribution_register', 'contribution_person', 'contribution_unit']) await dropTable(runner, table);
  }
}
