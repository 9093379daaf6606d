import { In, LessThan, MoreThan } from 'typeorm';
import { z } from 'zod';
import { issueActivation } from '../../activities/people/activation';
import { AUDIT_EVENTS, type AuditEventName, isIntact } from '../../activities/people/audit';
import { formatDate } from '../../domain/calendar';
import { ROLE_KEYS } from '../../domain/people/role-keys';
import { roleBook } from '../../domain/people/roles';
import {
  activationView, assignmentsPage, assignmentsQuery, auditPage, auditQuery, divisionsView, peopleQuery, postsView, rolesView, usersPage,
} from '../../schemas/api/people';
import { noQuery } from '../../schemas/api/queries';
import { AuditEvent, RoleAssignment } from '../../store/entities';
import { pageOf, readCursor } from '../cursor';
import { namesOf, peopleScope, type SeenUser, usersWithin } from '../people-scope';
import { defineRoute, type Route } from '../route';
import { logInDeps, problemOfPeople, whileNotBusy } from '../session-answers';

const TAG = '人员与权限';
const KEEPERS = ['people.propose', 'people.approve'] as const;

const users = defineRoute({
  method: 'get',
  path: '/v1/people/users',
  operationId: 'listUsers',
  summary: '人员',
  description: '业务岗位看到本辖区、下级与上级的在用人员；系统管理岗与安全管理岗另看到停用的和没有岗位的账号。',
  tag: TAG,
  access: 'user',
  query: peopleQuery,
  answers: { 200: { description: '一页，按登录名', schema: usersPage } },
  errors: ['CURSOR_INVALID'],
  handle: async ({ parts, user, query }) => {
    const { limit, cursor, q, role, division } = query;
    const after = readCursor(cursor, z.tuple([z.string()]))?.[0] ?? '';
    return parts.store.read(async (manager) => {
      const now = parts.people.now();
      const seen = await usersWithin(manager, await peopleScope(manager, user, now), now);
      const holds = ({ posts }: SeenUser): boolean =>
        (role === undefined && division === undefined) ||
        posts.some((post) => (role === undefined || post.role === role) && (division === undefined || post.division === division));
      const found = seen.filter((each) => each.row.loginName > after && holds(each) && (q === undefined || each.row.name.includes(q) || each.row.loginName.includes(q.toLowerCase())));
      return { status: 200, body: pageOf(found.slice(0, limit + 1), limit, viewUser, ({ row }) => [row.loginName]) };
    });
  },
});

function viewUser({ row, posts }: SeenUser): object {
  const { id, loginName, name, status, activationCase } = row;
  return { userId: id, loginName, name, state: status, posts, activation: activationCase !== null };
}

const roles = defineRoute({
  method: 'get',
  path: '/v1/people/roles',
  operationId: 'listRoles',
  summary: '岗位、权限与不相容岗位',
  tag: TAG,
  access: 'user',
  query: noQuery,
  answers: { 200: { description: '岗位', schema: rolesView } },
  errors: [],
  handle: async () => ({ status: 200, body: { items: roleBook.roles, rights: roleBook.rights } }),
});

const divisions = defineRoute({
  method: 'get',
  path: '/v1/people/divisions',
  operationId: 'listDivisions',
  summary: '今日有效的辖区',
  tag: TAG,
  access: 'user',
  query: noQuery,
  answers: { 200: { description: '辖区', schema: divisionsView } },
  errors: [],
  handle: async ({ parts, user }) =>
    parts.store.read(async (manager) => {
      const { tree } = await peopleScope(manager, user, parts.people.now());
      return { status: 200, body: { items: tree.nodes } };
    }),
});

const assignments = defineRoute({
  method: 'get',
  path: '/v1/people/assignments',
  operationId: 'listAssignments',
  summary: '任岗记录，含已收回的',
  tag: TAG,
  access: 'user',
  right: KEEPERS,
  query: assignmentsQuery,
  answers: { 200: { description: '一页，新的在前', schema: assignmentsPage } },
  errors: ['CURSOR_INVALID'],
  handle: async ({ parts, user, query }) => {
    const { limit, cursor, ...wanted } = query;
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    return parts.store.read(async (manager) => {
      const scope = await peopleScope(manager, user, parts.people.now());
      const divisions = wanted.division === undefined ? [...scope.divisions] : [wanted.division].filter((code) => scope.divisions.has(code));
      const rows = divisions.length === 0 ? [] : await manager.find(RoleAssignment, {
        where: { ...wanted, division: In(divisions), ...(place ? { id: LessThan(place[0]) } : {}) },
        order: { id: 'DESC' },
        take: limit + 1,
      });
      const names = await namesOf(manager, rows.map((row) => row.userId));
      const view = (row: RoleAssignment): object => ({
        id: row.id, userId: row.userId, name: names.get(row.userId) ?? '', role: row.role, division: row.division,
        validFrom: formatDate(row.validFrom), validTo: row.validTo === null ? null : formatDate(row.validTo), grantedBy: row.grantedBy,
      });
      return { status: 200, body: pageOf(rows, limit, view, (row) => [row.id]) };
    });
  },
});

const posts = defineRoute({
  method: 'get',
  path: '/v1/people/posts',
  operationId: 'listPosts',
  summary: '岗位表：各辖区各岗位由谁担任',
  tag: TAG,
  access: 'user',
  query: noQuery,
  answers: { 200: { description: '岗位表', schema: postsView } },
  errors: [],
  handle: async ({ parts, user }) =>
    parts.store.read(async (manager) => {
      const now = parts.people.now();
      const scope = await peopleScope(manager, user, now);
      const seen = (await usersWithin(manager, scope, now)).filter(({ row }) => row.status === 'active');
      const rows = scope.tree.nodes.filter(({ code }) => scope.divisions.has(code)).map(({ code, name }) => ({
        division: code, divisionName: name, names: namesByRole(seen, code),
      }));
      return { status: 200, body: { roles: ROLE_KEYS, rows } };
    }),
});

function namesByRole(seen: readonly SeenUser[], division: string): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  for (const { row, posts: held } of seen) {
    for (const { role } of held.filter((post) => post.division === division)) (names[role] ??= []).push(row.name);
  }
  return names;
}

const audit = defineRoute({
  method: 'get',
  path: '/v1/people/audit',
  operationId: 'listAudit',
  summary: '审计：登录、权限、委托、查看原文',
  description: '辖区不及全部的，只看到辖区内人员的记录。',
  tag: TAG,
  access: 'user',
  right: KEEPERS,
  query: auditQuery,
  answers: { 200: { description: '一页，新的在前', schema: auditPage } },
  errors: ['CURSOR_INVALID'],
  handle: async ({ parts, user, query }) => {
    const { limit, cursor, event, userId } = query;
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    return parts.store.read(async (manager) => {
      const now = parts.people.now();
      const scope = await peopleScope(manager, user, now);
      const within = scope.isWhole ? null : new Set((await usersWithin(manager, scope, now)).map(({ row }) => row.id));
      const wanted = userId !== undefined ? [userId].filter((id) => within === null || within.has(id)) : within === null ? null : [...within];
      if (wanted?.length === 0) return { status: 200, body: { items: [], nextCursor: null } };
      const rows = await manager.find(AuditEvent, {
        where: { ...(event === undefined ? {} : { event }), ...(wanted === null ? {} : { userId: In(wanted) }), ...(place ? { id: LessThan(place[0]) } : { id: MoreThan(0) }) },
        order: { id: 'DESC' },
        take: limit + 1,
      });
      const names = await namesOf(manager, rows.map((row) => row.userId));
      return { status: 200, body: pageOf(rows, limit, (row) => viewAudit(row, names), (row) => [row.id]) };
    });
  },
});

function viewAudit(row: AuditEvent, names: ReadonlyMap<string, string>): object {
  const { id, at, userId, event, subject, division, origin } = row;
  // What was before a change serves its undo only.
  const { before: _before, ...detail } = row.detail as Record<string, unknown>;
  return {
    id, at, userId, name: userId === null ? null : (names.get(userId) ?? null), event, act: AUDIT_EVENTS[event as AuditEventName] ?? event,
    subject, division, origin, detail: Object.keys(detail).length === 0 ? null : JSON.stringify(detail), intact: isIntact(row),
  };
}

const activation = defineRoute({
  method: 'post',
  path: '/v1/people/users/{userId}/activation',
  operationId: 'issueActivation',
  summary: '发放激活码',
  description: '开户或重置登录的办件生效后可发放一次，答复只显示这一次；不能为本人发放。',
  tag: TAG,
  access: 'user',
  right: 'people.propose',
  answers: { 200: { description: '激活码', schema: activationView } },
  errors: ['USER_NOT_FOUND', 'SELF_BENEFIT', 'DIVISION_OUT_OF_SCOPE', 'ACTIVATION_NOT_ALLOWED', 'PATH_INVALID'],
  example: { path: { userId: 'sheng-jingban-1' } },
  handle: async ({ parts, user, params }) => {
    const issued = await whileNotBusy(issueActivation(logInDeps(parts), user, params['userId'] ?? ''));
    if (!('expiresAt' in issued)) throw problemOfPeople(issued);
    return { status: 200, body: issued };
  },
});

export const peopleRoutes: readonly Route[] = [users, roles, divisions, assignments, posts, audit, activation];
