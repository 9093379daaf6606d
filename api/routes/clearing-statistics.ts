import { fen, formatYuan } from '../../domain/money';
import { statisticsQuery, statisticsView } from '../../schemas/api/clearing';
import { csvReply } from '../clearing/csv';
import { clearingScope } from '../clearing/scope';
import { STATISTICS, type StatisticTable } from '../clearing/statistics';
import { Problem } from '../problem';
import { defineRoute, type Route } from '../route';

const statistics = defineRoute({
  method: 'get',
  path: '/v1/clearing/statistics/{kind}',
  operationId: 'clearingStatistics',
  summary: '异地就医统计',
  description:
    'settlements 就医结算情况、diseases 病种、institutions 定点医疗机构、hospital-funds 按医院与基金、hospital-structure 按医院与费用结构：一个清算月的结算；' +
    'by-period 按期、by-city 按市（州）：取自清算批次。名称以 Fen 结尾的列为整数分，csv 中为元。市（州）人员只统计本市作为参保地或就医地的。',
  tag: '异地清算',
  access: 'user',
  right: 'statistics.read',
  query: statisticsQuery,
  answers: { 200: { description: '列与行', schema: statisticsView } },
  errors: ['ROUTE_UNKNOWN'],
  example: { path: { kind: 'by-city' }, query: { period: '2026-10' } },
  handle: async (call) => {
    const { parts, query } = call;
    const kind = call.params['kind'] ?? '';
    const statistic = Object.hasOwn(STATISTICS, kind) ? STATISTICS[kind] : undefined;
    if (!statistic) throw new Problem('ROUTE_UNKNOWN');
    const scope = await parts.store.read((manager) => clearingScope(manager, call, 'statistics.read'));
    const table = await statistic(parts.store, scope, query);
    if (query.format === 'csv') return csvReply(`${kind}-${query.period}`, table.columns.map(({ zh }) => zh), inYuan(table));
    return { status: 200, body: table };
  },
});

function inYuan({ columns, rows }: StatisticTable) {
  return rows.map((row) => row.map((cell, index) => (typeof cell === 'number' && columns[index]?.name.endsWith('Fen') ? formatYuan(fen(cell)) : cell)));
}

export const clearingStatisticsRoutes: readonly Route[] = [statistics];
