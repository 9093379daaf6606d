import type { QueryRunner } from 'typeorm';
import { createTable, encrypted, integer, nullable, text } from '../tables';

/** Commands, step receipts and the proof of the key ring. */
export async function createProgramTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'key_proof',
    [text('name', 16), encrypted('sample'), text('sample_hash', 64)],
    { primary: ['name'] },
  );
  await createTable(
    runner,
    'command',
    [
      text('id', 36),
      text('institution', 30),
      text('idempotency_key', 64),
      text('body_hash', 64),
      text('process', 64),
      text('workflow_id', 200),
      text('name', 64),
      encrypted('payload'),
      text('state', 16),
      integer('lease_until'),
      nullable(encrypted('result')),
      integer('created_at'),
      nullable(integer('done_at')),
    ],
    {
      primary: ['id'],
      unique: { uq_command_idempotency: ['institution', 'idempotency_key'] },
      indexes: { ix_command_undone: ['state', 'lease_until'], ix_command_workflow: ['workflow_id', 'state'] },
    },
  );
  await createTable(
    runner,
    'step_receipt',
    [text('workflow_id', 200), text('command_id', 64), text('step', 64), integer('ordinal'), encrypted('outcome'), integer('at')],
    { primary: ['workflow_id', 'command_id', 'step', 'ordinal'] },
  );
}
