import { In, LessThan, MoreThan, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { BATCH_KINDS } from '../../activities/batch/registry';
import { currentCaseDefinitions } from '../../schemas/processes/load-cases';
import { commandAccepted } from '../../schemas/api/answers';
import { batchesFilter, batchKindList, batchList, batchOrder, batchRejects, batchRejectsQuery, batchToOpen, batchView } from '../../schemas/api/batches';
import { noQuery } from '../../schemas/api/queries';
import { Batch, BatchReject } from '../../store/entities';
import type { Transactions } from '../../store/transactions';
import { batchScope, giveBatchOrder, giveNewBatch, requireBatch } from '../batches/give';
import { viewBatch, viewBatchRow } from '../batches/view';
import { pageOf, readCursor } from '../cursor';
import { COMMAND_HEADERS } from '../headers';
import { BODY_ERRORS, defineRoute, type Route } from '../route';
import { tableHead, tableReply } from '../tables/reply';
import type { TableColumn } from '../tables/table';

const TAG = '批次';
const READS = { method: 'get', tag: TAG, access: 'user', right: 'case.read' } as const;
const GIVES = { method: 'post', tag: TAG, access: 'user', right: 'case.act', waits: true, keyed: true, query: noQuery } as const;
const ACCEPTED = { description: '已受理，未在等待时间内办完；按 Location 查询', schema: commandAccepted, headers: [...COMMAND_HEADERS, 'Location', 'Retry-After'] } as const;
const GIVE_ERRORS = [
  'IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'PREFER_INVALID', 'TOO_MANY_COMMANDS', 'COMMAND_FAILED',
  'COMMAND_MALFORMED', 'TEMPORAL_UNAVAILABLE', 'BATCH_START_REFUSED', 'BATCH_NOT_FOUND', ...BODY_ERRORS,
] as const;
const EXAMPLE_ID = 'contrib-assessment-990101-2026-0001';

const kinds = defineRoute({
  ...READS,
  path: '/v1/batch-kinds',
  operationId: 'listBatchKinds',
  summary: '批次种类',
  query: noQuery,
  answers: { 200: { description: '全部', schema: batchKindList } },
  errors: [],
  handle: async () => {
    const definitions = currentCaseDefinitions();
    const items = Object.entries(BATCH_KINDS).map(([kind, { zh, confirmedBy, startRoles, undo }]) => ({
      kind, zh, confirmedBy, startRoles, undoable: undo !== undefined, undoneBy: confirmedBy === null ? null : (definitions[confirmedBy]?.undo ?? null),
    }));
    return { status: 200, body: { items } };
  },
});

const list = defineRoute({
  ...READS,
  path: '/v1/batches',
  operationId: 'listBatchRuns',
  summary: '批次，新的在前',
  query: batchesFilter,
  answers: { 200: { description: '一页', schema: batchList } },
  errors: ['CURSOR_INVALID'],
  handle: async (call) => {
    const { limit, cursor, division, ...wanted } = call.query;
    const place = readCursor(cursor, z.tuple([z.number().int(), z.string().max(100)]));
    const { store, people } = call.parts;
    return store.read(async (manager) => {
      const scope = await batchScope(manager, call);
      const seen = { ...defined(wanted), division: In(division === undefined ? [...scope] : scope.filter((each) => each === division)) };
      const where: FindOptionsWhere<Batch>[] = place ? [{ ...seen, createdAt: LessThan(place[0]) }, { ...seen, createdAt: place[0], id: LessThan(place[1]) }] : [seen];
      const rows = await manager.find(Batch, { where, order: { createdAt: 'DESC', id: 'DESC' }, take: limit + 1 });
      return { status: 200, body: pageOf(rows, limit, (row) => viewBatchRow(row, people.now()), ({ createdAt, id }) => [createdAt, id]) };
    });
  },
});

const get = defineRoute({
  ...READS,
  path: '/v1/batches/{batchId}',
  operationId: 'getBatch',
  summary: '一个批次：进度、合计、与上一批次的比较',
  query: noQuery,
  answers: { 200: { description: '批次', schema: batchView } },
  errors: ['BATCH_NOT_FOUND'],
  example: { path: { batchId: EXAMPLE_ID } },
  handle: async (call) => {
    const { store } = call.parts;
    return store.read(async (manager) => ({ status: 200, body: await viewBatch(manager, call.parts, await requireBatch(manager, call, call.params['batchId'] ?? '')) }));
  },
});

const rejects = defineRoute({
  ...READS,
  path: '/v1/batches/{batchId}/rejects',
  operationId: 'listBatchRejects',
  summary: '批次的未通过行与原因',
  query: batchRejectsQuery,
  answers: { 200: { description: '一页，按行号；format=csv 或 xlsx 时为文件', schema: batchRejects, headers: ['Content-Disposition'] } },
  errors: ['BATCH_NOT_FOUND', 'CURSOR_INVALID', 'EXPORT_TOO_LARGE'],
  example: { path: { batchId: EXAMPLE_ID } },
  handle: async (call) => {
    const { limit, cursor, format } = call.query;
    const place = readCursor(cursor, z.tuple([z.number().int(), z.number().int()]));
    const { store } = call.parts;
    const batch = await store.read((manager) => requireBatch(manager, call, call.params['batchId'] ?? ''));
    if (format !== undefined) {
      const head = await store.read((manager) => tableHead(manager, call, { title: `${batch.title} 未通过行`, period: batch.period ?? '', divisions: [batch.division] }));
      return tableReply(format, `${batch.id}-rejects`, head, { columns: REJECT_COLUMNS, rows: allRejects(store, batch.id) });
    }
    return store.read(async (manager) => {
      const rows = await rejectsAfter(manager, batch.id, place, limit + 1);
      return { status: 200, body: pageOf(rows, limit, ({ rowNo, subject, code, text }) => ({ rowNo, subject, code, text }), ({ rowNo, no }) => [rowNo, no]) };
    });
  },
});

const REJECT_COLUMNS: readonly TableColumn[] = [
  { name: 'rowNo', zh: '行号', type: 'count' },
  { name: 'subject', zh: '编号', type: 'text' },
  { name: 'code', zh: '代码', type: 'text' },
  { name: 'text', zh: '原因', type: 'text' },
];
const REJECTS_AT_ONCE = 1_000;

function rejectsAfter(manager: EntityManager, batchId: string, place: readonly [number, number] | null, take: number): Promise<BatchReject[]> {
  const where: FindOptionsWhere<BatchReject>[] = place ? [{ batchId, rowNo: MoreThan(place[0]) }, { batchId, rowNo: place[0], no: MoreThan(place[1]) }] : [{ batchId }];
  return manager.find(BatchReject, { where, order: { rowNo: 'ASC', no: 'ASC' }, take });
}

async function* allRejects(store: Transactions, batchId: string): AsyncGenerator<readonly (string | number)[]> {
  for (let place: readonly [number, number] | null = null; ; ) {
    const rows: BatchReject[] = await store.read((manager) => rejectsAfter(manager, batchId, place, REJECTS_AT_ONCE));
    for (const { rowNo, subject, code, text } of rows) yield [rowNo, subject, code, text];
    const last = rows.at(-1);
    if (!last || rows.length < REJECTS_AT_ONCE) return;
    place = [last.rowNo, last.no];
  }
}

const open = defineRoute({
  ...GIVES,
  path: '/v1/batches',
  operationId: 'openBatch',
  summary: '开始一个批次',
  description: '冻结参数与人群，分块处理；需要确认的种类处理完后生成确认办件，经另一人签署才生效。',
  body: batchToOpen,
  answers: { 201: { description: '批次', schema: batchView, headers: COMMAND_HEADERS }, 202: ACCEPTED },
  errors: [...GIVE_ERRORS, 'BATCH_KIND_UNKNOWN'],
  example: { body: { kind: 'contrib-assessment', division: '990101', period: '2026-11', parameters: { variant: 'allUnits' } } },
  handle: giveNewBatch,
});

const order = defineRoute({
  ...GIVES,
  path: '/v1/batches/{batchId}/orders',
  operationId: 'orderBatch',
  summary: '暂停、恢复或取消批次',
  description: '取消只用于尚未生效的批次，已处理的块逐块收回；已生效的用撤销办件整批撤销。',
  body: batchOrder,
  answers: { 200: { description: '批次', schema: batchView, headers: COMMAND_HEADERS }, 202: ACCEPTED },
  errors: [...GIVE_ERRORS, 'BATCH_ORDER_UNFIT'],
  example: { path: { batchId: EXAMPLE_ID }, body: { order: 'pause' } },
  handle: giveBatchOrder,
});

/** Leaves out what was not asked for: an undefined member of a condition would match nothing. */
function defined<T extends object>(wanted: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

export const batchRoutes: readonly Route[] = [kinds, list, open, get, rejects, order];
