import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, dropTable, encrypted, integer, nullable, text } from '../tables';

/** See note.md beside this file. */
export class Documents0006 implements MigrationInterface {
  readonly name = '0006-documents';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'document_counter',
      [text('admdvs', 6), text('letters', 4), integer('year'), integer('serial')],
      { primary: ['admdvs', 'letters', 'year'] },
    );
    await createTable(
      runner,
      'document',
      [
        text('number', 40),
        text('kind', 24),
        text('admdvs', 6),
        nullable(text('party', 6)),
        nullable(text('period', 7)),
        nullable(text('fund', 24)),
        nullable(text('case_id', 200)),
        text('subject', 200),
        integer('version'),
        nullable(text('live_key', 230)),
        encrypted('data'),
        text('hash', 64),
        integer('issued_at'),
        text('issued_by', 64),
        nullable(integer('voided_at')),
        nullable(text('voided_by', 64)),
        nullable(encrypted('void_reason')),
        nullable(text('replaces', 40)),
      ],
      {
        primary: ['number'],
        unique: { uq_document_subject: ['kind', 'subject', 'version'], uq_document_live: ['live_key'] },
        indexes: {
          ix_document_admdvs: ['admdvs', 'issued_at', 'number'],
          ix_document_party: ['party', 'issued_at', 'number'],
          ix_document_case: ['case_id'],
        },
      },
    );
    await createTable(
      runner,
      'document_print',
      [text('number', 40), integer('print_no'), text('request_key', 64), integer('at'), text('by', 64), nullable(text('mark', 16))],
      { primary: ['number', 'print_no'], unique: { uq_document_print_request: ['number', 'request_key'] } },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['document_print', 'document', 'document_counter']) await dropTable(runner, table);
  }
}
