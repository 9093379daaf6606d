import { In, IsNull, LessThan } from 'typeorm';
import { z } from 'zod';
import { accountsPage, accountsQuery, agenciesPage, agenciesQuery } from '../../schemas/api/prepayment';
import { Agency, BankAccount } from '../../store/entities';
import { pageOf, readCursor } from '../cursor';
import { moneyScope } from '../prepayment/scope';
import { viewAccount, viewAgency } from '../prepayment/views';
import { defineRoute, type Route } from '../route';

const TAG = '经办机构与账户';
const READS = { method: 'get', tag: TAG, access: 'user', right: 'case.read' } as const;
const idCursor = z.tuple([z.number().int()]);

const agencies = defineRoute({
  ...READS,
  path: '/v1/agencies',
  operationId: 'listAgencies',
  summary: '经办机构信息查询',
  description: '经办机构与开通异地业务的医药机构对全省公开；history=true 含历史版本。',
  query: agenciesQuery,
  answers: { 200: { description: '一页，新的在前', schema: agenciesPage } },
  errors: ['CURSOR_INVALID'],
  handle: async ({ parts, query }) => {
    const { limit, cursor, history, ...wanted } = query;
    const place = readCursor(cursor, idCursor);
    return parts.store.read(async (manager) => {
      const where = { ...wanted, ...(history === 'true' ? {} : { replacedAt: IsNull() }), ...(place ? { id: LessThan(place[0]) } : {}) };
      const rows = await manager.find(Agency, { where, order: { id: 'DESC' }, take: limit + 1 });
      return { status: 200, body: pageOf(rows, limit, viewAgency, ({ id }) => [id]) };
    });
  },
});

const accounts = defineRoute({
  ...READS,
  path: '/v1/bank-accounts',
  operationId: 'listBankAccounts',
  summary: '银行账户（隐去账号）',
  description: '本辖区及下级的账户；完整账号须另行查看原文并记入审计。',
  query: accountsQuery,
  answers: { 200: { description: '一页，新的在前', schema: accountsPage } },
  errors: ['CURSOR_INVALID'],
  handle: async ({ parts, user, query }) => {
    const { limit, cursor, history, ...wanted } = query;
    const place = readCursor(cursor, idCursor);
    return parts.store.read(async (manager) => {
      const { divisions } = await moneyScope(manager, user, parts.people.now());
      const where = { ...wanted, division: In([...divisions]), ...(history === 'true' ? {} : { replacedAt: IsNull() }), ...(place ? { id: LessThan(place[0]) } : {}) };
      const rows = divisions.length === 0 ? [] : await manager.find(BankAccount, { where, order: { id: 'DESC' }, take: limit + 1 });
      return { status: 200, body: pageOf(rows, limit, viewAccount, ({ id }) => [id]) };
    });
  },
});

export const agencyRoutes: readonly Route[] = [agencies, accounts];
