import { moneyTrailQuery, moneyTrailView } from '../../schemas/api/money-trail';
import { requireCase } from '../cases/find';
import { readerOf } from '../cases/reader';
import { trailScope } from '../money-trail/scope';
import { seedsOf, seedsOfCase } from '../money-trail/seeds';
import { noTrail, trailOf } from '../money-trail/trail';
import { defineRoute, type Route } from '../route';

const trail = defineRoute({
  method: 'get',
  path: '/v1/money-trail',
  operationId: 'followMoney',
  summary: '资金去向：从结算到清算行、应付款、付款单、付款、收款与记账凭证',
  description: '从任一处看起，前后都查得到；撤销、作废、冲销的留痕，不计入合计。sums 为各层之间应当相等的合计。结算不含个人信息；一个批次的结算按清算行逐页查看。',
  tag: '资金去向',
  access: 'user',
  right: ['case.read', 'case.act'],
  query: moneyTrailQuery,
  answers: { 200: { description: '各层', schema: moneyTrailView } },
  errors: ['MONEY_TRAIL_NOT_FOUND', 'CASE_NOT_FOUND', 'CURSOR_INVALID'],
  example: { query: { kind: 'order', key: '990100-BF-202611-000001' } },
  handle: async (call) =>
    call.parts.store.read(async (manager) => {
      const { kind, key } = call.query;
      const scope = await trailScope(manager, call);
      if (kind !== 'case') return { status: 200, body: await trailOf(manager, scope, call.query, await seedsOf(manager, scope, kind, key)) };
      const { row } = await requireCase(manager, key, await readerOf(manager, call.user, call.parts.people.now()));
      const seeds = await seedsOfCase(manager, scope, row);
      return { status: 200, body: seeds ? await trailOf(manager, scope, call.query, seeds) : noTrail(call.query, row.title) };
    }),
});

export const moneyTrailRoutes: readonly Route[] = [trail];
