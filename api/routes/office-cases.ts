import { z } from 'zod';
import { readCopy } from '../../activities/office-case/copies';
import { MoreThan } from 'typeorm';
import { actBody, caseAccepted, caseToOpen, caseView, definitionList, readingView, timelineEntries } from '../../schemas/api/office-cases';
import { briefingView } from '../../schemas/api/briefing';
import { commandStatus } from '../../schemas/api/answers';
import { pageQuery, noQuery } from '../../schemas/api/queries';
import { commandId } from '../../schemas/api/text';
import { CaseAct } from '../../store/entities';
import { briefingOf } from '../cases/briefing/view';
import { requireCase } from '../cases/find';
import { giveAct, giveNewCase } from '../cases/give';
import { startDivisions } from '../cases/open';
import { readerOf } from '../cases/reader';
import { viewAct } from '../cases/timeline';
import { viewCase } from '../cases/view';
import { pageOf, readCursor } from '../cursor';
import { EXAMPLE_AGENCY_FORM, EXAMPLE_CASE, EXAMPLE_SEEN } from '../examples-office';
import { COMMAND_HEADERS } from '../headers';
import { bodyOf, Problem, problemOfRefusal } from '../problem';
import { ACT_ERRORS, BODY_ERRORS, CASE_COMMAND_ERRORS, defineRoute, type Route } from '../route';

const TAG = '办件';
// Whoever may read cases may be asked to act by a delegation: whether he may is judged with the act.
const ACCEPTED = { description: '已受理，未在等待时间内办完；按 Location 查询', schema: caseAccepted, headers: [...COMMAND_HEADERS, 'Location', 'Retry-After'] } as const;

const definitions = defineRoute({
  method: 'get',
  path: '/v1/case-definitions',
  operationId: 'listCaseDefinitions',
  summary: '办件目录',
  description: '每种办件的表单、审批链，以及本人可以在哪些辖区发起。',
  tag: TAG,
  access: 'user',
  right: ['case.read', 'case.act'],
  query: noQuery,
  answers: { 200: { description: '目录', schema: definitionList } },
  errors: [],
  handle: async ({ parts, user }) => {
    const { tree } = await parts.store.read((manager) => readerOf(manager, user, parts.people.now()));
    const items = Object.values(parts.cases.definitions).map((definition) => {
      const { key, version, zh, en, functions, startRoles, startLevel, form, businessKey, amount = null, period = null, undo = null, document = null, chain } = definition;
      const places = startDivisions(definition, user, tree.nodes);
      return { key, version, zh, en, functions, startRoles, startLevel, form, businessKey, amount, period, undo, document, chain, mayStart: places.length > 0, startDivisions: places };
    });
    return { status: 200, body: { items } };
  },
});

const open = defineRoute({
  method: 'post',
  path: '/v1/office-cases',
  operationId: 'openCase',
  summary: '发起办件',
  description: 'submit 为 true 时立即提交，由登录人签名；为 false 时存为草稿，以后用 submit 动作提交。同一业务键同一辖区只能有一件在办。',
  tag: TAG,
  access: 'user',
  right: 'case.act',
  waits: true,
  keyed: true,
  query: noQuery,
  body: caseToOpen,
  answers: { 201: { description: '办件', schema: caseView, headers: COMMAND_HEADERS }, 202: ACCEPTED },
  errors: [...CASE_COMMAND_ERRORS, ...BODY_ERRORS, 'DEFINITION_UNKNOWN', 'DIVISION_NOT_FOUND', 'CASE_START_REFUSED', 'DEFINITION_CHANGED', 'CASE_ALREADY_OPEN', 'FORM_INVALID'],
  example: { body: { definition: 'xr-base-agency', division: '990100', form: EXAMPLE_AGENCY_FORM, submit: true } },
  handle: giveNewCase,
});

const get = defineRoute({
  method: 'get',
  path: '/v1/office-cases/{caseNo}',
  operationId: 'getCase',
  summary: '办件详情',
  description: '表单中的个人信息以掩码显示（经办本人除外），原文用 POST /v1/unmask 查看并留痕。',
  tag: TAG,
  access: 'user',
  right: ['case.read', 'case.act'],
  query: noQuery,
  answers: { 200: { description: '办件', schema: caseView } },
  errors: ['CASE_NOT_FOUND'],
  example: { path: EXAMPLE_CASE },
  handle: async ({ parts, user, params }) =>
    parts.store.read(async (manager) => {
      const reader = await readerOf(manager, user, parts.people.now());
      const found = await requireCase(manager, params['caseNo'] ?? '', reader);
      return { status: 200, body: await viewCase(manager, parts, found, reader) };
    }),
});

const briefing = defineRoute({
  method: 'get',
  path: '/v1/office-cases/{caseNo}/briefing',
  operationId: 'getCaseBriefing',
  summary: '签批参考',
  description: '签批之前要看的：金额大写、与上月及上年同月比较、移入移出的结算及原因、预付金余额、谁办了哪一步因而不得再办。只含查看者辖区看得到的。',
  tag: TAG,
  access: 'user',
  right: ['case.read', 'case.act'],
  query: noQuery,
  answers: { 200: { description: '签批参考', schema: briefingView } },
  errors: ['CASE_NOT_FOUND'],
  example: { path: EXAMPLE_CASE },
  handle: async (call) =>
    call.parts.store.read(async (manager) => {
      const reader = await readerOf(manager, call.user, call.parts.people.now());
      const found = await requireCase(manager, call.params['caseNo'] ?? '', reader);
      return { status: 200, body: await briefingOf(manager, call, found, reader) };
    }),
});

const timeline = defineRoute({
  method: 'get',
  path: '/v1/office-cases/{caseNo}/timeline',
  operationId: 'getCaseTimeline',
  summary: '办件经过',
  description: '先后有序，含未受理的办理。',
  tag: TAG,
  access: 'user',
  right: ['case.read', 'case.act'],
  query: pageQuery,
  answers: { 200: { description: '一页', schema: timelineEntries } },
  errors: ['CASE_NOT_FOUND', 'CURSOR_INVALID'],
  example: { path: EXAMPLE_CASE },
  handle: async ({ parts, user, params, query }) => {
    const place = readCursor(query.cursor, z.tuple([z.number().int()]));
    return parts.store.read(async (manager) => {
      const reader = await readerOf(manager, user, parts.people.now());
      const { row } = await requireCase(manager, params['caseNo'] ?? '', reader);
      const rows = await manager.find(CaseAct, {
        where: { caseId: row.id, ...(place ? { seq: MoreThan(place[0]) } : {}) },
        order: { seq: 'ASC' },
        take: query.limit + 1,
      });
      return { status: 200, body: pageOf(rows, query.limit, viewAct, ({ seq }) => [seq]) };
    });
  },
});

const act = defineRoute({
  method: 'post',
  path: '/v1/office-cases/{caseNo}/acts',
  operationId: 'actOnCase',
  summary: '办理',
  description:
    '同意、退回、补正等。seenHash 取自办件详情：内容或环节已变化时返回 409。由登录人签名；受托的代委托人签名。后签的人得到 409 CASE_ALREADY_DECIDED，decided 说明谁已于何时办理。',
  tag: TAG,
  access: 'user',
  right: ['case.act', 'case.read'],
  waits: true,
  keyed: true,
  query: noQuery,
  body: actBody,
  answers: { 200: { description: '办理后的办件', schema: caseView, headers: COMMAND_HEADERS }, 202: ACCEPTED },
  errors: [...CASE_COMMAND_ERRORS, ...BODY_ERRORS, ...ACT_ERRORS],
  example: { path: EXAMPLE_CASE, body: { act: 'approve', step: 'review', slot: '1', round: 1, opinion: '情况属实，同意。', seenHash: EXAMPLE_SEEN } },
  handle: giveAct,
});

const reading = defineRoute({
  method: 'post',
  path: '/v1/office-cases/{caseNo}/reading',
  operationId: 'readCaseCopy',
  summary: '已阅',
  description: '收到抄送的人打开办件或点已阅时记录；只记首次，留审计，重复无害。',
  tag: TAG,
  access: 'user',
  right: ['case.read', 'case.act'],
  query: noQuery,
  answers: { 200: { description: '首次阅读的时间', schema: readingView } },
  errors: ['CASE_NOT_FOUND', 'COPY_NOT_FOUND'],
  example: { path: EXAMPLE_CASE },
  handle: async ({ parts, user, params }) =>
    parts.store.write(async (manager) => {
      const at = parts.people.now();
      const { row } = await requireCase(manager, params['caseNo'] ?? '', await readerOf(manager, user, at));
      const { userId, sessionId, origin } = user;
      const readAt = await readCopy(manager, { caseId: row.id, caseNo: row.caseNo, division: row.division, userId, sessionId, origin, at });
      if (readAt === null) throw new Problem('COPY_NOT_FOUND');
      return { status: 200, body: { caseNo: row.caseNo, readAt } };
    }),
});

const command = defineRoute({
  method: 'get',
  path: '/v1/office-commands/{commandId}',
  operationId: 'getOfficeCommand',
  summary: '办理结果',
  description: '受理（202）后用此地址查询；只能查询本人给出的。',
  tag: TAG,
  access: 'user',
  right: ['case.act', 'case.read'],
  query: noQuery,
  answers: { 200: { description: '办理状态', schema: commandStatus } },
  errors: ['COMMAND_NOT_FOUND'],
  example: { path: { commandId: '0b0d8a8e-0a52-4a0e-8a52-0a524a0e8a52' } },
  handle: async ({ parts, user, params, request }) => {
    const id = params['commandId'] ?? '';
    const status = commandId.safeParse(id).success ? await parts.commands.findOwn(user.userId, id) : null;
    if (!status) throw new Problem('COMMAND_NOT_FOUND');
    const { name, result, createdAt, doneAt } = status;
    const common = { commandId: id, command: name, createdAt, doneAt };
    if (!result) return { status: 200, body: { ...common, status: 'accepted' } };
    if (result.status === 'done') return { status: 200, body: { ...common, status: 'done', result: result.result } };
    return { status: 200, body: { ...common, status: 'refused', problem: bodyOf(problemOfRefusal(result.refusal, id), request) } };
  },
});

export const officeCaseRoutes: readonly Route[] = [definitions, open, get, briefing, timeline, act, reading, command];
