import type { QueryRunner } from 'typeorm';
import { businessTime, createTable, encrypted, generatedId, integer, nullable, text } from '../tables';

/** The message log with its counters and sign-ins. */
export async function createMessageTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'message',
    [
      generatedId(),
      text('workflow_id', 200),
      text('command_id', 64),
      text('step', 64),
      integer('ordinal'),
      text('institution', 30),
      text('msgid', 30),
      text('infno', 12),
      text('profile', 64),
      text('state', 16),
      nullable(integer('lease_until')),
      nullable(text('lease_token', 36)),
      integer('attempts'),
      nullable(encrypted('request')),
      nullable(encrypted('answer')),
      nullable(text('outcome', 16)),
      nullable(text('infcode', 16)),
      nullable(text('inf_refmsgid', 64)),
      nullable(text('psn_no', 30)),
      nullable(text('mdtrt_id', 30)),
      integer('prepared_at'),
      nullable(integer('sent_at')),
      nullable(integer('answered_at')),
      nullable(text('resolution', 16)),
      nullable(businessTime('watch_day')),
    ],
    {
      unique: { uq_message_key: ['workflow_id', 'command_id', 'step', 'ordinal'], uq_message_msgid: ['msgid'] },
      indexes: {
        ix_message_resolution: ['institution', 'resolution', 'id'],
        ix_message_watch: ['watch_day', 'institution'],
        ix_message_mdtrt: ['mdtrt_id'],
      },
    },
  );
  await createTable(runner, 'msgid_counter', [text('institution', 30), integer('serial')], { primary: ['institution'] });
  await createTable(
    runner,
    'sign_session',
    [
      text('institution', 30),
      text('opter', 64),
      nullable(encrypted('sign_no')),
      nullable(integer('signed_at')),
      nullable(integer('expires_at')),
      nullable(text('lease_holder', 64)),
      nullable(integer('lease_until')),
    ],
    { primary: ['institution', 'opter'] },
  );
}
