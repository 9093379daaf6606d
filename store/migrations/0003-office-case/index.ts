import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, dropTable, encrypted, generatedId, integer, longText, nullable, text } from '../tables';

/** See note.md beside this file. */
export class OfficeCase0003 implements MigrationInterface {
  readonly name = '0003-office-case';

  async up(runner: QueryRunner): Promise<void> {
    await createCase(runner);
    await createActs(runner);
    await createTasks(runner);
    await createTable(
      runner,
      'case_round',
      [text('case_id', 200), integer('round'), encrypted('form'), text('form_hash', 64), integer('at')],
      { primary: ['case_id', 'round'] },
    );
    await createTable(
      runner,
      'case_operation',
      [
        text('case_id', 200),
        text('step', 64),
        integer('round'),
        text('operation', 64),
        text('state', 8),
        encrypted('result'),
        integer('at'),
        nullable(integer('undone_at')),
      ],
      { primary: ['case_id', 'step', 'round'] },
    );
    await createTable(runner, 'case_counter', [text('division', 6), text('definition', 64), integer('year'), integer('serial')], {
      primary: ['division', 'definition', 'year'],
    });
    await createTable(runner, 'case_definition_version', [text('definition', 64), integer('version'), longText('body'), integer('at')], {
      primary: ['definition', 'version'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await dropTable(runner, table);
  }
}

const TABLES = ['case_definition_version', 'case_counter', 'case_operation', 'case_round', 'case_task', 'case_act', 'office_case'] as const;

async function createCase(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'office_case',
    [
      text('id', 200),
      text('case_no', 100),
      text('definition', 64),
      integer('definition_version'),
      text('division', 6),
      text('title', 200),
      text('status', 16),
      nullable(text('step', 64)),
      integer('round'),
      text('maker_id', 64),
      nullable(text('maker_person_key', 64)),
      text('business_key', 200),
      nullable(text('open_key', 280)),
      nullable(text('period', 7)),
      nullable(integer('amount_fen')),
      text('form_hash', 64),
      encrypted('form'),
      encrypted('opened'),
      encrypted('state'),
      text('waits_for', 200),
      nullable(integer('due_at')),
      integer('opened_at'),
      integer('updated_at'),
      nullable(integer('ended_at')),
      integer('version'),
    ],
    {
      primary: ['id'],
      unique: { uq_office_case_no: ['case_no'], uq_office_case_open: ['open_key'] },
      indexes: {
        ix_office_case_maker: ['maker_id', 'opened_at', 'id'],
        ix_office_case_division: ['division', 'definition', 'opened_at', 'id'],
        ix_office_case_business: ['definition', 'business_key'],
      },
    },
  );
}

async function createActs(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'case_act',
    [
      generatedId(),
      text('case_id', 200),
      integer('seq'),
      text('command_id', 100),
      integer('at'),
      text('kind', 32),
      nullable(text('step', 64)),
      nullable(text('slot', 64)),
      integer('round'),
      nullable(text('user_id', 64)),
      nullable(text('for_user_id', 64)),
      nullable(text('person_key', 64)),
      nullable(text('for_person_key', 64)),
      nullable(text('role', 32)),
      nullable(encrypted('opinion')),
      text('text', 500),
      nullable(text('refusal_code', 64)),
      encrypted('event'),
      encrypted('result'),
    ],
    {
      unique: { uq_case_act_seq: ['case_id', 'seq'], uq_case_act_command: ['case_id', 'command_id'] },
      indexes: { ix_case_act_user: ['user_id', 'at'] },
    },
  );
}

/** What the lists of the inbox filter by. */
const LOOKED_AT = ['assignee_id', 'maker_id', 'step', 'definition', 'case_division', 'period', 'amount_fen'] as const;

async function createTasks(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'case_task',
    [
      generatedId(),
      text('case_id', 200),
      integer('round'),
      text('step', 64),
      text('slot', 64),
      text('zh', 100),
      text('role', 32),
      text('division', 6),
      nullable(text('assignee_id', 64)),
      text('status', 8),
      integer('opened_at'),
      nullable(integer('due_at')),
      nullable(integer('done_at')),
      nullable(text('done_by', 64)),
      text('case_no', 100),
      text('definition', 64),
      text('case_division', 6),
      text('business_key', 200),
      nullable(text('period', 7)),
      nullable(integer('amount_fen')),
      text('maker_id', 64),
    ],
    {
      unique: { uq_case_task_slot: ['case_id', 'round', 'step', 'slot'] },
      indexes: {
        // The inbox reads and filters these two without touching the rows: see docs/performance.md.
        ix_case_task_role: ['status', 'role', 'division', 'opened_at', 'id', ...LOOKED_AT],
        ix_case_task_due: ['status', 'role', 'division', 'due_at', 'id', ...LOOKED_AT],
        ix_case_task_assignee: ['assignee_id', 'status', 'opened_at', 'id'],
        ix_case_task_done: ['done_by', 'done_at', 'id'],
        ix_case_task_no: ['case_no'],
        ix_case_task_business: ['business_key'],
      },
    },
  );
}
