import { statisticsQuery, statisticsView } from '../../schemas/api/clearing';
import { clearingScope } from '../clearing/scope';
import { narrowed, STATISTICS } from '../clearing/statistics';
import { Problem } from '../problem';
import { defineRoute, type Route } from '../route';
import { tableHead, tableReply } from '../tables/reply';
import type { Table, TableCell } from '../tables/table';

/** Rows that an answer in JSON holds; files hold them all. */
const MOST_SHOWN = 1_000;

const statistics = defineRoute({
  method: 'get',
  path: '/v1/clearing/statistics/{kind}',
  operationId: 'clearingStatistics',
  summary: '异地就医统计',
  description:
    'settlements 就医结算情况、diseases 病种、institutions 定点医疗机构、hospital-funds 按医院与基金、hospital-structure 按医院与费用结构、cross-province 跨省（由国家级清算）、details 费用明细：一个清算月的结算；' +
    `by-period 按期、by-city 按市（州）：取自清算批次；in-hospital 在院：本系统所接机构中参保地与就医地不同市的住院。名称以 Fen 结尾的列为整数分，csv 与 xlsx 中为元。JSON 至多 ${MOST_SHOWN} 行。` +
    '市（州）人员只统计本市作为参保地或就医地的。',
  tag: '异地清算',
  access: 'user',
  right: 'statistics.read',
  query: statisticsQuery,
  answers: { 200: { description: '列与行；format=csv 或 xlsx 时为文件', schema: statisticsView, headers: ['Content-Disposition'] } },
  errors: ['ROUTE_UNKNOWN', 'DIVISION_OUT_OF_SCOPE', 'EXPORT_TOO_LARGE'],
  example: { path: { kind: 'by-city' }, query: { period: '2026-10' } },
  handle: async (call) => {
    const { parts, query } = call;
    const kind = call.params['kind'] ?? '';
    const statistic = Object.hasOwn(STATISTICS, kind) ? STATISTICS[kind] : undefined;
    if (!statistic) throw new Problem('ROUTE_UNKNOWN');
    const scope = narrowed(await parts.store.read((manager) => clearingScope(manager, call, 'statistics.read')), query.city);
    const table = await statistic.make({ store: parts.store, scope, institutions: parts.institutions }, query);
    if (query.format !== 'csv' && query.format !== 'xlsx') return { status: 200, body: await shown(table) };
    const period = query.to === undefined ? query.period : `${query.period} 至 ${query.to}`;
    const head = await parts.store.read((manager) => tableHead(manager, call, { title: `异地${statistic.zh}`, period, divisions: scope.cities ?? scope.offices }));
    return tableReply(query.format, `${kind}-${query.period}`, head, table);
  },
});

async function shown({ columns, rows }: Table) {
  const found: (readonly TableCell[])[] = [];
  for await (const row of rows) {
    if (found.length === MOST_SHOWN) return { columns, rows: found, truncated: true };
    found.push(row);
  }
  return { columns, rows: found, truncated: false };
}

export const clearingStatisticsRoutes: readonly Route[] = [statistics];
