import { In, MoreThan, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { COLUMNS } from '../../activities/clearing/intake/csv';
import { FileProblem, MOST_LINES } from '../../activities/clearing/intake/lines';
import { spool } from '../../activities/clearing/intake/spool';
import { takeFile } from '../../activities/clearing/intake/take';
import { divisionTree } from '../../activities/people/divisions';
import { outcomeOf, type OutcomeCode } from '../../domain/outcomes';
import { scopeOf } from '../../domain/people/divisions';
import { filePage, filesQuery, fileView } from '../../schemas/api/clearing';
import { noQuery } from '../../schemas/api/queries';
import { XrIntakeFile, XrIntakeReject } from '../../store/entities';
import { limitedBody, requireMediaType } from '../body';
import { pageOf, readCursor } from '../cursor';
import { Problem } from '../problem';
import { BODY_ERRORS, type Call, defineRoute, type Route } from '../route';

const TAG = '异地清算';
/** Largest intake, bytes: 200,000 lines of any width that the fields allow. */
const FILE_LIMIT = 120_000_000;
const REJECTS_AT_ONCE = 100;

/** One settlement and its totals, as they are sent. */
const EXAMPLE_CSV = [
  'H,XR-SETTLEMENTS,1,990000',
  COLUMNS.join(','),
  'S,S990000000001,M1,990101,990202,H99020200001,P1,310,21,2026-10-12 10:00:00,2026-10-12,2026-10-13,I10.x00,1230.00,30.00,0,0,0,0,,310100:1000.00;310200:200.00',
  'T,1,1230.00,1200.00,30.00',
  '',
].join('\n');
const FORMATS: Readonly<Record<string, 'csv' | 'ndjson'>> = { 'text/csv': 'csv', 'application/x-ndjson': 'ndjson' };

const send = defineRoute({
  method: 'post',
  path: '/v1/xr/settlements',
  operationId: 'sendXrSettlements',
  summary: '报送已对账的异地结算',
  description: [
    `CSV（UTF-8，或注明 charset=gb18030）或 NDJSON，至多 ${MOST_LINES} 行。首行 H,XR-SETTLEMENTS,1,辖区；CSV 次行为列名：${COLUMNS.join('、')}；末行 T,行数,医疗费总额,基金合计,现金合计。`,
    '末行合计与明细不符，整个文件不入库。其余逐行判断：好的入库，不好的按行号列出原因。内容相同的文件只收一次，重发得到第一次的结果；中断后重发即从断处继续。',
    'record_type：S 结算、R 撤销、D 扣款；撤销与扣款金额为负，reversal_of 填原结算号。funds 如 310100:1200.00;310200:80.50。NDJSON 中金额为整数分。',
  ].join('\n'),
  tag: TAG,
  access: 'user',
  right: 'case.act',
  rawBody: ['text/csv', 'application/x-ndjson'],
  query: noQuery,
  answers: { 200: { description: '收到的情况，附最初的错误行', schema: fileView, headers: ['Idempotency-Replayed'] } },
  errors: [
    ...BODY_ERRORS, 'XR_FILE_HEADER_INVALID', 'XR_FILE_TRAILER_MISSING', 'XR_FILE_TOTALS_DIFFER', 'XR_FILE_TOO_LONG', 'CSV_MALFORMED', 'XR_OUT_OF_SCOPE',
  ],
  example: { csv: EXAMPLE_CSV },
  handle: async (call) => {
    const { request, parts, user } = call;
    const { type, charset } = requireMediaType(request, Object.keys(FORMATS));
    const division = user.assignments.find(({ role }) => role === 'maker')?.division;
    if (division === undefined) throw new Problem('XR_OUT_OF_SCOPE', { detail: '报送由经办岗办理' });
    const body = await spool(limitedBody(request, FILE_LIMIT));
    try {
      const source = { spool: body, format: FORMATS[type] ?? 'csv', charset, division, receivedBy: user.userId };
      const { file, repeated } = await takeFile({ store: parts.store, keyRing: parts.keyRing, now: parts.people.now }, source);
      return { status: 200, headers: repeated ? { 'Idempotency-Replayed': 'true' } : {}, body: await viewFileWithRejects(call, file, 0) };
    } catch (error) {
      throw error instanceof FileProblem ? new Problem(error.code, { detail: error.message }) : error;
    } finally {
      await body.remove();
    }
  },
});

const files = defineRoute({
  method: 'get',
  path: '/v1/xr/intake-files',
  operationId: 'listXrIntakeFiles',
  summary: '报送过的文件',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: filesQuery,
  answers: { 200: { description: '一页，新的在前', schema: filePage } },
  errors: ['CURSOR_INVALID'],
  handle: async (call) => {
    const { limit, cursor } = call.query;
    const place = readCursor(cursor, z.tuple([z.number().int()]));
    return call.parts.store.read(async (manager) => {
      const select = manager.createQueryBuilder(XrIntakeFile, 'f').where({ division: In([...(await sendersSeen(manager, call))]) });
      if (place) select.andWhere('f.id < :id', { id: place[0] });
      const rows = await select.orderBy('f.id', 'DESC').take(limit + 1).getMany();
      return { status: 200, body: pageOf(rows, limit, viewFile, (row) => [row.id]) };
    });
  },
});

const one = defineRoute({
  method: 'get',
  path: '/v1/xr/intake-files/{id}',
  operationId: 'getXrIntakeFile',
  summary: '一个文件的错误行',
  tag: TAG,
  access: 'user',
  right: 'case.read',
  query: filesQuery,
  answers: { 200: { description: '文件与一页错误行', schema: fileView } },
  errors: ['XR_FILE_NOT_FOUND', 'CURSOR_INVALID'],
  example: { path: { id: '1' } },
  handle: async (call) => {
    const place = readCursor(call.query.cursor, z.tuple([z.number().int()]));
    const id = call.params['id'] ?? '';
    const file = await call.parts.store.read(async (manager) => {
      const found = /^[1-9]\d{0,8}$/.test(id) ? await manager.findOneBy(XrIntakeFile, { id: Number(id) }) : null;
      return found && (await sendersSeen(manager, call)).includes(found.division) ? found : null;
    });
    if (!file) throw new Problem('XR_FILE_NOT_FOUND');
    return { status: 200, body: await viewFileWithRejects(call, file, place?.[0] ?? 0, call.query.limit) };
  },
});

/** Divisions whose files a person sees. */
async function sendersSeen(manager: EntityManager, { user, parts }: Pick<Call, 'user' | 'parts'>): Promise<readonly string[]> {
  return scopeOf('case.read', user.assignments, await divisionTree(manager, parts.people.now()));
}

function viewFile({ id, contentHash, format, division, receivedAt, state, announced, lines, accepted, rejected, medfeeFen }: XrIntakeFile): object {
  return { fileId: id, contentHash, format, division, receivedAt, state, announced, lines, accepted, rejected, medfeeFen };
}

async function viewFileWithRejects({ parts }: Pick<Call, 'parts'>, file: XrIntakeFile, after: number, limit = REJECTS_AT_ONCE): Promise<object> {
  const rows = await parts.store.read((manager) =>
    manager.find(XrIntakeReject, { where: { fileId: file.id, line: MoreThan(after) }, order: { line: 'ASC' }, take: limit + 1 }),
  );
  const { items, nextCursor } = pageOf(rows, limit, viewReject, (row) => [row.line]);
  return { ...viewFile(file), rejects: items, nextCursor };
}

function viewReject({ line, code, field }: XrIntakeReject): object {
  const { title, next } = outcomeOf(code as OutcomeCode);
  return { line, code, field, message: `${title}：${next}` };
}

export const xrSettlementRoutes: readonly Route[] = [send, files, one];
