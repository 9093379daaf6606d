import { In, LessThan, type EntityManager, type EntityTarget, type FindOptionsOrder, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { currentQuota, holdingOf, proposalOf } from '../../activities/xr-prepayment/quota';
import { useRateOf } from '../../activities/xr-prepayment/use-rate';
import { FUND_KEYS, isFund } from '../../domain/clearing/funds';
import { LEVEL_NAMES } from '../../domain/xr-prepayment/use-rate';
import { basisMonths, quotaDifference } from '../../domain/xr-prepayment/quota';
import { prepaymentRules } from '../../schemas/processes/xr-prepayment-rules';
import {
  balancesQuery, balancesView, movementsPage, movementsQuery, poolsQuery, poolsView, proposalsQuery, proposalsView, quotasPage, quotasQuery, warningsPage, warningsQuery,
} from '../../schemas/api/prepayment';
import { PrepayPool, PrepayQuota, PrepayWarning } from '../../store/entities';
import { pageOf, readCursor } from '../cursor';
import { monthBalance, movementsOf } from '../prepayment/movements';
import { moneyScope, visible, type MoneyScope } from '../prepayment/scope';
import { viewPoolKey, viewRate } from '../prepayment/views';
import { Problem } from '../problem';
import { type Call, defineRoute, type Reply, type Route } from '../route';

const TAG = '异地预付金';
const READS = { method: 'get', tag: TAG, access: 'user', right: 'case.read' } as const;
const idCursor = z.tuple([z.number().int()]);

const pools = defineRoute({
  ...READS,
  path: '/v1/prepayment/pools',
  operationId: 'listPrepaymentPools',
  summary: '预付金：额度、余额、在途',
  description: '每市（州）每基金一池；余额由账簿得出。给出 period 时同时算出该月使用率。',
  query: poolsQuery,
  answers: { 200: { description: '预付金', schema: poolsView } },
  errors: [],
  handle: async ({ parts, user, query }) =>
    parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      const found = (await seenPools(manager, scope, query.city)).filter(({ fund }) => query.fund === undefined || query.fund === fund);
      const items = [];
      for (const pool of found) items.push(await viewPool(manager, pool, query.period ?? null, scope));
      return { status: 200, body: { items } };
    }),
});

async function seenPools(manager: EntityManager, scope: MoneyScope, city: string | undefined): Promise<PrepayPool[]> {
  const cities = visible(scope, city);
  return cities.length === 0 ? [] : manager.find(PrepayPool, { where: { city: In([...cities]) }, order: { city: 'ASC', fund: 'ASC' } });
}

async function viewPool(manager: EntityManager, pool: PrepayPool, period: string | null, scope: MoneyScope) {
  const quota = await currentQuota(manager, pool);
  const holding = await holdingOf(manager, pool);
  const use = period === null ? null : viewRate(period, await useRateOf(manager, { ...pool, period }));
  const differenceFen = quota ? quotaDifference(quota.quotaFen, holding) : null;
  return { ...viewPoolKey(pool, scope), year: quota?.year ?? null, quotaFen: quota?.quotaFen ?? null, balanceFen: holding.balance, underwayFen: holding.underway, differenceFen, use };
}

interface CitiesQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly city?: string;
}

/** A page of what the cities in sight have, newest first; what else the query names is compared as it stands. */
async function newestOfCities<E extends PrepayQuota | PrepayWarning>(
  { parts, user }: Pick<Call, 'parts' | 'user'>,
  { limit, cursor, city, ...wanted }: CitiesQuery,
  entity: EntityTarget<E>,
  viewOf: (row: E, scope: MoneyScope) => object,
): Promise<Reply> {
  const place = readCursor(cursor, idCursor);
  return parts.store.read(async (manager) => {
    const scope = await moneyScope(manager, user, parts.people.now());
    const cities = visible(scope, city);
    const where = { ...wanted, city: In([...cities]), ...(place ? { id: LessThan(place[0]) } : {}) } as FindOptionsWhere<E>;
    const order = { id: 'DESC' } as FindOptionsOrder<E>;
    const rows = cities.length === 0 ? [] : await manager.find(entity, { where, order, take: limit + 1 });
    return { status: 200, body: pageOf(rows, limit, (row) => viewOf(row, scope), ({ id }) => [id]) };
  });
}

const movements = defineRoute({
  ...READS,
  path: '/v1/prepayment/pools/{city}/{fund}/movements',
  operationId: 'listPrepaymentMovements',
  summary: '预付金流水',
  description: '省级账簿中该池的分录，新的在前。',
  query: movementsQuery,
  answers: { 200: { description: '一页', schema: movementsPage } },
  errors: ['CURSOR_INVALID', 'PATH_INVALID'],
  example: { path: { city: '990100', fund: 'residentPool' } },
  handle: async ({ parts, user, params, query }) => {
    const { limit, cursor } = query;
    const place = readCursor(cursor, idCursor);
    const { city = '', fund = '' } = params;
    if (!isFund(fund)) throw new Problem('PATH_INVALID');
    return parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      const pool = scope.has(city) ? await manager.findOneBy(PrepayPool, { city, fund }) : null;
      const rows = pool ? await movementsOf(manager, pool, limit + 1, place?.[0] ?? null) : [];
      const view = ({ id: _id, amount, ...row }: (typeof rows)[number]) => ({ ...row, amountFen: amount });
      return { status: 200, body: pageOf(rows, limit, view, ({ id }) => [id]) };
    });
  },
});

const balances = defineRoute({
  ...READS,
  path: '/v1/prepayment/balances',
  operationId: 'listPrepaymentBalances',
  summary: '预付金余额表',
  description: '一个月的期初、缴入、清算抵扣、退还、期末与使用率。',
  query: balancesQuery,
  answers: { 200: { description: '余额表', schema: balancesView } },
  errors: [],
  example: { query: { period: '2026-10' } },
  handle: async ({ parts, user, query: { period, city, fund } }) =>
    parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      const found = (await seenPools(manager, scope, city)).filter((pool) => fund === undefined || fund === pool.fund);
      const items = [];
      for (const pool of found) {
        const { opening, paidIn, drawn, returned, closing } = await monthBalance(manager, pool, period);
        const use = viewRate(period, await useRateOf(manager, { ...pool, period }));
        items.push({ ...viewPoolKey(pool, scope), openingFen: opening, paidInFen: paidIn, drawnFen: drawn, returnedFen: returned, closingFen: closing, use });
      }
      return { status: 200, body: { period, items } };
    }),
});

const quotas = defineRoute({
  ...READS,
  path: '/v1/prepayment/quotas',
  operationId: 'listPrepaymentQuotas',
  summary: '预付金额度的历次版本',
  query: quotasQuery,
  answers: { 200: { description: '一页，新的在前', schema: quotasPage } },
  errors: ['CURSOR_INVALID'],
  handle: (call) =>
    newestOfCities(call, call.query, PrepayQuota, (row, scope) => {
      const { year, version, kind, proposedFen, beforeFen, quotaFen, differenceFen, caseNo, at } = row;
      return { ...viewPoolKey(row, scope), year, version, kind, proposedFen, beforeFen, quotaFen, differenceFen, caseNo, at };
    }),
});

const proposals = defineRoute({
  ...READS,
  path: '/v1/prepayment/quota-proposals',
  operationId: 'proposeQuotas',
  summary: '年度额度测算',
  description: '上年第四季度月均清算额乘以系数；没有清算也没有额度的不列。',
  query: proposalsQuery,
  answers: { 200: { description: '测算', schema: proposalsView } },
  errors: [],
  example: { query: { year: 2027 } },
  handle: async ({ parts, user, query: { year, city } }) =>
    parts.store.read(async (manager) => {
      const scope = await moneyScope(manager, user, parts.people.now());
      const cities = visible(scope, city).filter((code) => scope.tree.find(code)?.level === 'city');
      const items = [];
      for (const code of cities) {
        for (const fund of FUND_KEYS) {
          const pool = { city: code, fund };
          const { monthly, proposed } = await proposalOf(manager, pool, year);
          const quotaFen = (await currentQuota(manager, pool))?.quotaFen ?? null;
          if (proposed === 0 && quotaFen === null) continue;
          const months = basisMonths(year).map((period, index) => ({ period, clearingFen: monthly[index] }));
          items.push({ ...viewPoolKey(pool, scope), months, proposedFen: proposed, quotaFen });
        }
      }
      return { status: 200, body: { year, factor: prepaymentRules.quotaFactor, items } };
    }),
});

const warnings = defineRoute({
  ...READS,
  path: '/v1/prepayment/warnings',
  operationId: 'listPrepaymentWarnings',
  summary: '使用率预警',
  query: warningsQuery,
  answers: { 200: { description: '一页，新的在前', schema: warningsPage } },
  errors: ['CURSOR_INVALID'],
  handle: (call) =>
    newestOfCities(call, call.query, PrepayWarning, (row, scope) => {
      const { period, level, clearingFen, heldFen, rate, at } = row;
      return { ...viewPoolKey(row, scope), period, level, levelName: LEVEL_NAMES[level], clearingFen, heldFen, rate, at };
    }),
});

export const prepaymentRoutes: readonly Route[] = [pools, movements, balances, quotas, proposals, warnings];
