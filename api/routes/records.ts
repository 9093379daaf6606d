import { LessThan, MoreThan } from 'typeorm';
import { z } from 'zod';
import { abnormalPage, commandStatus, moneyView, timelinePage } from '../../schemas/api/answers';
import { abnormalQuery, noQuery, roundPageQuery, roundQuery } from '../../schemas/api/queries';
import { commandId, idempotencyKey } from '../../schemas/api/text';
import { AbnormalItem, Deposit, Settlement, TimelineEvent } from '../../store/entities';
import { requireAdmissionIn } from '../admissions';
import { pageOf, readCursor } from '../cursor';
import { EXAMPLE_PATH } from '../examples';
import { bodyOf, Problem, problemOfRefusal } from '../problem';
import { defineRoute, type Route } from '../route';
import { amountsOf, stateOf, viewEvent, viewSettlement } from '../views';

const TAG = '查询';
const KEY_PREFIX = 'key:';

export const getTimeline = defineRoute({
  method: 'get',
  path: '/v1/admissions/{id}/timeline',
  operationId: 'getTimeline',
  summary: '办理经过',
  tag: TAG,
  access: 'institution',
  query: roundPageQuery,
  answers: { 200: { description: '一页，先后有序', schema: timelinePage } },
  errors: ['ADMISSION_NOT_FOUND', 'PATH_INVALID', 'CURSOR_INVALID'],
  example: { path: EXAMPLE_PATH },
  handle: async (call) => {
    const { limit, cursor } = call.query;
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    return call.parts.store.read(async (manager) => {
      const admission = await requireAdmissionIn(manager, call);
      const rows = await manager.find(TimelineEvent, {
        where: { admissionId: admission.id, ...(place ? { seq: MoreThan(place[0]) } : {}) },
        order: { seq: 'ASC' },
        take: limit + 1,
      });
      return { status: 200, body: pageOf(rows, limit, viewEvent, (row) => [row.seq]) };
    });
  },
});

export const getMoney = defineRoute({
  method: 'get',
  path: '/v1/admissions/{id}/money',
  operationId: 'getMoney',
  summary: '费用、预交金与结算',
  tag: TAG,
  access: 'institution',
  query: roundQuery,
  answers: { 200: { description: '金额', schema: moneyView } },
  errors: ['ADMISSION_NOT_FOUND', 'PATH_INVALID'],
  example: { path: EXAMPLE_PATH },
  handle: async (call) =>
    call.parts.store.read(async (manager) => {
      const admission = await requireAdmissionIn(manager, call);
      const { fees, preSettlement } = stateOf(admission);
      const deposits: Record<string, number> = { received: 0, refunded: 0, applied: 0, topUp: 0, restored: 0 };
      for (const row of await manager.findBy(Deposit, { admissionId: admission.id })) {
        deposits[row.kind] = (deposits[row.kind] ?? 0) + row.amountFen;
      }
      const settlements = await manager.find(Settlement, { where: { admissionId: admission.id }, order: { id: 'ASC' } });
      return {
        status: 200,
        body: {
          medfeeFen: admission.medfeeFen,
          unsettledFen: fees.unsettled.medfee,
          settledFen: fees.settled.medfee,
          depositFen: admission.depositFen,
          deposits,
          preSettlement: preSettlement ? amountsOf(preSettlement.amounts) : null,
          settlements: settlements.map(viewSettlement),
        },
      };
    }),
});

const command = defineRoute({
  method: 'get',
  path: '/v1/commands/{commandId}',
  operationId: 'getCommand',
  summary: '业务办理结果',
  description: '受理（202）后用此地址查询；应答丢失、没有拿到业务编号时，用 key: 加幂等键查询。被拒绝的业务在 problem 中说明。',
  tag: TAG,
  access: 'institution',
  query: noQuery,
  answers: { 200: { description: '办理状态', schema: commandStatus } },
  errors: ['COMMAND_NOT_FOUND'],
  example: { path: { commandId: 'key:demo-admit-1' } },
  handle: async (call) => {
    const by = commandNamed(call.params['commandId'] ?? '');
    const status = by && (await call.parts.commands.find(call.caller.institution, by));
    if (!status) throw new Problem('COMMAND_NOT_FOUND');
    const { id } = status;
    const { name, result, createdAt, doneAt } = status;
    const common = { commandId: id, command: name, createdAt, doneAt };
    if (!result) return { status: 200, body: { ...common, status: 'accepted' } };
    if (result.status === 'done') return { status: 200, body: { ...common, status: 'done', result: result.result } };
    return { status: 200, body: { ...common, status: 'refused', problem: bodyOf(problemOfRefusal(result.refusal, id), call.request) } };
  },
});

function commandNamed(text: string): { id: string } | { idempotencyKey: string } | null {
  const key = text.startsWith(KEY_PREFIX) ? text.slice(KEY_PREFIX.length) : null;
  if (key !== null) return idempotencyKey.safeParse(key).success ? { idempotencyKey: key } : null;
  return commandId.safeParse(text).success ? { id: text } : null;
}

const abnormal = defineRoute({
  method: 'get',
  path: '/v1/abnormal-items',
  operationId: 'listAbnormalItems',
  summary: '异常事项',
  description: '需要人处理的事项，默认只列未关闭的，新的在前。',
  tag: TAG,
  access: 'institution',
  query: abnormalQuery,
  answers: { 200: { description: '一页', schema: abnormalPage } },
  errors: ['CURSOR_INVALID'],
  example: { query: { state: 'open' } },
  handle: async (call) => {
    const { limit, cursor, state = 'open' } = call.query;
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    const rows = await call.parts.store.read((manager) =>
      manager.find(AbnormalItem, {
        where: { institution: call.caller.institution, state, ...(place ? { id: LessThan(place[0]) } : {}) },
        order: { id: 'DESC' },
        take: limit + 1,
      }),
    );
    return { status: 200, body: pageOf(rows, limit, viewAbnormal, (row) => [row.id]) };
  },
});

function viewAbnormal({ code, subject, title, process, workflowId, state, openedAt, closedAt, resolution }: AbnormalItem) {
  return { code, subject, title, process, workflowId, state, openedAt, closedAt, resolution };
}

export const recordRoutes: readonly Route[] = [getTimeline, getMoney, command, abnormal];
