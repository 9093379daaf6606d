import { ACT_NAMES, type CaseActName, type CaseEvent } from '../../domain/office-case/types';
import { roleOf } from '../../domain/people/roles';
import { isRoleKey } from '../../domain/people/role-keys';
import type { CaseAct } from '../../store/entities';

/** Names of what happens to a case by itself. */
const HAPPENINGS: Readonly<Record<string, string>> = {
  operated: '登记',
  operationFailed: '登记未完成',
  undone: '回退',
  reminded: '提醒',
  escalated: '超期上报',
  tacit: '逾期视为确认',
  refused: '未受理',
};

/** An act or a happening as people read it. Names of the office's own people are shown. */
export function viewAct(row: CaseAct) {
  const event = row.event as CaseEvent;
  const by = event.type === 'acted' ? event.by : null;
  return {
    seq: row.seq,
    at: row.at,
    act: row.kind,
    actName: ACT_NAMES[row.kind as CaseActName] ?? HAPPENINGS[row.kind] ?? row.kind,
    by: by?.name ?? null,
    forWhom: by && by.forUserId !== by.userId ? by.forName : null,
    role: roleName(row.role),
    step: row.step,
    slot: row.slot,
    round: row.round,
    opinion: row.opinion,
    text: row.text,
    refusalCode: row.refusalCode,
  };
}

export function roleName(key: string | null): string | null {
  return isRoleKey(key) ? roleOf(key).zh : key;
}
