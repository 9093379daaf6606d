import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, dropTable, encrypted, integer, longText, nullable, text } from '../tables';

/** See note.md beside this file. */
export class Batch0013 implements MigrationInterface {
  readonly name = '0013-batch';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'batch',
      [
        text('id', 100),
        text('kind', 40),
        text('division', 6),
        nullable(text('period', 7)),
        text('title', 200),
        text('state', 16),
        nullable(text('hold', 8)),
        longText('parameters'),
        nullable(longText('frozen')),
        integer('chunks'),
        integer('total'),
        integer('done'),
        integer('rejected'),
        integer('phase_done'),
        text('maker_id', 40),
        nullable(text('confirm_case_no', 64)),
        nullable(text('undo_case_no', 64)),
        nullable(text('reason', 200)),
        integer('created_at'),
        nullable(integer('phase_started_at')),
        nullable(integer('finished_at')),
      ],
      {
        primary: ['id'],
        indexes: { ix_batch_division: ['division', 'created_at'], ix_batch_state: ['state', 'hold'] },
      },
    );
    await createTable(
      runner,
      'batch_chunk',
      [
        text('batch_id', 100),
        integer('chunk_no'),
        text('from_key', 64),
        text('through_key', 64),
        integer('total'),
        integer('done'),
        integer('rejected'),
        nullable(longText('sums')),
        nullable(integer('worked_at')),
        nullable(integer('posted_at')),
        nullable(integer('undone_at')),
      ],
      { primary: ['batch_id', 'chunk_no'] },
    );
    await createTable(
      runner,
      'batch_reject',
      [text('batch_id', 100), integer('row_no'), integer('no'), integer('chunk_no'), text('subject', 64), text('code', 40), encrypted('text')],
      { primary: ['batch_id', 'row_no', 'no'] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['batch_reject', 'batch_chunk', 'batch']) await dropTable(runner, table);
  }
}
