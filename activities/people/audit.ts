import type { EntityManager } from 'typeorm';
import { currentKeyRing } from '../../runtime/keys';
import { AuditEvent } from '../../store/entities';

/** The events that the audit trail knows, with their Chinese names. */
export const AUDIT_EVENTS = {
  'session.opened': '登录',
  'session.failed': '登录失败',
  'session.locked': '登录锁定',
  'session.closed': '退出登录',
  'session.ended': '会话终止',
  'password.changed': '修改密码',
  'totp.begun': '开始绑定动态口令',
  'totp.confirmed': '绑定动态口令',
  'right.refused': '越权被拒',
  'people.changed': '人员变更生效',
  'people.undone': '人员变更撤回',
  'activation.issued': '发放激活码',
  'delegation.made': '委托',
  'delegation.revoked': '撤销委托',
  'decision.signed': '只签名不提交',
  unmasked: '查看原文',
  'copy.read': '阅读抄送件',
  'document.voided': '单据作废',
  'people.setUp': '初始装载',
} as const;

export type AuditEventName = keyof typeof AUDIT_EVENTS;

export interface AuditEntry {
  readonly event: AuditEventName;
  /** Epoch ms. */
  readonly at: number;
  readonly userId: string | null;
  readonly sessionId?: string | null;
  /** What it was done to, such as `user/…`. */
  readonly subject?: string | null;
  readonly division?: string | null;
  readonly origin: string;
  /** Without personal data. */
  readonly detail?: object;
}

const ORIGIN_LENGTH = 64;

/** Writes one line of the audit trail (审计) in the transaction of `manager`. Lines are never changed. */
export async function recordAudit(manager: EntityManager, entry: AuditEntry): Promise<void> {
  const { event, at, userId, sessionId = null, subject = null, division = null, detail = {} } = entry;
  const origin = entry.origin.slice(0, ORIGIN_LENGTH);
  const row = { event, at, userId, sessionId, subject, division, origin, detail };
  await manager.insert(AuditEvent, { ...row, digest: auditDigest(row) });
}

/** Whether a line is as it was written: nobody makes its digest without the key ring. */
export function isIntact(row: AuditEvent): boolean {
  return row.digest === auditDigest(row);
}

function auditDigest({ event, at, userId, sessionId, subject, division, origin, detail }: Omit<AuditEvent, 'id' | 'digest'>): string {
  return currentKeyRing().keyedHash(`audit event ${JSON.stringify([event, at, userId, sessionId, subject, division, origin, detail])}`);
}
