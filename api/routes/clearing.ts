import { In, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { previewObjections } from '../../activities/clearing/register/objection-preview';
import { nameObjections } from '../../activities/clearing/register/objections';
import { parametersOf } from '../../activities/clearing/parameters';
import { countiesOf, partiesOf } from '../../activities/clearing/parties';
import { actingPosts } from '../../activities/people/authority';
import { divisionTree } from '../../activities/people/divisions';
import { formatDate } from '../../domain/calendar';
import { compare } from '../../domain/clearing/comparison';
import { LINE_KINDS } from '../../domain/clearing/entry';
import { fundName } from '../../domain/clearing/funds';
import { cityTotals, type CityTotal } from '../../domain/clearing/lines';
import { DEFAULT_PARAMETERS } from '../../domain/clearing/parameters';
import { addMonths, periodOf, periodText } from '../../domain/clearing/period';
import { add, type Fen, subtract, ZERO } from '../../domain/money';
import { isRefusal } from '../../domain/refusal';
import {
  batchesQuery, batchPage, batchView, comparisonQuery, comparisonView, itemsPage, itemsQuery, linesQuery, linesView, objectionBody, objectionPreview, objectionPreviewBody, objectionView,
  parametersView, partiesView, payablesQuery, payablesView,
} from '../../schemas/api/clearing';
import { noQuery } from '../../schemas/api/queries';
import { XrClearingBatch, XrClearingConfirmation, XrClearingLine, XrClearingPair, XrClearingParameters, XrPayable } from '../../store/entities';
import { itemsPageOf } from '../clearing/items';
import { clearingScope, seesFlow, visibleBatch } from '../clearing/scope';
import { BATCH_STATUS_NAMES } from '../clearing/status';
import { pageOf, readCursor } from '../cursor';
import { Problem } from '../problem';
import { BODY_ERRORS, type Call, defineRoute, type Route } from '../route';
import { tableHead, tableReply } from '../tables/reply';
import type { TableColumn } from '../tables/table';

const TAG = '异地清算';
const EXAMPLE = { path: { id: '990000-202610-1' } };
const FLOW_COLUMNS: readonly TableColumn[] = [
  { name: 'payingCity', zh: '参保地', type: 'division' },
  { name: 'receivingCity', zh: '就医地', type: 'division' },
  { name: 'insutype', zh: '险种', type: 'insutype' },
  { name: 'fund', zh: '基金', type: 'text' },
];

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
    batchId: id, office, period, status, statusName: BATCH_STATUS_NAMES[status], caseNo, parametersVersion, items, movedOut, payableFen, digest, generatedAt, approvedAt,
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
  answers: { 200: { description: '清算行；format=csv 或 xlsx 时为文件', schema: linesView, headers: ['Content-Disposition'] } },
  errors: ['CLEARING_BATCH_NOT_FOUND', 'EXPORT_TOO_LARGE'],
  example: EXAMPLE,
  handle: async (call) => {
    const { found, pairs, head } = await call.parts.store.read(async (manager) => {
      const { batch: row, scope } = await visibleBatch(manager, call);
      const order = { payingCity: 'ASC', receivingCity: 'ASC', insutype: 'ASC', kind: 'ASC' } as const;
      const all = await manager.find(XrClearingLine, { where: { batchId: row.id }, order: { ...order, fund: 'ASC' } });
      const allPairs = await manager.find(XrClearingPair, { where: { batchId: row.id }, order });
      return {
        found: all.filter((line) => seesFlow(scope, call.query, line) && (call.query.fund === undefined || line.fund === call.query.fund)),
        pairs: allPairs.filter((pair) => seesFlow(scope, call.query, pair)),
        head: await tableHead(manager, call, { title: '异地就医月度清算表', period: row.period, divisions: scope.cities ?? [row.office] }),
      };
    });
    const { format } = call.query;
    if (format === 'csv' || format === 'xlsx') {
      const columns: TableColumn[] = [...FLOW_COLUMNS, { name: 'kind', zh: '类别', type: 'text' }, { name: 'count', zh: '笔数', type: 'count' }, { name: 'fen', zh: '金额', type: 'fen' }];
      const rows = found.map((line) => [line.payingCity, line.receivingCity, line.insutype, fundName(line.fund), LINE_KINDS[line.kind], line.count, line.fen]);
      return tableReply(format, `clearing-${call.params['id']}-lines`, head, { columns, rows });
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
  answers: { 200: { description: '应付款；format=csv 或 xlsx 时为文件', schema: payablesView, headers: ['Content-Disposition'] } },
  errors: ['CLEARING_BATCH_NOT_FOUND', 'EXPORT_TOO_LARGE'],
  example: EXAMPLE,
  handle: async (call) => {
    const { found, head } = await call.parts.store.read(async (manager) => {
      const { batch: row, scope } = await visibleBatch(manager, call);
      const all = await manager.find(XrPayable, { where: { batchId: row.id }, order: { id: 'ASC' } });
      return {
        found: all.filter((each) => seesFlow(scope, call.query, each) && (call.query.fund === undefined || each.fund === call.query.fund)),
        head: await tableHead(manager, call, { title: '异地就医清算应付款', period: row.period, divisions: scope.cities ?? [row.office] }),
      };
    });
    const { format } = call.query;
    if (format === 'csv' || format === 'xlsx') {
      const columns: TableColumn[] = [
        { name: 'id', zh: '编号', type: 'text' }, ...FLOW_COLUMNS, { name: 'fen', zh: '应付', type: 'fen' }, { name: 'drawnFen', zh: '已制单', type: 'fen' }, { name: 'paidFen', zh: '已付', type: 'fen' },
      ];
      const rows = found.map((each) => [each.id, each.payingCity, each.receivingCity, each.insutype, fundName(each.fund), each.fen, each.drawnFen, each.paidFen]);
      return tableReply(format, `clearing-${call.params['id']}-payables`, head, { columns, rows });
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
    const named = await call.parts.store.write(async (manager) => {
      await requireConfirmer(manager, call, city);
      const { batch: row } = await visibleBatch(manager, call);
      const at = call.parts.people.now();
      return nameObjections(manager, { batchId: row.id, city, side, setlIds: [...new Set(setlIds)], reasonCode, reason, byUser: call.user.userId, at });
    });
    if (isRefusal(named)) throw new Problem(named.code, { detail: named.message });
    return { status: 200, body: { batchId: call.params['id'], named } };
  },
});

/** Items and numbers that a preview lists. */
const MOST_PREVIEWED = 200;

const previewObjection = defineRoute({
  method: 'post',
  path: '/v1/clearing/batches/{id}/objections/preview',
  operationId: 'previewClearingObjections',
  summary: '异议会移出什么',
  description: '不改变任何内容：移至下月的各笔（含先前已指明的、随之移出的冲减），以及该市（州）移出前后的合计。',
  tag: TAG,
  access: 'user',
  right: 'case.act',
  body: objectionPreviewBody,
  answers: { 200: { description: '移出的各笔与合计', schema: objectionPreview } },
  errors: [...BODY_ERRORS, 'CLEARING_BATCH_NOT_FOUND', 'CLEARING_LOCKED', 'XR_OUT_OF_SCOPE'],
  example: { ...EXAMPLE, body: { city: '990100', side: 'payable', setlIds: ['S990000000001'] } },
  handle: async (call) => {
    const { city, side, setlIds } = call.body;
    return call.parts.store.read(async (manager) => {
      await requireConfirmer(manager, call, city);
      const { batch } = await visibleBatch(manager, call);
      if (batch.status !== 'draft') throw new Problem('CLEARING_LOCKED');
      const { items, missing, ...sums } = await previewObjections(manager, batch, { city, side, setlIds: [...new Set(setlIds)] });
      return { status: 200, body: { ...sums, items: items.slice(0, MOST_PREVIEWED), count: items.length, missing: missing.slice(0, MOST_PREVIEWED), missingCount: missing.length } };
    });
  },
});

/** Throws Problem XR_OUT_OF_SCOPE where the person does not confirm for the city, in a post of his own or one delegated to him. */
async function requireConfirmer(manager: EntityManager, { user, parts }: Pick<Call, 'user' | 'parts'>, city: string): Promise<void> {
  const posts = await actingPosts(manager, user.userId, parts.people.now());
  if (!posts.some(({ role, division }) => role === 'cityConfirmer' && division === city)) throw new Problem('XR_OUT_OF_SCOPE');
}

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

const counties = defineRoute({
  method: 'get',
  path: '/v1/clearing/counties',
  operationId: 'listClearingCounties',
  summary: '月度清算的预核区县',
  description: '上一个月的清算参数启用区县预核时，本省每个区县一席；未启用时为空。发起月度清算时填入 counties。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: noQuery,
  answers: { 200: { description: '席位', schema: partiesView } },
  errors: [],
  handle: (call) =>
    call.parts.store.read(async (manager) => {
      const { offices } = await clearingScope(manager, call, 'case.read');
      const now = call.parts.people.now();
      const tree = await divisionTree(manager, now);
      const month = addMonths(periodOf(formatDate(now).slice(0, 7)), -1);
      const items = await Promise.all(
        offices.map(async (office) => ((await parametersOf(manager, office))(month).content.countyPreCheck ? countiesOf(tree, office) : [])),
      );
      return { status: 200, body: { items: items.flat() } };
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

export const clearingRoutes: readonly Route[] = [batches, batch, lines, items, comparison, payables, previewObjection, object, parties, counties, parameters];
