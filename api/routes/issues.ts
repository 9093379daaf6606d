import { Between, In, LessThan, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { addDays, parseDate } from '../../domain/calendar';
import { ISSUE_CATEGORIES, ISSUE_STATES, ISSUE_URGENCIES, issueStatistics, type IssueUrgency } from '../../domain/coordination/issue';
import { ACT_NAMES, type CaseActName } from '../../domain/office-case/types';
import { issuesPage, issuesQuery, issueStatisticsQuery, issueStatisticsView, issueView } from '../../schemas/api/prepayment';
import { noQuery } from '../../schemas/api/queries';
import { CaseAct, CoordinationIssue } from '../../store/entities';
import { pageOf, readCursor } from '../cursor';
import { namesOf } from '../people-scope';
import { moneyScope, type MoneyScope } from '../prepayment/scope';
import { Problem } from '../problem';
import { defineRoute, type Route } from '../route';

const TAG = '问题协同';
const READS = { method: 'get', tag: TAG, access: 'user' } as const;
/** Issues that one statistic looks at. */
const MOST = 20_000;
const LONGEST_DAYS = 400;

const list = defineRoute({
  ...READS,
  right: 'case.read',
  path: '/v1/xr-issues',
  operationId: 'listIssues',
  summary: '问题信息查询',
  description: '本辖区及下级提出的，以及交本辖区及下级处理的。',
  query: issuesQuery,
  answers: { 200: { description: '一页，新的在前', schema: issuesPage } },
  errors: ['CURSOR_INVALID'],
  handle: async ({ parts, user, query }) => {
    const { limit, cursor, peer, ...wanted } = query;
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    return parts.store.read(async (manager) => {
      const at = parts.people.now();
      const scope = await moneyScope(manager, user, at);
      const rest = { ...wanted, ...(peer === undefined ? {} : { peer }), ...(place ? { id: LessThan(place[0]) } : {}) };
      const rows = await manager.find(CoordinationIssue, { where: sidesOf(scope, rest), order: { id: 'DESC' }, take: limit + 1 });
      return { status: 200, body: pageOf(rows, limit, (row) => viewIssue(row, at, scope), ({ id }) => [id]) };
    });
  },
});

/** Issues that a person's divisions raised or were asked about. */
function sidesOf({ divisions, has }: MoneyScope, rest: FindOptionsWhere<CoordinationIssue>): FindOptionsWhere<CoordinationIssue>[] {
  const own = In([...divisions]);
  const asked = rest.peer === undefined ? [{ ...rest, peer: own }] : has(String(rest.peer)) ? [rest] : [];
  return [{ ...rest, raisedBy: own }, ...asked];
}

function viewIssue(row: CoordinationIssue, at: number, { nameOf }: MoneyScope) {
  const { issueNo, raisedBy, peer, category, urgency, title, state, rounds, openedAt, dueAt, firstAnsweredAt, closedAt } = row;
  return {
    issueNo, raisedBy, raisedByName: nameOf(raisedBy), peer, peerName: nameOf(peer), category, categoryName: ISSUE_CATEGORIES[category], urgency, urgencyName: ISSUE_URGENCIES[urgency].zh, title,
    state, stateName: ISSUE_STATES[state], rounds, openedAt, dueAt, overdue: state === 'handling' && dueAt < at, firstAnsweredAt, closedAt,
  };
}

const one = defineRoute({
  ...READS,
  right: 'case.read',
  path: '/v1/xr-issues/{issueNo}',
  operationId: 'getIssue',
  summary: '一个问题及往来意见',
  query: noQuery,
  answers: { 200: { description: '问题', schema: issueView } },
  errors: ['CASE_NOT_FOUND'],
  example: { path: { issueNo: 'xr-issue-990100-2026-0001' } },
  handle: async ({ parts, user, params }) =>
    parts.store.read(async (manager) => {
      const at = parts.people.now();
      const scope = await moneyScope(manager, user, at);
      const row = await manager.findOneBy(CoordinationIssue, { issueNo: params['issueNo'] ?? '' });
      if (!row || !(scope.has(row.raisedBy) || scope.has(row.peer))) throw new Problem('CASE_NOT_FOUND');
      return { status: 200, body: { ...viewIssue(row, at, scope), messages: await messagesOf(manager, row.caseId) } };
    }),
});

/** What both sides said, oldest first: the acts of the issue's case. */
async function messagesOf(manager: EntityManager, caseId: string) {
  const acts = await manager.find(CaseAct, { where: { caseId }, order: { seq: 'ASC' } });
  const said = acts.filter(({ kind }) => Object.hasOwn(ACT_NAMES, kind));
  const names = await namesOf(manager, said.map(({ userId }) => userId));
  return said.map(({ at, kind, step, round, userId, opinion }) => ({
    at, act: kind, actName: ACT_NAMES[kind as CaseActName], step, round, by: userId === null ? null : (names.get(userId) ?? null), opinion,
  }));
}

const statistics = defineRoute({
  ...READS,
  right: ['statistics.read', 'case.read'],
  path: '/v1/xr-issue-statistics',
  operationId: 'issueStatistics',
  summary: '协同情况统计',
  description: '按提出日期统计，起止相距至多 400 天：办结、按时与逾期答复、一次办结、往来轮次，按紧急程度与协办机构分列。',
  query: issueStatisticsQuery,
  answers: { 200: { description: '统计', schema: issueStatisticsView } },
  errors: [],
  example: { query: { from: '2026-11-01', to: '2026-11-30' } },
  handle: async ({ parts, user, query: { from, to } }) => {
    const [first, end] = [parseDate(from), parseDate(addDays(to, 1))];
    if (end <= first || end - first > LONGEST_DAYS * 86_400_000) throw new Problem('QUERY_INVALID', { detail: '起止日期须先后有序，相距至多 400 天。' });
    return parts.store.read(async (manager) => {
      const at = parts.people.now();
      const scope = await moneyScope(manager, user, at);
      const rows = await manager.find(CoordinationIssue, { where: sidesOf(scope, { openedAt: Between(first, end - 1) }), order: { id: 'ASC' }, take: MOST });
      const urgencies = Object.keys(ISSUE_URGENCIES) as IssueUrgency[];
      const peers = [...new Set(rows.map(({ peer }) => peer))].sort();
      const body = {
        from, to, ...issueStatistics(rows, at),
        byUrgency: urgencies.map((urgency) => ({ urgency, urgencyName: ISSUE_URGENCIES[urgency].zh, ...issueStatistics(rows.filter((row) => row.urgency === urgency), at) })),
        byPeer: peers.map((peer) => ({ peer, peerName: scope.nameOf(peer), ...issueStatistics(rows.filter((row) => row.peer === peer), at) })),
      };
      return { status: 200, body };
    });
  },
});

export const issueRoutes: readonly Route[] = [list, one, statistics];
