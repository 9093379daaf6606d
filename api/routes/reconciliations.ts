import { LessThan, MoreThan, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { dateProblem, formatDate } from '../../domain/calendar';
import { reconcileBody, reconciliationPage, reconciliationQuery, reconciliationView } from '../../schemas/api/reconciliations';
import { noQuery, reconciliationsQuery } from '../../schemas/api/queries';
import { Reconciliation, ReconciliationDifference } from '../../store/entities';
import { commandAnswers, giveCommand, hashOf, requireIdempotencyKey } from '../command-route';
import { pageOf, readCursor } from '../cursor';
import { EXAMPLE_DATE } from '../examples';
import { Problem } from '../problem';
import { dayToReconcile } from '../processes';
import { viewDifference, viewRuns, viewVersion } from '../reconciliation-views';
import { BODY_ERRORS, COMMAND_ERRORS, defineRoute, type Route } from '../route';

const TAG = '对账';

const reconcile = defineRoute({
  method: 'post',
  path: '/v1/reconciliations',
  operationId: 'reconcileDay',
  summary: '对某日的账',
  description:
    '与医保中心核对一天的结算（3201，不符时 9101→3202→9102），认领、撤销或列为异常。已日结的日期可以再对，不改变任何账目。' +
    '该日正在对账时不会再开一次，得到的是正在进行的那一次的结果。',
  tag: TAG,
  access: 'institution',
  keyed: true,
  waits: true,
  query: noQuery,
  body: reconcileBody,
  answers: commandAnswers(200),
  errors: [...COMMAND_ERRORS, ...BODY_ERRORS, 'DAY_NOT_BEGUN'],
  example: { body: { date: EXAMPLE_DATE } },
  handle: async (call) => {
    const key = requireIdempotencyKey(call.request);
    const { date } = call.body;
    return giveCommand(call, key, hashOf({ command: 'reconcile', date }, call.caller), 200, async () => {
      if (date > formatDate(Date.now())) throw new Problem('DAY_NOT_BEGUN', { detail: `${date} 尚未开始。` });
      return { process: 'reconcile', name: 'reconcile', payload: { date }, ...dayToReconcile(call.caller.institution, date) };
    });
  },
});

const list = defineRoute({
  method: 'get',
  path: '/v1/reconciliations',
  operationId: 'listReconciliations',
  summary: '日对账列表',
  description: '本机构与医保中心的逐日对账，新的在前；同一天每对一次为一行。',
  tag: TAG,
  access: 'institution',
  query: reconciliationsQuery,
  answers: { 200: { description: '一页', schema: reconciliationPage } },
  errors: ['CURSOR_INVALID'],
  example: {},
  handle: async (call) => {
    const { limit, cursor } = call.query;
    const { institution } = call.caller;
    const place = readCursor(cursor, z.tuple([z.number().int(), z.string()]));
    return call.parts.store.read(async (manager) => {
      const rows = await manager.find(Reconciliation, {
        where: place
          ? [{ institution, startedAt: LessThan(place[0]) }, { institution, startedAt: place[0], id: LessThan(place[1]) }]
          : { institution },
        order: { startedAt: 'DESC', id: 'DESC' },
        take: limit + 1,
      });
      const page = pageOf(rows, limit, (row) => row, (row) => [row.startedAt, row.id]);
      return { status: 200, body: { items: await viewRuns(manager, page.items), nextCursor: page.nextCursor } };
    });
  },
});

const one = defineRoute({
  method: 'get',
  path: '/v1/reconciliations/{date}',
  operationId: 'getReconciliation',
  summary: '一天的对账结果',
  description: '各组总额与 3201 结果，逐笔差异（两边金额、处理结果），以及该日历次对账。',
  tag: TAG,
  access: 'institution',
  query: reconciliationQuery,
  answers: { 200: { description: '对账结果', schema: reconciliationView } },
  errors: ['RECONCILIATION_NOT_FOUND', 'CURSOR_INVALID'],
  example: { path: { date: EXAMPLE_DATE } },
  handle: async (call) => {
    const businessDate = call.params['date'] ?? '';
    if (dateProblem(businessDate)) throw new Problem('RECONCILIATION_NOT_FOUND');
    const { version, limit, cursor } = call.query;
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    return call.parts.store.read(async (manager) => {
      const where = { institution: call.caller.institution, businessDate };
      const versions = await manager.find(Reconciliation, { where, order: { version: 'DESC' } });
      const row = version === undefined ? versions[0] : versions.find((each) => each.version === version);
      if (!row) throw new Problem('RECONCILIATION_NOT_FOUND');
      const [view] = await viewRuns(manager, [row]);
      const differences = await differencesOf(manager, row.id, limit, place?.[0] ?? 0);
      return { status: 200, body: { ...view, versions: versions.map(viewVersion), differences } };
    });
  },
});

async function differencesOf(manager: EntityManager, reconciliationId: string, limit: number, after: number) {
  const rows = await manager.find(ReconciliationDifference, {
    where: { reconciliationId, id: MoreThan(after) },
    order: { id: 'ASC' },
    take: limit + 1,
  });
  return pageOf(rows, limit, viewDifference, (row) => [row.id]);
}

export const reconciliationRoutes: readonly Route[] = [reconcile, list, one];
