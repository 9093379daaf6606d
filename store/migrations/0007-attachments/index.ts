import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, dropTable, encrypted, integer, nullable, text } from '../tables';

/** See note.md beside this file. */
export class Attachments0007 implements MigrationInterface {
  readonly name = '0007-attachments';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'case_attachment',
      [
        text('id', 36),
        text('case_id', 200),
        encrypted('name'),
        text('type', 100),
        integer('size'),
        text('sha256', 64),
        text('uploaded_by', 40),
        integer('at'),
        text('idempotency_key', 64),
        nullable(integer('withdrawn_at')),
        nullable(text('withdrawn_by', 40)),
        nullable(encrypted('withdrawn_reason')),
      ],
      {
        primary: ['id'],
        unique: { uq_case_attachment_key: ['uploaded_by', 'idempotency_key'] },
        indexes: { ix_case_attachment_case: ['case_id', 'at'] },
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTable(runner, 'case_attachment');
  }
}
