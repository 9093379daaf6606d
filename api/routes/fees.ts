import { randomUUID } from 'node:crypto';
import { MoreThan } from 'typeorm';
import { z } from 'zod';
import type { NumberedLine } from '../../domain/fee-lines';
import { feePage } from '../../schemas/api/answers';
import { CSV_COLUMNS, CSV_REQUIRED, feesBody, MAX_CSV_ROWS, MAX_JSON_ROWS, withdrawFeesBody } from '../../schemas/api/fees';
import { feesQuery, noQuery, withdrawFeesQuery } from '../../schemas/api/queries';
import { FeeLine } from '../../store/entities';
import { requireAdmission, requireAdmissionIn } from '../admissions';
import { COMMAND_JSON_LIMIT, FEES_JSON_LIMIT, readJson, requireMediaType, requireNoBody } from '../body';
import { commandAnswers, giveCommand, hashOf, requireIdempotencyKey } from '../command-route';
import { pageOf, readCursor } from '../cursor';
import { EXAMPLE_FEE_CSV, EXAMPLE_FEE_LINE, EXAMPLE_PATH } from '../examples';
import { csvRows } from '../fee-csv';
import { type RawRow, readFeeLines } from '../fee-rows';
import { storeUpload } from '../fee-uploads';
import { Problem, problemOfIssues } from '../problem';
import { BODY_ERRORS, type Call, COMMAND_ERRORS, defineRoute, type Route } from '../route';
import { viewFeeLine } from '../views';

const TAG = '费用明细';

const upload = defineRoute({
  method: 'post',
  path: '/v1/admissions/{id}/fees',
  operationId: 'uploadFees',
  summary: '费用明细上传',
  description: [
    `JSON 每批至多 ${MAX_JSON_ROWS} 行；CSV 每批至多 ${MAX_CSV_ROWS} 行，UTF-8，或在 Content-Type 注明 charset=gb18030。`,
    `CSV 首行为列名，次序任意；必需列：${CSV_REQUIRED.join('、')}；可选列：${CSV_COLUMNS.filter((name) => !CSV_REQUIRED.includes(name)).join('、')}。`,
    'JSON 中金额为整数分，CSV 中金额为元。退费行数量与金额为负，并填 init_feedetl_sn。任何一行有错，整批不入库。',
    '平台按行分解金额（2301，每次 100 行），结果用 GET 同一地址查询。自费住院的明细只在本院记账，不上传。',
  ].join('\n'),
  tag: TAG,
  access: 'institution',
  command: 'uploadFees',
  query: noQuery,
  body: feesBody,
  rawBody: ['application/json', 'text/csv'],
  answers: commandAnswers(200),
  errors: [
    ...COMMAND_ERRORS, ...BODY_ERRORS, 'ADMISSION_NOT_FOUND', 'PATH_INVALID', 'FEE_ROWS_INVALID', 'FEE_ROWS_TOO_MANY', 'FEE_ROWS_EMPTY',
    'CSV_HEADER_INVALID', 'CSV_MALFORMED',
  ],
  example: { path: EXAMPLE_PATH, body: { lines: [EXAMPLE_FEE_LINE] }, csv: EXAMPLE_FEE_CSV },
  handle: async (call) => {
    const key = requireIdempotencyKey(call.request);
    const { type, charset } = requireMediaType(call.request, ['application/json', 'text/csv']);
    const source = type === 'text/csv' ? 'csv' : 'json';
    const lines = await readFeeLines(source === 'csv' ? csvRows(call.request, charset) : await jsonRows(call));
    const content = { command: 'uploadFees', id: call.params['id'], lines: lines.map(({ line }) => line) };
    return giveCommand(call, key, hashOf(content, call.caller), 200, () => prepareUpload(call, source, lines));
  },
});

async function prepareUpload(call: Call, source: 'json' | 'csv', lines: readonly NumberedLine[]) {
  const admission = await requireAdmission(call);
  const uploadId = randomUUID();
  return {
    name: 'uploadFees',
    workflowId: admission.workflowId,
    start: null,
    payload: { uploadId, lineCount: lines.length },
    alongside: (manager: Parameters<typeof storeUpload>[0]) =>
      storeUpload(manager, { uploadId, admissionId: admission.id, source, lines }),
  };
}

const looseBody = z.strictObject({ lines: z.array(z.unknown()) });

async function jsonRows(call: Call): Promise<RawRow[]> {
  const body = looseBody.safeParse(await readJson(call.request, FEES_JSON_LIMIT));
  if (!body.success) throw problemOfIssues(body.error.issues);
  if (body.data.lines.length > MAX_JSON_ROWS) throw new Problem('FEE_ROWS_TOO_MANY');
  return body.data.lines.map((fields, index) => ({ row: index + 1, fields }));
}

const list = defineRoute({
  method: 'get',
  path: '/v1/admissions/{id}/fees',
  operationId: 'listFees',
  summary: '费用明细查询',
  description: '每行的上传状态、拒收原因和平台分解的金额。',
  tag: TAG,
  access: 'institution',
  query: feesQuery,
  answers: { 200: { description: '一页', schema: feePage } },
  errors: ['ADMISSION_NOT_FOUND', 'PATH_INVALID', 'CURSOR_INVALID'],
  example: { path: EXAMPLE_PATH, query: { limit: 100 } },
  handle: async (call) => {
    const { limit, cursor, state } = call.query;
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    return call.parts.store.read(async (manager) => {
      const admission = await requireAdmissionIn(manager, call);
      const rows = await manager.find(FeeLine, {
        where: {
          admissionId: admission.id,
          ...(state === undefined ? {} : { state }),
          ...(place ? { id: MoreThan(place[0]) } : {}),
        },
        order: { id: 'ASC' },
        take: limit + 1,
      });
      return { status: 200, body: pageOf(rows, limit, viewFeeLine, (row) => [row.id]) };
    });
  },
});

const withdraw = defineRoute({
  method: 'delete',
  path: '/v1/admissions/{id}/fees',
  operationId: 'withdrawFees',
  summary: '费用明细撤销',
  description: '撤销所列的未结算明细（2302）；?all=true 时撤销全部未结算明细，不带请求体。',
  tag: TAG,
  access: 'institution',
  command: 'withdrawFees',
  query: withdrawFeesQuery.omit({ round: true }),
  body: withdrawFeesBody,
  rawBody: ['application/json'],
  answers: commandAnswers(200),
  errors: [...COMMAND_ERRORS, ...BODY_ERRORS, 'ADMISSION_NOT_FOUND', 'PATH_INVALID', 'FEES_NOT_FOUND', 'RETURN_LEFT'],
  example: { path: EXAMPLE_PATH, body: { feedetl_sns: ['A01'] } },
  handle: async (call) => {
    const key = requireIdempotencyKey(call.request);
    const feedetlSns = call.query.all === 'true' ? await allLines(call) : await listedLines(call);
    const content = { command: 'withdrawFees', id: call.params['id'], feedetlSns };
    return giveCommand(call, key, hashOf(content, call.caller), 200, async () => {
      const admission = await requireAdmission(call);
      return { name: 'withdrawFees', workflowId: admission.workflowId, start: null, payload: { feedetlSns } };
    });
  },
});

async function allLines(call: Call): Promise<'all'> {
  await requireNoBody(call.request);
  return 'all';
}

async function listedLines(call: Call): Promise<string[]> {
  const body = withdrawFeesBody.safeParse(await readJson(call.request, COMMAND_JSON_LIMIT));
  if (!body.success) throw problemOfIssues(body.error.issues);
  return body.data.feedetl_sns;
}

export const feeRoutes: readonly Route[] = [upload, list, withdraw];
