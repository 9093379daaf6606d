import { In, IsNull, LessThan, Not } from 'typeorm';
import { z } from 'zod';
import { batchesPage, batchesQuery, opsAbnormalPage, opsAbnormalQuery, stuckPage, stuckQuery, unknownPage, unknownQuery } from '../../schemas/api/ops';
import { AbnormalItem, Command, Message } from '../../store/entities';
import { pageOf, readCursor } from '../cursor';
import { batchesWithin } from '../ops/batches';
import { opsScope, ownsWorkflow, placeOfWorkflow } from '../ops/scope';
import { defineRoute, type Route } from '../route';

const TAG = '运行监控';
const PLACE = z.tuple([z.number().int()]);
/** A command that is not done after so long is stuck, ms. */
const STUCK_MS = 60_000;
const MOST_STUCK = 500;

const abnormal = defineRoute({
  method: 'get',
  path: '/v1/ops/abnormal-items',
  operationId: 'listOpsAbnormalItems',
  summary: '辖区内的异常事项',
  description: '需要人处理的事项，默认只列未关闭的，新的在前。',
  tag: TAG,
  access: 'user',
  right: 'ops.read',
  query: opsAbnormalQuery,
  answers: { 200: { description: '一页', schema: opsAbnormalPage } },
  errors: ['CURSOR_INVALID'],
  example: { query: { state: 'open' } },
  handle: async (call) => {
    const { limit, cursor, state = 'open' } = call.query;
    const place = readCursor(cursor, PLACE);
    const rows = await call.parts.store.read(async (manager) => {
      const { divisions, institutions } = await opsScope(manager, call);
      const where = { institution: In([...institutions, ...divisions]), state, ...(place ? { id: LessThan(place[0]) } : {}) };
      return manager.find(AbnormalItem, { where, order: { id: 'DESC' }, take: limit + 1 });
    });
    const { temporalUrl } = call.parts.cases;
    const view = ({ institution, code, subject, title, process, workflowId, openedAt, closedAt, resolution, state: now }: AbnormalItem): object => ({
      institution, code, subject, title, process, workflowId, temporalUrl: temporalUrl(workflowId), state: now, openedAt, closedAt, resolution,
    });
    return { status: 200, body: pageOf(rows, limit, view, (row) => [row.id]) };
  },
});

const unknown = defineRoute({
  method: 'get',
  path: '/v1/ops/unknown-outcomes',
  operationId: 'listUnknownOutcomes',
  summary: '应答丢失的交易与怎样确定',
  description: '新的在前：冲正、采纳、平台没有此笔，或者仍待确定。',
  tag: TAG,
  access: 'user',
  right: 'ops.read',
  query: unknownQuery,
  answers: { 200: { description: '一页', schema: unknownPage } },
  errors: ['CURSOR_INVALID'],
  example: { query: { resolution: 'open' } },
  handle: async (call) => {
    const { limit, cursor, resolution } = call.query;
    const place = readCursor(cursor, PLACE);
    const rows = await call.parts.store.read(async (manager) => {
      const { institutions } = await opsScope(manager, call);
      const where = { institution: In([...institutions]), resolution: resolution ?? Not(IsNull()), ...(place ? { id: LessThan(place[0]) } : {}) };
      return manager.find(Message, { where, order: { id: 'DESC' }, take: limit + 1 });
    });
    const { temporalUrl } = call.parts.cases;
    const view = ({ institution, workflowId, msgid, infno, resolution: how, sentAt, attempts }: Message): object => ({
      institution, workflowId, temporalUrl: temporalUrl(workflowId), msgid, infno, resolution: how, sentAt, attempts,
    });
    return { status: 200, body: pageOf(rows, limit, view, (row) => [row.id]) };
  },
});

const stuck = defineRoute({
  method: 'get',
  path: '/v1/ops/stuck',
  operationId: 'listStuckCommands',
  summary: '停滞的业务',
  description: `受理超过 ${STUCK_MS / 1000} 秒还没有办完的业务，旧的在前，至多 ${MOST_STUCK} 件。`,
  tag: TAG,
  access: 'user',
  right: 'ops.read',
  query: stuckQuery,
  answers: { 200: { description: '全部', schema: stuckPage } },
  errors: [],
  example: {},
  handle: async (call) => {
    const { parts } = call;
    const before = parts.people.now() - STUCK_MS;
    const { scope, rows } = await parts.store.read(async (manager) => ({
      scope: await opsScope(manager, call),
      rows: await manager.find(Command, { where: { state: In(['accepted', 'delivered']), createdAt: LessThan(before) }, order: { createdAt: 'ASC' }, take: MOST_STUCK }),
    }));
    const items = rows
      .filter(({ workflowId }) => ownsWorkflow(scope, workflowId))
      .map(({ id, process, name, workflowId, state, createdAt }) => ({
        id, institution: placeOfWorkflow(scope, workflowId), process, name, workflowId, temporalUrl: parts.cases.temporalUrl(workflowId), state, createdAt,
      }));
    return { status: 200, body: { items, nextCursor: null } };
  },
});

const batches = defineRoute({
  method: 'get',
  path: '/v1/ops/batches',
  operationId: 'listBatches',
  summary: '批次与进度',
  description: '异地结算接收、月度清算、日对账：进行中的在前，其余新的在前。',
  tag: TAG,
  access: 'user',
  right: 'ops.read',
  query: batchesQuery,
  answers: { 200: { description: '每类至多 50 个', schema: batchesPage } },
  errors: [],
  example: {},
  handle: async (call) => {
    const items = await call.parts.store.read(async (manager) => batchesWithin(manager, await opsScope(manager, call)));
    return { status: 200, body: { items, nextCursor: null } };
  },
});

export const opsRoutes: readonly Route[] = [abnormal, unknown, stuck, batches];
