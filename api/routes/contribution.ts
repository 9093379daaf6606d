import { BATCH_KINDS } from '../../activities/batch/registry';
import { REGISTER_INTAKE } from '../../activities/contribution/editions';
import { MOST_ROWS } from '../../activities/contribution/intake/check';
import { RegisterFileProblem } from '../../activities/contribution/intake/problem';
import { receiveRegister } from '../../activities/contribution/intake/receive';
import { REGISTER_COLUMNS } from '../../domain/contribution/register-row';
import { isRefusal } from '../../domain/refusal';
import { batchView } from '../../schemas/api/batches';
import { leviesPage, leviesQuery, personsPage, personsQuery, unitsPage, unitsQuery } from '../../schemas/api/contribution';
import { noQuery } from '../../schemas/api/queries';
import { batchScope, mayStart } from '../batches/give';
import { viewBatch } from '../batches/view';
import { limitedBody, requireMediaType } from '../body';
import { leviesOf, personsOf, unitsOf } from '../contribution/reads';
import { Problem, problemOfRefusal } from '../problem';
import { BODY_ERRORS, defineRoute, type Route } from '../route';

const TAG = '缴费';
const READS = { method: 'get', tag: TAG, access: 'user', right: 'case.read' } as const;
const FORMATS: Readonly<Record<string, 'csv' | 'ndjson'>> = { 'text/csv': 'csv', 'application/x-ndjson': 'ndjson' };

/** One unit and one person, as they are sent. */
const EXAMPLE_CSV = [
  'H,CONTRIB-REGISTER,1,990101',
  REGISTER_COLUMNS.join(','),
  'U,990101,D0001,示例单位,91990101MA00000000,,19901010000,0,0,,,,,,,,,,,',
  'P,990101,D0001,,,,,,0,G0000000001,310,1,active,6000.00,202601,,,示例甲,02,EXAMPLE-0001',
  'T,2,6000.00',
  '',
].join('\n');

const send = defineRoute({
  method: 'post',
  path: '/v1/contribution/register-files',
  operationId: 'sendContributionRegister',
  summary: '报送登记名册：单位与人员',
  description: [
    `CSV（UTF-8，或注明 charset=gb18030）或 NDJSON，至多 ${MOST_ROWS} 行。首行 H,CONTRIB-REGISTER,1,辖区；CSV 次行为列名：${REGISTER_COLUMNS.join('、')}；末行 T,行数,基数合计。`,
    '末行合计与明细不符，整个文件不收。其余开始一个批次逐行判断：不好的按行号列出原因，好的成为名册的新版本，经另一人确认才生效；与现状相同的行不产生变更。内容相同的文件只收一次，重发得到同一批次。',
    'record_type：U 单位、P 人员，同一文件中单位在其人员之前。base 为月缴费基数（元），NDJSON 中为整数分。',
  ].join('\n'),
  tag: TAG,
  access: 'user',
  right: 'case.act',
  rawBody: ['text/csv', 'application/x-ndjson'],
  query: noQuery,
  answers: {
    200: { description: '先前已收到，即原批次', schema: batchView, headers: ['Idempotency-Replayed', 'Location'] },
    201: { description: '批次', schema: batchView, headers: ['Location'] },
  },
  errors: [
    ...BODY_ERRORS, 'CSV_MALFORMED', 'CONTRIB_FILE_HEADER', 'CONTRIB_FILE_TRAILER', 'CONTRIB_FILE_TOTALS', 'CONTRIB_FILE_TOO_LONG', 'BATCH_START_REFUSED', 'BATCH_UNDER_WAY',
  ],
  example: { csv: EXAMPLE_CSV },
  handle: async (call) => {
    const { request, parts, user } = call;
    const { type, charset } = requireMediaType(request, Object.keys(FORMATS));
    const { store, people, cases } = parts;
    const mayKeep = (division: string): void => {
      if (!mayStart(call, { kind: REGISTER_INTAKE, division })) throw new Problem('BATCH_START_REFUSED');
    };
    const source = { bytes: limitedBody(request, cases.registerFiles.limit), format: FORMATS[type] ?? 'csv', charset: charset.slice(0, 10), receivedBy: user.userId, mayKeep };
    const received = await receiveRegister({ store, files: cases.registerFiles, kinds: BATCH_KINDS, now: people.now }, source).catch((error: unknown) => {
      throw error instanceof RegisterFileProblem ? new Problem(error.code, { detail: error.message }) : error;
    });
    if (isRefusal(received)) throw problemOfRefusal(received);
    const { batch, repeated } = received;
    const headers = { Location: `/v1/batches/${batch.id}`, ...(repeated ? { 'Idempotency-Replayed': 'true' } : {}) };
    return store.read(async (manager) => ({ status: repeated ? 200 : 201, headers, body: await viewBatch(manager, parts, batch) }));
  },
});

const units = defineRoute({
  ...READS,
  path: '/v1/contribution/units',
  operationId: 'listContributionUnits',
  summary: '名册中的参保单位',
  query: unitsQuery,
  answers: { 200: { description: '一页', schema: unitsPage } },
  errors: ['CURSOR_INVALID'],
  handle: (call) => call.parts.store.read(async (manager) => ({ status: 200, body: await unitsOf(manager, await batchScope(manager, call), call.query) })),
});

const persons = defineRoute({
  ...READS,
  path: '/v1/contribution/persons',
  operationId: 'listContributionPersons',
  summary: '名册中的参保人员',
  description: '姓名与证件号码已遮盖。',
  query: personsQuery,
  answers: { 200: { description: '一页', schema: personsPage } },
  errors: ['CURSOR_INVALID'],
  handle: (call) => call.parts.store.read(async (manager) => ({ status: 200, body: await personsOf(manager, await batchScope(manager, call), call.query) })),
});

const levies = defineRoute({
  ...READS,
  path: '/v1/contribution/levies',
  operationId: 'listLevies',
  summary: '应收',
  description: '已生效批次的应收；指明批次时，待确认的也列出。单位的应收 rowLevel 为 1，其人员的分摊为 2。',
  query: leviesQuery,
  answers: { 200: { description: '一页', schema: leviesPage } },
  errors: ['CURSOR_INVALID'],
  handle: (call) => call.parts.store.read(async (manager) => ({ status: 200, body: await leviesOf(manager, await batchScope(manager, call), call.query) })),
});

export const contributionRoutes: readonly Route[] = [send, units, persons, levies];
