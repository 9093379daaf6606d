import { z } from 'zod';
import { FUND_KEYS } from '../../domain/clearing/funds';
import { LINE_KINDS, type LineKind } from '../../domain/clearing/entry';
import { pageShape } from './queries';
import { anyFen, asciiCode, epochMs, plainText } from './text';

const text = z.string();
const count = z.number().int();
const division = z.string().regex(/^\d{6}$/, { message: '辖区为六位编码' });
const city = division.meta({ description: '市（州）编码' });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { message: '月份应为 yyyy-MM' }).meta({ description: '月份 yyyy-MM' });
const fund = z.enum(FUND_KEYS as unknown as [string, ...string[]]).meta({ description: '基金' });
const kind = z.enum(Object.keys(LINE_KINDS) as [LineKind, ...LineKind[]]).meta({ description: '本月、迟报补入、冲减、扣款' });
const side = z.enum(['payable', 'receivable']).meta({ description: '参保地应付或就医地应收' });
const format = z.enum(['json', 'csv']).optional().meta({ description: '默认 json；csv 为 UTF-8，可用表格软件打开' });

export const batchesQuery = z.strictObject({ ...pageShape, period: month.optional(), status: z.enum(['generating', 'draft', 'approved', 'undone', 'withdrawn']).optional() });
export const linesQuery = z.strictObject({ city: city.optional(), side: side.optional(), fund: fund.optional(), format });
export const itemsQuery = z.strictObject({
  ...pageShape,
  city: city.optional(),
  side: side.optional(),
  kind: kind.optional(),
  institution: asciiCode(12, '医药机构编码，须同时给出就医地：city 与 side=receivable').optional(),
  setlId: asciiCode(30, '结算号').optional(),
  decided: z.enum(['objected', 'movedOut', 'kept']).optional().meta({ description: '只看有异议、已移出或异议未采纳的' }),
});
export const payablesQuery = z.strictObject({ city: city.optional(), side: side.optional(), fund: fund.optional(), format });
export const comparisonQuery = z.strictObject({ city: city.optional() });
export const statisticsQuery = z.strictObject({ period: month, to: month.optional().meta({ description: '仅按期统计：止于（含），至多 24 个月' }), format });
export const filesQuery = z.strictObject(pageShape);

export const objectionBody = z
  .strictObject({
    city,
    side,
    setlIds: z.array(asciiCode(30, '结算号')).min(1).max(500),
    reasonCode: z.enum(['amount', 'identity', 'duplicate', 'scope', 'other']).meta({ description: '金额、人员、重复、范围、其他' }),
    reason: plainText(200, '理由'),
  })
  .meta({ id: 'ClearingObjectionRequest' });

const batchShape = {
  batchId: text,
  office: text,
  period: text,
  status: text,
  statusName: text,
  caseNo: text,
  parametersVersion: count,
  items: count,
  movedOut: count,
  payableFen: anyFen,
  digest: text.nullable(),
  generatedAt: epochMs.nullable(),
  approvedAt: epochMs.nullable(),
};
export const batchPage = z.object({ items: z.array(z.object(batchShape)), nextCursor: text.nullable() }).meta({ id: 'ClearingBatchPage' });
const cityTotal = z.object({ city: text, insutype: text, fund, fundName: text, payableFen: anyFen, receivableFen: anyFen, differenceFen: anyFen });
export const batchView = z
  .object({
    ...batchShape,
    cities: z.array(cityTotal),
    balance: z.array(z.object({ insutype: text, fund, fundName: text, payableFen: anyFen, receivableFen: anyFen })),
    confirmations: z.array(z.object({ city: text, side, state: text, fen: anyFen, at: epochMs })),
  })
  .meta({ id: 'ClearingBatch' });
export const linesView = z
  .object({
    items: z.array(z.object({ payingCity: text, receivingCity: text, insutype: text, fund, fundName: text, kind, kindName: text, count, fen: anyFen })),
    pairs: z.array(z.object({ payingCity: text, receivingCity: text, insutype: text, kind, settlements: count, medfeeFen: anyFen, cashFen: anyFen })),
    totalFen: anyFen,
  })
  .meta({ id: 'ClearingLines' });
export const itemsPage = z
  .object({
    items: z.array(
      z.object({
        setl_id: text, recordType: text, payingCity: text, receivingCity: text, county: text, fixmedins_code: text, insutype: text, med_type: text,
        setl_time: text, businessDate: text, reconciledDate: text, dise_codg: text.nullable(), medfee_sumamt: anyFen, psn_cash_pay: anyFen,
        status: text, entry: text, entryName: text, window: text.nullable(),
        funds: z.array(z.object({ fund, fundName: text, fen: anyFen })),
        decision: z.object({ state: text, city: text, side, reasonCode: text, reason: text, movedTo: text.nullable() }).nullable(),
      }),
    ),
    nextCursor: text.nullable(),
  })
  .meta({ id: 'ClearingItemPage' });
export const comparisonView = z
  .object({
    items: z.array(
      z.object({
        payingCity: text, insutype: text, fund, fundName: text, fen: anyFen, count, lastMonthFen: anyFen.nullable(), lastYearFen: anyFen.nullable(),
        monthOnMonth: text.nullable(), yearOnYear: text.nullable(),
      }),
    ),
  })
  .meta({ id: 'ClearingComparison' });
export const payablesView = z
  .object({
    items: z.array(
      z.object({
        id: text, period: text, payingCity: text, receivingCity: text, insutype: text, fund, fundName: text, fen: anyFen, drawnFen: anyFen, paidFen: anyFen, status: text,
      }),
    ),
  })
  .meta({ id: 'ClearingPayables' });
export const objectionView = z.object({ batchId: text, named: count }).meta({ id: 'ClearingObjection' });
export const partiesView = z.object({ items: z.array(z.object({ slot: text, division: text, zh: text })) }).meta({ id: 'ClearingParties' });
export const parametersView = z
  .object({ items: z.array(z.object({ version: count, fromPeriod: text, content: z.record(text, z.unknown()), approvedAt: epochMs.nullable() })) })
  .meta({ id: 'ClearingParameters' });
export const statisticsView = z
  .object({ columns: z.array(z.object({ name: text, zh: text })), rows: z.array(z.array(z.union([text, z.number(), z.null()]))) })
  .meta({ id: 'ClearingStatistics' });

const fileShape = {
  fileId: count, contentHash: text, format: text, division: text, receivedAt: epochMs, state: text, announced: count, lines: count, accepted: count, rejected: count,
  medfeeFen: anyFen,
};
export const fileView = z
  .object({ ...fileShape, rejects: z.array(z.object({ line: count, code: text, field: text, message: text })), nextCursor: text.nullable() })
  .meta({ id: 'XrIntakeFile' });
export const filePage = z.object({ items: z.array(z.object(fileShape)), nextCursor: text.nullable() }).meta({ id: 'XrIntakeFilePage' });
