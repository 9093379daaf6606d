import { In, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { nameObjections } from '../../activities/clearing/register/objections';
import { partiesOf } from '../../activities/clearing/parties';
import { divisionTree } from '../../activities/people/divisions';
import { compare } from '../../domain/clearing/comparison';
import { LINE_KINDS } from '../../domain/clearing/entry';
import { fundName } from '../../domain/clearing/funds';
import { cityTotals, type CityTotal } from '../../domain/clearing/lines';
import { DEFAULT_PARAMETERS } from '../../domain/clearing/parameters';
import { addMonths, periodOf, periodText } from '../../domain/clearing/period';
import { add, type Fen, formatYuan, subtract, ZERO } from '../../domain/money';
import { isRefusal } from '../../domain/refusal';
import {
  batchesQuery, batchPage, batchView, comparisonQuery, comparisonView, itemsPage, itemsQuery, linesQuery, linesView, objectionBody, objectionView,
  parametersView, partiesView, payablesQuery, payablesView,
} from '../../schemas/api/clearing';
import { noQuery } from '../../schemas/api/queries';
import { XrClearingBatch, XrClearingConfirmation, XrClearingLine, XrClearingPair, XrClearingParameters, XrPayable } from '../../store/entities';
import { csvReply } from '../clearing/csv';
import { itemsPageOf } from '../clearing/items';
import { clearingScope, seesFlow, visibleBatch } from '../clearing/scope';
import { pageOf, readCursor } from '../cursor';
import { Problem } from '../problem';
import { BODY_ERRORS, defineRoute, type Route } from '../route';

const TAG = '异地清算';
const EXAMPLE = { path: { id: '990000-202610-1' } };
const STATUS_NAMES = { generating: '生成中', draft: '审核中', approved: '已审批', undone: '已撤销审批', withdrawn: '已收回' } as const;
const FLOW_HEAD = ['参保地', '就医地', '险种', '基金'] as const;

const batches = defineRoute({
  method: 'get',
  path: '/v1/clearing/batches',
  operationId: 'listClearingBatches',
  summary: '清算批次',
  description: '本省的清算批次，新的在前。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: batchesQuery,
  answers: { 200: { description: '一页', schema: batchPage } },
  errors: ['CURSOR_INVALID'],
  handle: async (call) => {
    const { limit, cursor, period, status } = call.query;
    const place = readCursor(cursor, z.tuple([z.string(), z.string()]));
    return call.parts.store.read(async (manager) => {
      const { offices } = await clearingScope(manager, call, 'case.read');
      const select = manager.createQueryBuilder(XrClearingBatch, 'b').where({ office: In([...offices]) });
      if (period !== undefined) select.andWhere({ period });
      if (status !== undefined) select.andWhere({ status });
      if (place) select.andWhere('(b.period < :period OR (b.period = :period AND b.id < :id))', { period: place[0], id: place[1] });
      const rows = await select.orderBy('b.period', 'DESC').addOrderBy('b.id', 'DESC').take(limit + 1).getMany();
      return { status: 200, body: pageOf(rows, limit, viewBatch, (row) => [row.period, row.id]) };
    });
  },
});

function viewBatch(batch: XrClearingBatch): object {
  const { id, office, period, status, caseNo, parametersVersion, items, movedOut, payableFen, digest, generatedAt, approvedAt } = batch;
  return {
    batchId: id, office, period, status, statusName: STATUS_NAMES[status], caseNo, parametersVersion, items, movedOut, payableFen, digest, generatedAt, approvedAt,
  };
}

const batch = defineRoute({
  method: 'get',
  path: '/v1/clearing/batches/{id}',
  operationId: 'getClearingBatch',
  summary: '一个清算批次',
  description: '各市（州）各基金应付、应收，全省平衡，各方确认。市（州）人员只看到本市。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: noQuery,
  answers: { 200: { description: '批次', schema: batchView } },
  errors: ['CLEARING_BATCH_NOT_FOUND'],
  example: EXAMPLE,
  handle: (call) =>
    call.parts.store.read(async (manager) => {
      const { batch: row, scope } = await visibleBatch(manager, call);
      const totals = cityTotals(await manager.findBy(XrClearingLine, { batchId: row.id }));
      const sees = (city: string): boolean => scope.cities === null || scope.cities.includes(city);
      const confirmations = await manager.findBy(XrClearingConfirmation, { batchId: row.id });
      return {
        status: 200,
        body: {
          ...viewBatch(row),
          cities: totals.filter(({ city }) => sees(city)).map(viewTotal),
          balance: scope.cities === null ? balanceOf(totals) : [],
          confirmations: confirmations.filter(({ city }) => sees(city)).map(({ city, side, state, fen: amount, at }) => ({ city, side, state, fen: amount, at })),
        },
      };
    }),
});

function viewTotal({ city, insutype, fund, payable, receivable }: CityTotal): object {
  return { city, insutype, fund, fundName: fundName(fund), payableFen: payable, receivableFen: receivable, differenceFen: subtract(receivable, payable) };
}

function balanceOf(totals: readonly CityTotal[]): object[] {
  const sums = new Map<string, { insutype: string; fund: string; fundName: string; payableFen: Fen; receivableFen: Fen }>();
  for (const { insutype, fund, payable, receivable } of totals) {
    const key = `${insutype}/${fund}`;
    const sum = sums.get(key);
    sums.set(key, {
      insutype, fund, fundName: fundName(fund), payableFen: add(sum?.payableFen ?? ZERO, payable), receivableFen: add(sum?.receivableFen ?? ZERO, receivable),
    });
  }
  return [...sums.values()];
}

const lines = defineRoute({
  method: 'get',
  path: '/v1/clearing/batches/{id}/lines',
  operationId: 'listClearingLines',
  summary: '清算表：逐对市（州）逐基金',
  description: '应付表：city 与 side=payable；应收表：city 与 side=receivable；不给则为全部可见。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: linesQuery,
  answers: { 200: { description: '清算行', schema: linesView } },
  errors: ['CLEARING_BATCH_NOT_FOUND'],
  example: EXAMPLE,
  handle: async (call) => {
    const { found, pairs } = await call.parts.store.read(async (manager) => {
      const { batch: row, scope } = await visibleBatch(manager, call);
      const order = { payingCity: 'ASC', receivingCity: 'ASC', insutype: 'ASC', kind: 'ASC' } as const;
      const all = await manager.find(XrClearingLine, { where: { batchId: row.id }, order: { ...order, fund: 'ASC' } });
      const allPairs = await manager.find(XrClearingPair, { where: { batchId: row.id }, order });
      return {
        found: all.filter((line) => seesFlow(scope, call.query, line) && (call.query.fund === undefined || line.fund === call.query.fund)),
        pairs: allPairs.filter((pair) => seesFlow(scope, call.query, pair)),
      };
    });
    if (call.query.format === 'csv') {
      const rows = found.map((line) => [line.payingCity, line.receivingCity, line.insutype, fundName(line.fund), LINE_KINDS[line.kind], line.count, formatYuan(line.fen)]);
      return csvReply(`clearing-${call.params['id']}-lines`, [...FLOW_HEAD, '类别', '笔数', '金额（元）'], rows);
    }
    const items = found.map(({ batchId: _, ...line }) => ({ ...line, fundName: fundName(line.fund), kindName: LINE_KINDS[line.kind] }));
    const totalFen = found.reduce((sum, line) => add(sum, line.fen), ZERO);
    return { status: 200, body: { items, pairs: pairs.map(({ batchId: _, ...pair }) => pair), totalFen } };
  },
});

const items = defineRoute({
  method: 'get',
  path: '/v1/clearing/batches/{id}/items',
  operationId: 'listClearingItems',
  summary: '批次内的结算明细',
  description: '按参保地、就医地、入库次序翻页。人员身份不在其中。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: itemsQuery,
  answers: { 200: { description: '一页', schema: itemsPage } },
  errors: ['CLEARING_BATCH_NOT_FOUND', 'CURSOR_INVALID'],
  example: EXAMPLE,
  handle: (call) =>
    call.parts.store.read(async (manager) => {
      const { batch: row, scope } = await visibleBatch(manager, call);
      return { status: 200, body: await itemsPageOf(manager, row, scope, call.query) };
    }),
});

const comparison = defineRoute({
  method: 'get',
  path: '/v1/clearing/batches/{id}/comparison',
  operationId: 'compareClearing',
  summary: '与上月、上年同月比较',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: comparisonQuery,
  answers: { 200: { description: '参保地应付的环比、同比', schema: comparisonView } },
  errors: ['CLEARING_BATCH_NOT_FOUND'],
  example: EXAMPLE,
  handle: (call) =>
    call.parts.store.read(async (manager) => {
      const { batch: row, scope } = await visibleBatch(manager, call);
      const window = periodOf(row.period);
      const visible = (each: XrClearingLine): boolean => seesFlow(scope, { city: call.query.city, side: 'payable' }, each);
      const linesAt = async (months: number): Promise<XrClearingLine[] | null> => {
        const id = await approvedBatch(manager, row.office, periodText(addMonths(window, months)));
        return id === null ? null : (await manager.findBy(XrClearingLine, { batchId: id })).filter(visible);
      };
      const now = (await manager.findBy(XrClearingLine, { batchId: row.id })).filter(visible);
      const found = compare(now, await linesAt(-1), await linesAt(-12));
      return { status: 200, body: { items: found.map((each) => ({ ...each, fundName: fundName(each.fund) })) } };
    }),
});

async function approvedBatch(manager: EntityManager, office: string, period: string): Promise<string | null> {
  return (await manager.findOneBy(XrClearingBatch, { office, period, status: 'approved' }))?.id ?? null;
}

const payables = defineRoute({
  method: 'get',
  path: '/v1/clearing/batches/{id}/payables',
  operationId: 'listPayables',
  summary: '审批后的应付款与拨付进度',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: payablesQuery,
  answers: { 200: { description: '应付款', schema: payablesView } },
  errors: ['CLEARING_BATCH_NOT_FOUND'],
  example: EXAMPLE,
  handle: async (call) => {
    const found = await call.parts.store.read(async (manager) => {
      const { batch: row, scope } = await visibleBatch(manager, call);
      const all = await manager.find(XrPayable, { where: { batchId: row.id }, order: { id: 'ASC' } });
      return all.filter((each) => seesFlow(scope, call.query, each) && (call.query.fund === undefined || each.fund === call.query.fund));
    });
    if (call.query.format === 'csv') {
      const rows = found.map((each) => [
        each.id, each.payingCity, each.receivingCity, each.insutype, fundName(each.fund), formatYuan(each.fen), formatYuan(each.drawnFen), formatYuan(each.paidFen),
      ]);
      return csvReply(`clearing-${call.params['id']}-payables`, ['编号', ...FLOW_HEAD, '应付（元）', '已制单（元）', '已付（元）'], rows);
    }
    const view = found.map(({ batchId: _, office: __, createdAt: ___, ...each }) => ({ ...each, fundName: fundName(each.fund) }));
    return { status: 200, body: { items: view } };
  },
});

const object = defineRoute({
  method: 'post',
  path: '/v1/clearing/batches/{id}/objections',
  operationId: 'nameClearingObjections',
  summary: '指明有异议的结算',
  description: '市（州）确认岗在提出异议之前指明是哪些结算；审批链走过确认后，这些结算移出至下月并留因。重复提交以后一次为准。',
  tag: TAG,
  access: 'user',
  right: 'case.act',
  body: objectionBody,
  answers: { 200: { description: '该市（州）已指明的笔数', schema: objectionView } },
  errors: [...BODY_ERRORS, 'CLEARING_BATCH_NOT_FOUND', 'CLEARING_LOCKED', 'CLEARING_ITEM_NOT_IN_BATCH', 'XR_OUT_OF_SCOPE'],
  example: { ...EXAMPLE, body: { city: '990100', side: 'payable', setlIds: ['S990000000001'], reasonCode: 'amount', reason: '统筹支付金额与本地记录不符' } },
  handle: async (call) => {
    const { city, side, setlIds, reasonCode, reason } = call.body;
    if (!call.user.assignments.some(({ role, division }) => role === 'cityConfirmer' && division === city)) throw new Problem('XR_OUT_OF_SCOPE');
    const named = await call.parts.store.write(async (manager) => {
      const { batch: row } = await visibleBatch(manager, call);
      const at = call.parts.people.now();
      return nameObjections(manager, { batchId: row.id, city, side, setlIds: [...new Set(setlIds)], reasonCode, reason, byUser: call.user.userId, at });
    });
    if (isRefusal(named)) throw new Problem(named.code, { detail: named.message });
    return { status: 200, body: { batchId: call.params['id'], named } };
  },
});

const parties = defineRoute({
  method: 'get',
  path: '/v1/clearing/parties',
  operationId: 'listClearingParties',
  summary: '月度清算的确认方',
  description: '本省每个市（州）两席：参保地应付、就医地应收；发起月度清算时填入 parties。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: noQuery,
  answers: { 200: { description: '席位', schema: partiesView } },
  errors: [],
  handle: (call) =>
    call.parts.store.read(async (manager) => {
      const { offices } = await clearingScope(manager, call, 'case.read');
      const tree = await divisionTree(manager, call.parts.people.now());
      return { status: 200, body: { items: offices.flatMap((office) => partiesOf(tree, office)) } };
    }),
});

const parameters = defineRoute({
  method: 'get',
  path: '/v1/clearing/parameters',
  operationId: 'listClearingParameters',
  summary: '月度清算参数的各版本',
  description: '新的在前；没有审批过的版本时，按第 0 版（默认）执行。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: noQuery,
  answers: { 200: { description: '版本', schema: parametersView } },
  errors: [],
  handle: (call) =>
    call.parts.store.read(async (manager) => {
      const { offices } = await clearingScope(manager, call, 'case.read');
      const rows = await manager.find(XrClearingParameters, { where: { office: In([...offices]) }, order: { version: 'DESC' } });
      const versions = rows.map(({ version, fromWindow, content, approvedAt }) => ({ version, fromPeriod: periodText(fromWindow), content, approvedAt }));
      return { status: 200, body: { items: [...versions, { version: 0, fromPeriod: '0000-01', content: DEFAULT_PARAMETERS, approvedAt: null }] } };
    }),
});

export const clearingRoutes: readonly Route[] = [batches, batch, lines, items, comparison, payables, object, parties, parameters];
