import type { QueryRunner } from 'typeorm';
import { createTable, generatedId, integer, longText, nullable, text } from '../tables';

/** Sessions, failed log-ins, the audit trail and the decisions that were used. */
export async function createRecordTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'user_session',
    [
      text('id', 36),
      text('token_hash', 64),
      text('user_id', 40),
      text('stage', 16),
      integer('created_at'),
      integer('last_seen_at'),
      integer('expires_at'),
      nullable(integer('ended_at')),
      nullable(text('end_reason', 24)),
      integer('failures'),
      text('origin', 64),
    ],
    {
      primary: ['id'],
      unique: { uq_user_session_token: ['token_hash'] },
      indexes: { ix_user_session_user: ['user_id', 'ended_at'], ix_user_session_end: ['expires_at'] },
    },
  );
  await createTable(
    runner,
    'login_guard',
    [text('login_key', 64), integer('failures'), integer('locks'), nullable(integer('locked_until')), integer('last_failure_at')],
    { primary: ['login_key'], indexes: { ix_login_guard_last: ['last_failure_at'] } },
  );
  await createTable(
    runner,
    'audit_event',
    [
      generatedId(),
      integer('at'),
      text('event', 40),
      nullable(text('user_id', 40)),
      nullable(text('session_id', 36)),
      nullable(text('subject', 200)),
      nullable(text('division', 6)),
      text('origin', 64),
      longText('detail'),
      text('digest', 64),
    ],
    { indexes: { ix_audit_event_at: ['at'], ix_audit_event_user: ['user_id', 'at'], ix_audit_event_subject: ['subject'] } },
  );
  await createTable(
    runner,
    'signed_decision',
    [
      text('nonce', 64),
      text('user_id', 40),
      text('for_user_id', 40),
      text('case_id', 200),
      text('step', 64),
      integer('round'),
      text('act', 24),
      integer('issued_at'),
      integer('used_at'),
      text('origin', 64),
    ],
    { primary: ['nonce'], indexes: { ix_signed_decision_case: ['case_id'], ix_signed_decision_user: ['user_id', 'used_at'] } },
  );
}
