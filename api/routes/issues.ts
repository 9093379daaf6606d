import { Between, In, LessThan, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { addDays, parseDate } from '../../domain/calendar';
import { ISSUE_CATEGORIES, ISSUE_ENDINGS, ISSUE_STATES, ISSUE_URGENCIES, issueStatistics, type IssueStatistics, type IssueUrgency } from '../../domain/coordination/issue';
import { ACT_NAMES, type CaseActName } from '../../domain/office-case/types';
import { issuePartiesView, issuesPage, issuesQuery, issueStatisticsQuery, issueStatisticsView, issueView } from '../../schemas/api/prepayment';
import { noQuery } from '../../schemas/api/queries';
import { CaseAct, CoordinationIssue } from '../../store/entities';
import { pageOf, readCursor } from '../cursor';
import { namesOf } from '../people-scope';
import { moneyScope, type MoneyScope } from '../prepayment/scope';
import { Problem } from '../problem';
import { defineRoute, type Route } from '../route';
import { tableHead, tableReply } from '../tables/reply';
import type { TableColumn } from '../tables/table';

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
  const { issueNo, raisedBy, peer, category, urgency, title, state, rounds, openedAt, dueAt, firstAnsweredAt, closedAt, acceptedAt, ending, reopens } = row;
  return {
    issueNo, raisedBy, raisedByName: nameOf(raisedBy), peer, peerName: nameOf(peer), category, categoryName: ISSUE_CATEGORIES[category], urgency, urgencyName: ISSUE_URGENCIES[urgency].zh, title,
    state, stateName: ISSUE_STATES[state], rounds, openedAt, dueAt, overdue: state === 'handling' && dueAt < at, acceptedAt, firstAnsweredAt, closedAt,
    ending, endingName: ending === null ? null : ISSUE_ENDINGS[ending], reopens,
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

const COUNTS: readonly (readonly [keyof IssueStatistics, string])[] = [
  ['total', '提出'], ['closed', '办结'], ['onTime', '按时答复'], ['late', '逾期答复'], ['closedInOneRound', '一次办结'], ['rounds', '往来轮次'],
];
const STATISTIC_COLUMNS: readonly TableColumn[] = [
  { name: 'by', zh: '分列', type: 'text' }, { name: 'name', zh: '项目', type: 'text' }, ...COUNTS.map(([name, zh]) => ({ name, zh, type: 'count' as const })),
];

const statistics = defineRoute({
  ...READS,
  right: ['statistics.read', 'case.read'],
  path: '/v1/xr-issue-statistics',
  operationId: 'issueStatistics',
  summary: '协同情况统计',
  description: '按提出日期统计，起止相距至多 400 天：办结、按时与逾期答复、一次办结、往来轮次，按紧急程度与协办机构分列。',
  query: issueStatisticsQuery,
  answers: { 200: { description: '统计；format=csv 或 xlsx 时为文件', schema: issueStatisticsView, headers: ['Content-Disposition'] } },
  errors: ['EXPORT_TOO_LARGE'],
  example: { query: { from: '2026-11-01', to: '2026-11-30' } },
  handle: async (call) => {
    const { parts, user, query: { from, to, format } } = call;
    const [first, end] = [parseDate(from), parseDate(addDays(to, 1))];
    if (end <= first || end - first > LONGEST_DAYS * 86_400_000) throw new Problem('QUERY_INVALID', { detail: '起止日期须先后有序，相距至多 400 天。' });
    const { body, head } = await parts.store.read(async (manager) => {
      const at = parts.people.now();
      const scope = await moneyScope(manager, user, at);
      const rows = await manager.find(CoordinationIssue, { where: sidesOf(scope, { openedAt: Between(first, end - 1) }), order: { id: 'ASC' }, take: MOST });
      const urgencies = Object.keys(ISSUE_URGENCIES) as IssueUrgency[];
      const peers = [...new Set(rows.map(({ peer }) => peer))].sort();
      const counted = {
        from, to, ...issueStatistics(rows, at),
        byUrgency: urgencies.map((urgency) => ({ urgency, urgencyName: ISSUE_URGENCIES[urgency].zh, ...issueStatistics(rows.filter((row) => row.urgency === urgency), at) })),
        byPeer: peers.map((peer) => ({ peer, peerName: scope.nameOf(peer), ...issueStatistics(rows.filter((row) => row.peer === peer), at) })),
      };
      return { body: counted, head: await tableHead(manager, call, { title: '异地就医协同情况统计', period: `${from} 至 ${to}`, divisions: homesOf(scope) }) };
    });
    if (format !== 'csv' && format !== 'xlsx') return { status: 200, body };
    const cells = (by: string, name: string, sums: IssueStatistics) => [by, name, ...COUNTS.map(([key]) => sums[key])];
    const lines = [
      cells('合计', '', body),
      ...body.byUrgency.map((sums) => cells('紧急程度', sums.urgencyName, sums)),
      ...body.byPeer.map((sums) => cells('协办机构', sums.peerName, sums)),
    ];
    return tableReply(format, `issues-${from}-${to}`, head, { columns: STATISTIC_COLUMNS, rows: lines });
  },
});

/** The divisions of a scope that lie below no other of it. */
function homesOf({ divisions, has, tree }: MoneyScope): string[] {
  return divisions.filter((division) => !has(tree.parentOf(division) ?? ''));
}

const parties = defineRoute({
  ...READS,
  right: 'case.read',
  path: '/v1/xr-issue-parties',
  operationId: 'listIssueParties',
  summary: '问题协同的确认方',
  description: '发起人所在的机构一席；发起问题时填入 parties。',
  query: noQuery,
  answers: { 200: { description: '席位', schema: issuePartiesView } },
  errors: [],
  handle: async ({ parts, user }) =>
    parts.store.read(async (manager) => {
      const { nameOf } = await moneyScope(manager, user, parts.people.now());
      const homes = user.assignments.filter(({ role }) => role === 'maker' || role === 'issueHandler').map(({ division }) => division);
      return { status: 200, body: { items: [...new Set(homes)].slice(0, 1).map((division) => ({ slot: `raiser-${division}`, division, zh: `${nameOf(division)}（发起方）` })) } };
    }),
});

export const issueRoutes: readonly Route[] = [list, one, statistics, parties];
