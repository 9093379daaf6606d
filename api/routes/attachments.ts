import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { attachmentView, withdrawAttachmentBody } from '../../schemas/api/office-cases';
import { noQuery } from '../../schemas/api/queries';
import { dispositionOf } from '../attachments/names';
import { viewAttachment } from '../attachments/rows';
import { requireAttachment, takeAttachment, withdrawAttachment } from '../attachments/take';
import { requireCase } from '../cases/find';
import { readerOf } from '../cases/reader';
import { namesOf } from '../cases/view';
import { EXAMPLE_ATTACHMENT, EXAMPLE_CASE } from '../examples-office';
import type { ApiParts } from '../parts';
import { BODY_ERRORS, defineRoute, type Route } from '../route';
import type { CallUser } from '../users';
import type { CaseAttachment } from '../../store/entities';

const TAG = '办件';
const EXAMPLE_PATH = { ...EXAMPLE_CASE, attachmentId: EXAMPLE_ATTACHMENT } as const;

const put = defineRoute({
  method: 'post',
  path: '/v1/office-cases/{caseNo}/attachments',
  operationId: 'putAttachment',
  summary: '上传附件',
  description: '请求体即文件内容，文件名以百分号编码写在请求头 X-File-Name。类型按内容判断，须与扩展名相符：pdf、png、jpg、xlsx、docx、ofd、zip、csv、txt。加密保存，从不删除。',
  tag: TAG,
  access: 'user',
  right: ['case.act', 'case.read'],
  keyed: true,
  fileName: true,
  query: noQuery,
  rawBody: ['application/octet-stream'],
  answers: { 201: { description: '附件', schema: attachmentView } },
  errors: [
    'CASE_NOT_FOUND', 'CASE_ENDED', 'ATTACHMENT_NAME_INVALID', 'ATTACHMENT_EMPTY', 'ATTACHMENT_TOO_LARGE', 'ATTACHMENT_TYPE_REFUSED', 'ATTACHMENTS_FULL',
    'CONTENT_ENCODING_UNSUPPORTED', 'BODY_INCOMPLETE', 'IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED',
  ],
  example: { path: EXAMPLE_CASE },
  handle: async ({ parts, user, params, request }) => {
    const row = await takeAttachment(parts, user, params['caseNo'] ?? '', request);
    return { status: 201, body: await shown(parts, user, row) };
  },
});

const get = defineRoute({
  method: 'get',
  path: '/v1/office-cases/{caseNo}/attachments/{attachmentId}',
  operationId: 'getAttachment',
  summary: '下载附件',
  tag: TAG,
  access: 'user',
  right: ['case.read', 'case.act'],
  query: noQuery,
  answers: { 200: { description: '文件内容', type: 'application/octet-stream', headers: ['Content-Disposition'] } },
  errors: ['CASE_NOT_FOUND', 'ATTACHMENT_NOT_FOUND'],
  example: { path: EXAMPLE_PATH },
  handle: async ({ parts, user, params }) => {
    const row = await parts.store.read(async (manager) => {
      const reader = await readerOf(manager, user, parts.people.now());
      const found = await requireCase(manager, params['caseNo'] ?? '', reader);
      return requireAttachment(manager, found.row.id, params['attachmentId'] ?? '');
    });
    const content = parts.cases.attachments.read(row.id);
    // A file that is absent or damaged at its head is told before anything is sent.
    const first = await content.next();
    const write = async (response: Response): Promise<void> => {
      response.setHeader('Content-Length', String(row.size));
      if (response.req.method === 'HEAD') response.end();
      else await pipeline(wholeOf(first, content), response);
      await content.return(undefined);
    };
    return { status: 200, headers: { 'Content-Disposition': dispositionOf(row.name) }, stream: { mediaType: row.type, write } };
  },
});

async function* wholeOf(first: IteratorResult<Buffer, void>, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer> {
  if (!first.done) yield first.value;
  yield* rest;
}

const withdraw = defineRoute({
  method: 'post',
  path: '/v1/office-cases/{caseNo}/attachments/{attachmentId}/withdrawal',
  operationId: 'withdrawAttachment',
  summary: '撤下附件',
  description: '只作标记，内容仍在；只能由上传人在办结前撤下。',
  tag: TAG,
  access: 'user',
  right: ['case.act', 'case.read'],
  query: noQuery,
  body: withdrawAttachmentBody,
  answers: { 200: { description: '附件', schema: attachmentView } },
  errors: [...BODY_ERRORS, 'CASE_NOT_FOUND', 'ATTACHMENT_NOT_FOUND', 'ATTACHMENT_NOT_YOURS', 'CASE_ENDED'],
  example: { path: EXAMPLE_PATH, body: { reason: '传错了文件' } },
  handle: async ({ parts, user, params, body }) => {
    const place = { caseNo: params['caseNo'] ?? '', id: params['attachmentId'] ?? '' };
    const row = await parts.store.write((manager) => withdrawAttachment(manager, parts, user, place, body.reason));
    return { status: 200, body: await shown(parts, user, row) };
  },
});

async function shown(parts: ApiParts, user: CallUser, row: CaseAttachment) {
  const { by, withdrawnBy, ...rest } = viewAttachment(row);
  const names = await parts.store.read((manager) => namesOf(manager, [by, ...(withdrawnBy === null ? [] : [withdrawnBy])]));
  return { ...rest, by: names(by), mine: by === user.userId, withdrawnBy: withdrawnBy === null ? null : names(withdrawnBy) };
}

export const attachmentRoutes: readonly Route[] = [put, get, withdraw];
