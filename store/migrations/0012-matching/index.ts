import type { MigrationInterface, QueryRunner } from 'typeorm';
import { businessTime, createTable, dropTable, encrypted, generatedId, integer, longText, nullable, text } from '../tables';

/** See note.md beside this file. */
export class Matching0012 implements MigrationInterface {
  readonly name = '0012-matching';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'matching_run',
      [
        generatedId(), text('reconciliation', 40), text('place', 40), businessTime('day'), integer('version'), integer('declaration_version'),
        text('state', 10), longText('inputs'), text('inputs_digest', 64), integer('group_count'), integer('differing_groups'), integer('findings'),
        integer('vanished'), nullable(integer('replaces')), integer('started_at'), nullable(integer('closed_at')),
      ],
      {
        unique: { uq_matching_run_version: ['reconciliation', 'place', 'day', 'version'] },
        indexes: { ix_matching_run_day: ['place', 'day'] },
      },
    );
    await createTable(
      runner,
      'matching_chunk',
      [integer('run_id'), integer('chunk'), text('last_id', 32), integer('findings'), integer('vanished')],
      { primary: ['run_id', 'chunk'], clustered: true },
    );
    await createTable(
      runner,
      'matching_total',
      [integer('run_id'), text('group_text', 160), text('side', 40), text('amount', 40), text('code', 40), integer('row_count'), integer('fen')],
      { primary: ['run_id', 'group_text', 'side', 'amount', 'code'], clustered: true },
    );
    await createTable(
      runner,
      'matching_finding',
      [
        integer('run_id'), text('difference_id', 32), text('code', 40), text('group_text', 160), text('key_text', 240), text('fields', 400),
        integer('fen'), longText('sides'),
      ],
      { primary: ['run_id', 'difference_id'], clustered: true },
    );
    await createTable(
      runner,
      'matching_difference',
      [
        text('id', 32), text('reconciliation', 40), text('place', 40), text('key_text', 240), text('group_text', 160), text('code', 40),
        text('kind', 8), text('fields', 400), integer('fen'), longText('sides'), text('content', 32), text('state', 16), businessTime('first_day'),
        businessTime('last_day'), integer('first_run'), integer('last_run'), nullable(text('owner', 64)), nullable(encrypted('cause')),
        nullable(encrypted('proposer')), integer('events'), integer('changed_at'),
      ],
      {
        primary: ['id'],
        clustered: true,
        indexes: {
          ix_matching_difference_state: ['reconciliation', 'place', 'state', 'first_day'],
          ix_matching_difference_day: ['reconciliation', 'place', 'last_day', 'last_run'],
        },
      },
    );
    await createTable(
      runner,
      'matching_event',
      [
        text('difference_id', 32), integer('seq'), text('event', 20), text('state', 16), text('code', 40), nullable(integer('run_id')),
        nullable(text('actor', 64)), nullable(encrypted('words')), integer('at'),
      ],
      { primary: ['difference_id', 'seq'], clustered: true },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['matching_event', 'matching_difference', 'matching_finding', 'matching_total', 'matching_chunk', 'matching_run']) {
      await dropTable(runner, table);
    }
  }
}
