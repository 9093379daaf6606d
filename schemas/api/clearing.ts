import { z } from 'zod';
import { FUND_KEYS } from '../../domain/clearing/funds';
import { LINE_KINDS, type LineKind } from '../../domain/clearing/entry';
import { OBJECTION_REASONS, type ObjectionReason } from '../../domain/clearing/objection';
import { pageShape, tableFormat } from './queries';
import { anyFen, asciiCode, epochMs, plainText } from './text';

const text = z.string();
const count = z.number().int();
const division = z.string().regex(/^\d{6}$/, { message: '辖区为六位编码' });
const city = division.meta({ description: '市（州）编码' });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { message: '月份应为 yyyy-MM' }).meta({ description: '月份 yyyy-MM' });
const fund = z.enum(FUND_KEYS as unknown as [string, ...string[]]).meta({ description: '基金' });
const kind = z.enum(Object.keys(LINE_KINDS) as [LineKind, ...LineKind[]]).meta({ description: '本月、迟报补入、冲减、扣款' });
const side = z.enum(['payable', 'receivable']).meta({ description: '参保地应付或就医地应收' });
const format = tableFormat;

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
export const statisticsQuery = z.strictObject({
  period: month,
  to: month.optional().meta({ description: '仅按期统计：止于（含），至多 24 个月' }),
  city: city.optional().meta({ description: '只统计一个市（州）作为参保地或就医地的' }),
  format,
});
export const filesQuery = z.strictObject(pageShape);

export const objectionBody = z
  .strictObject({
    city,
    side,
    setlIds: z.array(asciiCode(30, '结算号')).min(1).max(500),
    reasonCode: z.enum(Object.keys(OBJECTION_REASONS) as [ObjectionReason, ...ObjectionReason[]]).meta({ description: Object.values(OBJECTION_REASONS).join('、') }),
    reason: plainText(200, '理由'),
  })
  .meta({ id: 'ClearingObjectionRequest' });

export const objectionPreviewBody = z
  .strictObject({ city, side, setlIds: z.array(asciiCode(30, '结算号')).max(500).meta({ description: '可为空：只看先前已指明的' }) })
  .meta({ id: 'ClearingObjectionPreviewRequest' });

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
const objected = z.object({
  setl_id: text,
  otherCity: text.meta({ description: '对方市（州）' }),
  institution: text,
  setl_time: text,
  fen: anyFen.meta({ description: '基金支付合计' }),
  why: z.enum(['named', 'before', 'correction']).meta({ description: 'named 本次指明，before 先前已指明，correction 随之移出的冲减或扣款' }),
});
export const objectionPreview = z
  .object({
    items: z.array(objected).meta({ description: '移出的各笔，至多 200 笔' }),
    count,
    missing: z.array(text).meta({ description: '不在批次中的结算号，至多 200 个' }),
    missingCount: count,
    movedTo: text.meta({ description: '移至哪个月 yyyy-MM' }),
    movedFen: anyFen,
    beforeFen: anyFen.meta({ description: '该市（州）该侧现在的合计' }),
    afterFen: anyFen.meta({ description: '移出后的合计' }),
  })
  .meta({ id: 'ClearingObjectionPreview' });
export const objectionView = z.object({ batchId: text, named: count }).meta({ id: 'ClearingObjection' });
export const partiesView = z.object({ items: z.array(z.object({ slot: text, division: text, zh: text })) }).meta({ id: 'ClearingParties' });
export const parametersView = z
  .object({ items: z.array(z.object({ version: count, fromPeriod: text, content: z.record(text, z.unknown()), approvedAt: epochMs.nullable() })) })
  .meta({ id: 'ClearingParameters' });
export const statisticsView = z
  .object({
    columns: z.array(z.object({ name: text, zh: text, type: z.enum(['text', 'count', 'fen', 'date', 'division', 'insutype']) })),
    rows: z.array(z.array(z.union([text, z.number(), z.null()]))),
    truncated: z.boolean().meta({ description: '还有更多行，导出文件中是全部' }),
  })
  .meta({ id: 'ClearingStatistics' });

const fileShape = {
  fileId: count, contentHash: text, format: text, division: text, receivedAt: epochMs, state: text, announced: count, lines: count, accepted: count, rejected: count,
  medfeeFen: anyFen,
};
export const fileView = z
  .object({ ...fileShape, rejects: z.array(z.object({ line: count, code: text, field: text, message: text })), nextCursor: text.nullable() })
  .meta({ id: 'XrIntakeFile' });
export const filePage = z.object({ items: z.array(z.object(fileShape)), nextCursor: text.nullable() }).meta({ id: 'XrIntakeFilePage' });
