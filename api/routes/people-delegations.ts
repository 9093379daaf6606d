import { type EntityManager, In } from 'typeorm';
import { z } from 'zod';
import { delegate, revokeDelegation } from '../../activities/people/delegations';
import { addDays, formatDate, parseDate } from '../../domain/calendar';
import { delegationBody, delegationsPage, delegationsQuery, delegationView } from '../../schemas/api/people';
import { Delegation } from '../../store/entities';
import { readCursor, writeCursor } from '../cursor';
import { namesOf, peopleScope, usersWithin } from '../people-scope';
import { Problem } from '../problem';
import { BODY_ERRORS, type Call, defineRoute, type Route } from '../route';
import { problemOfPeople } from '../session-answers';

const TAG = '委托';
const DELEGATION_ID = /^[1-9]\d{0,14}$/;

const list = defineRoute({
  method: 'get',
  path: '/v1/people/delegations',
  operationId: 'listDelegations',
  summary: '委托，含已撤销的',
  description: '业务岗位看到与本人有关的；系统管理岗与安全管理岗看到辖区内的。',
  tag: TAG,
  access: 'user',
  query: delegationsQuery,
  answers: { 200: { description: '一页，新的在前', schema: delegationsPage } },
  errors: ['CURSOR_INVALID'],
  handle: async ({ parts, user, query }) => {
    const { limit, cursor } = query;
    const before = readCursor(cursor, z.tuple([z.number().int()]))?.[0] ?? Number.MAX_SAFE_INTEGER;
    return parts.store.read(async (manager) => {
      const now = parts.people.now();
      const scope = await peopleScope(manager, user, now);
      const ids = scope.keeps ? [user.userId, ...(await usersWithin(manager, scope, now)).map(({ row }) => row.id)] : [user.userId];
      const rows = await manager.find(Delegation, { where: [{ fromUser: In(ids) }, { toUser: In(ids) }], order: { id: 'DESC' } });
      const found = rows.filter(({ id }) => id < before);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return { status: 200, body: { items: await views(manager, shown), nextCursor: found.length > limit && last ? writeCursor([last.id]) : null } };
    });
  },
});

const create = defineRoute({
  method: 'post',
  path: '/v1/delegations',
  operationId: 'delegate',
  summary: '委托他人代办',
  description: '只能委托本人的岗位。受托人须在同一辖区任职，不得任不相容的岗位；转委托至多三层，不得循环。起止均按天，含最后一天。',
  tag: TAG,
  access: 'user',
  right: 'case.act',
  body: delegationBody,
  answers: { 201: { description: '委托', schema: delegationView } },
  errors: [
    'USER_NOT_FOUND', 'USER_NOT_ACTIVE', 'POST_MISSING', 'DELEGATION_TO_SELF', 'DELEGATION_ACROSS_DIVISIONS', 'DELEGATION_DATES_INVALID',
    'DELEGATION_CYCLE', 'DELEGATION_TOO_LONG', 'POSTS_INCOMPATIBLE', ...BODY_ERRORS,
  ],
  example: { body: { toUser: 'sheng-jingban-2', reason: '出差', validFrom: '2026-12-01', validTo: '2026-12-05' } },
  handle: async ({ parts, user, body }) => {
    const now = parts.people.now();
    // A day that has begun counts from now on.
    const validFrom = body.validFrom === formatDate(now) ? now : parseDate(body.validFrom);
    const wanted = { fromUser: user.userId, toUser: body.toUser, role: body.role ?? null, reason: body.reason ?? '', validFrom, validTo: parseDate(addDays(body.validTo, 1)) };
    return parts.store.write(async (manager) => {
      const made = await delegate(manager, wanted, { sessionId: user.sessionId, origin: user.origin, now });
      if ('message' in made) throw problemOfPeople(made);
      return { status: 201, body: (await views(manager, [made]))[0] };
    });
  },
});

const revoke = defineRoute({
  method: 'delete',
  path: '/v1/delegations/{delegationId}',
  operationId: 'revokeDelegation',
  summary: '撤销委托',
  description: '委托人与受托人都可以撤销；已办的仍然有效。重复撤销无害。',
  tag: TAG,
  access: 'user',
  answers: { 200: { description: '委托', schema: delegationView } },
  errors: ['DELEGATION_NOT_FOUND', 'PATH_INVALID'],
  example: { path: { delegationId: '1' } },
  handle: async (call) => {
    const id = delegationId(call);
    const { parts, user } = call;
    return parts.store.write(async (manager) => {
      const problem = await revokeDelegation(manager, id, user.userId, { sessionId: user.sessionId, origin: user.origin, now: parts.people.now() });
      if (problem) throw problemOfPeople(problem);
      return { status: 200, body: (await views(manager, [await manager.findOneByOrFail(Delegation, { id })]))[0] };
    });
  },
});

function delegationId({ params }: Pick<Call, 'params'>): number {
  const text = params['delegationId'] ?? '';
  if (!DELEGATION_ID.test(text)) throw new Problem('PATH_INVALID', { detail: '委托编号为正整数' });
  return Number(text);
}

async function views(manager: EntityManager, rows: readonly Delegation[]): Promise<object[]> {
  const names = await namesOf(manager, rows.flatMap(({ fromUser, toUser }) => [fromUser, toUser]));
  return rows.map(({ id, fromUser, toUser, role, reason, validFrom, validTo, revokedAt }) => ({
    id: String(id), fromUser, fromName: names.get(fromUser) ?? '', toUser, toName: names.get(toUser) ?? '', role, reason,
    validFrom: formatDate(validFrom), validTo: formatDate(validTo - 1), revokedAt,
  }));
}

export const delegationRoutes: readonly Route[] = [list, create, revoke];
