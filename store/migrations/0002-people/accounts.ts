import type { QueryRunner } from 'typeorm';
import { businessTime, createTable, encrypted, generatedId, integer, nullable, text } from '../tables';

/** Divisions, users, their posts and delegations. */
export async function createAccountTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'division',
    [text('code', 6), text('valid_from', 10), nullable(businessTime('valid_to')), text('name', 60), text('level', 16), nullable(text('parent', 6))],
    { primary: ['code', 'valid_from'], indexes: { ix_division_parent: ['parent'] } },
  );
  await createTable(
    runner,
    'office_user',
    [
      text('id', 40),
      text('login_name', 40),
      encrypted('name'),
      text('person_key', 64),
      text('own_person_key', 64),
      text('status', 16),
      nullable(text('password_hash', 200)),
      nullable(integer('password_expires_at')),
      nullable(encrypted('totp_secret')),
      nullable(encrypted('totp_pending')),
      nullable(integer('totp_confirmed_at')),
      nullable(integer('totp_last_step')),
      nullable(text('subject', 200)),
      nullable(text('activation_case', 200)),
      integer('created_at'),
      integer('updated_at'),
    ],
    {
      primary: ['id'],
      unique: { uq_office_user_login: ['login_name'], uq_office_user_subject: ['subject'] },
      indexes: { ix_office_user_person: ['person_key'] },
    },
  );
  await createTable(
    runner,
    'role_assignment',
    [
      generatedId(),
      text('user_id', 40),
      text('role', 24),
      text('division', 6),
      integer('valid_from'),
      nullable(integer('valid_to')),
      text('granted_by', 200),
      nullable(text('revoked_by', 200)),
    ],
    { indexes: { ix_role_assignment_user: ['user_id'], ix_role_assignment_post: ['role', 'division'] } },
  );
  await createTable(
    runner,
    'delegation',
    [
      generatedId(),
      text('from_user', 40),
      text('to_user', 40),
      nullable(text('role', 24)),
      text('reason', 200),
      integer('valid_from'),
      integer('valid_to'),
      nullable(integer('revoked_at')),
      integer('created_at'),
    ],
    { indexes: { ix_delegation_from: ['from_user'], ix_delegation_to: ['to_user'] } },
  );
}
