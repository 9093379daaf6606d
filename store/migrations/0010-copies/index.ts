import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, dropTable, encrypted, generatedId, integer, text } from '../tables';

/** See note.md beside this file. */
export class Copies0010 implements MigrationInterface {
  readonly name = '0010-copies';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'case_copy', [generatedId(), text('case_id', 200), text('user_id', 40), text('by_user', 40), integer('copied_at')], {
      unique: { uq_case_copy_person: ['case_id', 'user_id'] },
      indexes: { ix_case_copy_user: ['user_id', 'copied_at', 'id'] },
    });
    await createTable(runner, 'case_reading', [text('case_id', 200), text('user_id', 40), integer('read_at')], { primary: ['case_id', 'user_id'] });
    await createTable(runner, 'opinion_phrase', [generatedId(), text('user_id', 40), encrypted('text'), integer('at')], {
      indexes: { ix_opinion_phrase_user: ['user_id', 'id'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['opinion_phrase', 'case_reading', 'case_copy']) await dropTable(runner, table);
  }
}
