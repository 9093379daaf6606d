import { In, IsNull, LessThan, Not, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { draftClearingDocuments } from '../../activities/documents/clearing';
import { namesOf } from '../../activities/documents/people';
import { recordDocumentPrint } from '../../activities/documents/prints';
import { serialRanges } from '../../activities/documents/serials';
import { verifyDocument } from '../../activities/documents/verify';
import { reissueDocument, voidDocument } from '../../activities/documents/void';
import { recordAudit } from '../../activities/people/audit';
import type { FrozenDocument } from '../../domain/documents/data';
import { DOCUMENT_KINDS, type DocumentKind } from '../../domain/documents/kinds';
import type { Refusal } from '../../domain/commands';
import { isRefusal } from '../../domain/refusal';
import { documentPage, documentQuery, documentRow, documentsQuery, draftQuery, issueBody, serialsView, verdict, verifyQuery, voidAnswer, voidBody } from '../../schemas/api/documents';
import { noQuery } from '../../schemas/api/queries';
import { OfficeCase, PrintedDocument, XrClearingBatch } from '../../store/entities';
import { requireCase } from '../cases/find';
import { readerOf } from '../cases/reader';
import { clearingScope } from '../clearing/scope';
import { requireIdempotencyKey } from '../command-route';
import { pageOf, readCursor } from '../cursor';
import { frozenOf, requireApprover, requireDocument } from '../documents/access';
import { caseSheet } from '../documents/case-sheet';
import { issueOnDemand } from '../documents/issue-on-demand';
import { renderDocument, standingOf } from '../documents/render';
import { viewDocuments } from '../documents/view';
import { moneyScope, visible } from '../prepayment/scope';
import { printFormat } from '../print-format';
import { Problem } from '../problem';
import { BODY_ERRORS, defineRoute, type Route } from '../route';

const TAG = '单据';
const PATH = { number: '990000-YF-202611-000001' } as const;
const PAPER = { type: ['text/html', 'application/pdf'], headers: ['Vary', 'Content-Disposition'] } as const;

const list = defineRoute({
  method: 'get',
  path: '/v1/documents',
  operationId: 'listDocuments',
  summary: '已开具的单据',
  description: '本辖区开具的，或以本辖区为对方的单据，新的在前；不含内容。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: documentsQuery,
  answers: { 200: { description: '一页', schema: documentPage } },
  errors: ['CURSOR_INVALID'],
  handle: async ({ parts, user, query }) => {
    const { limit, cursor, kind, fund, period, division, caseNo, state } = query;
    const place = readCursor(cursor, z.tuple([z.number().int(), z.string()]));
    return parts.store.read(async (manager) => {
      const seen = visible(await moneyScope(manager, user, parts.people.now()), division);
      const caseId = caseNo === undefined ? undefined : ((await manager.findOneBy(OfficeCase, { caseNo }))?.id ?? '');
      const rest: FindOptionsWhere<PrintedDocument> = {
        ...(kind === undefined ? {} : { kind: kind as DocumentKind }),
        ...(fund === undefined ? {} : { fund }),
        ...(period === undefined ? {} : { period }),
        ...(caseId === undefined ? {} : { caseId }),
        ...(state === undefined ? {} : { voidedAt: state === 'live' ? IsNull() : Not(IsNull()) }),
      };
      const sides: FindOptionsWhere<PrintedDocument>[] = [{ ...rest, admdvs: In([...seen]) }, { ...rest, party: In([...seen]) }];
      const where = sides.flatMap((side) => (place ? [{ ...side, issuedAt: LessThan(place[0]) }, { ...side, issuedAt: place[0], number: LessThan(place[1]) }] : [side]));
      const rows = await manager.find(PrintedDocument, { where, order: { issuedAt: 'DESC', number: 'DESC' }, take: limit + 1 });
      const views = new Map((await viewDocuments(manager, rows, parts.people.publicUrl)).map((view) => [view.number, view]));
      return { status: 200, body: pageOf(rows, limit, ({ number }) => views.get(number), (row) => [row.issuedAt, row.number]) };
    });
  },
});

const serials = defineRoute({
  method: 'get',
  path: '/v1/document-serials',
  operationId: 'listDocumentSerials',
  summary: '单据流水号与缺号',
  description: '本辖区及下级的开具机构，按种类与年度：已用到几号、开具与作废多少张、有无缺号。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: noQuery,
  answers: { 200: { description: '全部', schema: serialsView } },
  errors: [],
  handle: async ({ parts, user }) =>
    parts.store.read(async (manager) => {
      const { divisions } = await moneyScope(manager, user, parts.people.now());
      const ranges = await serialRanges(manager, divisions);
      return { status: 200, body: { items: ranges.map((range) => ({ ...range, kindName: DOCUMENT_KINDS[range.kind].zh, letters: DOCUMENT_KINDS[range.kind].letters })) } };
    }),
});

const get = defineRoute({
  method: 'get',
  path: '/v1/documents/{number}',
  operationId: 'getDocument',
  summary: '查看单据（预览）',
  description: '网页或 PDF，按 Accept 或 format 取用。只看不登记，印有「预览」，账号只显示末四位；正式打印用 POST …/prints。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: documentQuery,
  answers: { 200: { description: '单据', ...PAPER } },
  errors: ['DOCUMENT_NOT_FOUND'],
  example: { path: PATH, query: { format: 'pdf' } },
  handle: async (call) => {
    const { row, standing } = await call.parts.store.read(async (manager) => {
      const found = await requireDocument(manager, call);
      return { row: found, standing: await standingOf(manager, call, found) };
    });
    const printing = { at: call.parts.people.now(), by: call.user.name, no: null };
    return renderDocument(printFormat(call.request, call.query.format), frozenOf(row), standing, printing);
  },
});

const verify = defineRoute({
  method: 'get',
  path: '/v1/documents/{number}/verify',
  operationId: 'verifyDocument',
  summary: '核验单据真伪',
  description: '单据上的二维码即此地址。不须登录，答复不含金额、人员与内容；编号与摘要有一不符即为 unknown。',
  tag: TAG,
  access: 'open',
  query: verifyQuery,
  answers: { 200: { description: '核验结果', schema: verdict } },
  errors: ['QUERY_INVALID', 'STORE_UNAVAILABLE'],
  example: { path: PATH, query: { hash: '0'.repeat(64) } },
  handle: async ({ parts, params, query }) => {
    const number = params['number'] ?? '';
    const { state, document } = await parts.store.read((manager) => verifyDocument(manager, number, query.hash));
    const known = document && { kindName: DOCUMENT_KINDS[document.kind].zh, issuedAt: document.issuedAt, voidedAt: document.voidedAt };
    return { status: 200, body: { state, number, ...(known ?? { kindName: null, issuedAt: null, voidedAt: null }) } };
  },
});

const print = defineRoute({
  method: 'post',
  path: '/v1/documents/{number}/prints',
  operationId: 'printDocument',
  summary: '登记打印并取得单据',
  description: '登记一次打印，答复即这一次的单据（网页或 PDF）；第二次起印有「补打」，作废的印有「作废」。同一幂等键重发得到同一次。',
  tag: TAG,
  access: 'user',
  right: 'case.act',
  keyed: true,
  query: documentQuery,
  answers: { 201: { description: '单据', ...PAPER, headers: [...PAPER.headers, 'Idempotency-Replayed'] } },
  errors: ['DOCUMENT_NOT_FOUND', 'IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_INVALID'],
  example: { path: PATH, query: { format: 'pdf' } },
  handle: async (call) => {
    const requestKey = requireIdempotencyKey(call.request);
    const { document, print: printed, standing, by, replayed } = await call.parts.store.write(async (manager) => {
      const found = await requireDocument(manager, call);
      const recorded = orThrow(await recordDocumentPrint(manager, found.number, { requestKey, by: call.user.userId, at: call.parts.people.now() }));
      const names = await namesOf(manager, [recorded.print.by]);
      return { ...recorded, standing: await standingOf(manager, call, recorded.document), by: names.get(recorded.print.by) ?? recorded.print.by };
    });
    const reply = await renderDocument(printFormat(call.request, call.query.format), frozenOf(document), standing, { at: printed.at, by, no: printed.printNo }, 201);
    return replayed ? { ...reply, headers: { ...reply.headers, 'Idempotency-Replayed': 'true' } } : reply;
  },
});

const voiding = defineRoute({
  method: 'post',
  path: '/v1/documents/{number}/void',
  operationId: 'voidDocument',
  summary: '作废单据，可同时重开',
  description: '由开具机构的审批岗办理。作废的单据保留编号；重开的同样内容取新编号，并注明所代替的编号。',
  tag: TAG,
  access: 'user',
  right: 'case.act',
  body: voidBody,
  answers: { 200: { description: '作废的与重开的单据', schema: voidAnswer } },
  errors: [...BODY_ERRORS, 'DOCUMENT_NOT_FOUND', 'DOCUMENT_VOID', 'DOCUMENT_STANDS', 'POST_MISSING'],
  example: { path: PATH, body: { reason: '打印污损，重开', reissue: true } },
  handle: async (call) => {
    const { parts, user, body } = call;
    return parts.store.write(async (manager) => {
      const found = await requireDocument(manager, call);
      requireApprover(call, found);
      const act = { reason: body.reason, by: user.userId, at: parts.people.now() };
      const reissued = body.reissue === true ? orThrow(await reissueDocument(manager, found.number, act)) : null;
      if (!reissued) orThrow(await voidDocument(manager, found.number, act));
      const voided = await manager.findOneByOrFail(PrintedDocument, { number: found.number });
      await recordAudit(manager, {
        event: 'document.voided', at: act.at, userId: user.userId, sessionId: user.sessionId, subject: `document/${found.number}`, division: found.admdvs, origin: user.origin,
        detail: { reissued: reissued?.number ?? null },
      });
      const [first, second] = await viewDocuments(manager, [voided, ...(reissued ? [reissued] : [])], parts.people.publicUrl);
      return { status: 200, body: { voided: first, reissued: second ?? null } };
    });
  },
});

const issue = defineRoute({
  method: 'post',
  path: '/v1/documents',
  operationId: 'issueDocument',
  summary: '开具审批表、预付金余额表或机构拨付明细',
  description: '其余单据随审批生效自动开具。重复开具得到同一张；已有不同内容的有效单据时须先作废。',
  tag: TAG,
  access: 'user',
  right: 'case.act',
  body: issueBody,
  answers: { 200: { description: '单据', schema: documentRow } },
  errors: [...BODY_ERRORS, 'CASE_NOT_FOUND', 'ORDER_NOT_FOUND', 'ORDER_VOID', 'DIVISION_OUT_OF_SCOPE', 'DOCUMENT_NOT_READY', 'DOCUMENT_STANDS'],
  example: { body: { kind: 'approvalSheet', caseNo: 'xr-clear-monthly-990000-2026-0001' } },
  handle: (call) =>
    call.parts.store.write(async (manager) => {
      const issued = orThrow(await issueOnDemand(manager, call));
      return { status: 200, body: (await viewDocuments(manager, [issued], call.parts.people.publicUrl))[0] };
    }),
});

const draft = defineRoute({
  method: 'get',
  path: '/v1/document-drafts',
  operationId: 'draftDocument',
  summary: '清算单据草稿（未审批）',
  description: '审批前查看：与将要开具的内容一致，没有编号，印有「未审批」。市（州）人员只看到本市的。',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: draftQuery,
  answers: { 200: { description: '草稿', ...PAPER } },
  errors: ['CLEARING_BATCH_NOT_FOUND', 'DOCUMENT_NOT_FOUND'],
  example: { query: { batchId: '990000-202610-1', kind: 'clearingPayable', city: '990100', insutype: '390', fund: 'residentPool' } },
  handle: async (call) => {
    const { batchId, kind, fund, city, insutype, format } = call.query;
    const at = call.parts.people.now();
    const found = await call.parts.store.read(async (manager) => {
      const scope = await clearingScope(manager, call, 'case.read');
      const batch = await manager.findOneBy(XrClearingBatch, { id: batchId });
      if (!batch || !scope.offices.includes(batch.office)) throw new Problem('CLEARING_BATCH_NOT_FOUND');
      if (scope.cities !== null && (city === undefined || !scope.cities.includes(city))) throw new Problem('DOCUMENT_NOT_FOUND');
      const subject = [batchId, ...(city === undefined ? [] : [city]), ...(insutype === undefined ? [] : [insutype]), fund].join('/');
      return (await draftClearingDocuments(manager, batch, at)).find((each) => each.kind === kind && (each.subject === subject || each.subject === `${subject}/1`));
    });
    if (!found) throw new Problem('DOCUMENT_NOT_FOUND');
    return renderDocument(printFormat(call.request, format), { kind: found.kind, data: found.data } as FrozenDocument, { number: null }, { at, by: call.user.name, no: null });
  },
});

const caseDocument = defineRoute({
  method: 'get',
  path: '/v1/office-cases/{caseNo}/document',
  operationId: 'getCaseDocument',
  summary: '审批表（办件单）',
  description: '办件现状的审批表，草稿；办结后用 POST /v1/documents 开具有编号的。涉及个人的内容隐去。',
  tag: TAG,
  access: 'user',
  query: documentQuery,
  answers: { 200: { description: '审批表', ...PAPER } },
  errors: ['CASE_NOT_FOUND'],
  example: { path: { caseNo: 'xr-clear-monthly-990000-2026-0001' }, query: { format: 'pdf' } },
  handle: async (call) => {
    const at = call.parts.people.now();
    const data = await call.parts.store.read(async (manager) => {
      const reader = await readerOf(manager, call.user, at);
      return caseSheet(manager, await requireCase(manager, call.params['caseNo'] ?? '', reader), at);
    });
    return renderDocument(printFormat(call.request, call.query.format), { kind: 'approvalSheet', data }, { number: null }, { at, by: call.user.name, no: null });
  },
});

function orThrow<T extends object>(outcome: T | Refusal): T {
  if (isRefusal(outcome)) throw new Problem(outcome.code, { detail: outcome.message });
  return outcome;
}

export const printedDocumentRoutes: readonly Route[] = [list, issue, serials, draft, get, verify, print, voiding, caseDocument];
