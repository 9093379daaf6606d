import { bulkActBody, bulkPreviewBody, bulkResults, MOST_BULK_ITEMS } from '../../schemas/api/office-cases';
import { noQuery } from '../../schemas/api/queries';
import { giveBulk, previewBulk } from '../cases/bulk';
import { EXAMPLE_CASE_NO, EXAMPLE_SEEN } from '../examples-office';
import { BODY_ERRORS, defineRoute, type Route } from '../route';

const TAG = '办件';
const ITEM = { caseNo: EXAMPLE_CASE_NO, step: 'review', slot: '1', round: 1, seenHash: EXAMPLE_SEEN } as const;

const preview = defineRoute({
  method: 'post',
  path: '/v1/office-cases/bulk-acts/preview',
  operationId: 'previewBulkActs',
  summary: '批量签批预览',
  description: '逐件说明能否办理、看过之后改了什么、金额合计。不改变任何办件。',
  tag: TAG,
  access: 'user',
  right: ['case.act', 'case.read'],
  query: noQuery,
  body: bulkPreviewBody,
  answers: { 200: { description: '逐件预览', schema: bulkResults } },
  errors: BODY_ERRORS,
  example: { body: { act: 'approve', items: [ITEM] } },
  handle: previewBulk,
});

const execute = defineRoute({
  method: 'post',
  path: '/v1/office-cases/bulk-acts',
  operationId: 'actOnCases',
  summary: '批量签批',
  description: `至多 ${MOST_BULK_ITEMS} 件，每件各自签名、各自成败，结果逐件给出。用同一幂等键重发得到同样的逐件结果。`,
  tag: TAG,
  access: 'user',
  right: ['case.act', 'case.read'],
  keyed: true,
  query: noQuery,
  body: bulkActBody,
  answers: { 200: { description: '逐件结果', schema: bulkResults } },
  errors: [...BODY_ERRORS, 'IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED'],
  example: { body: { act: 'approve', opinion: '同意', items: [ITEM] } },
  handle: giveBulk,
});

export const bulkRoutes: readonly Route[] = [preview, execute];
