import { z } from 'zod';
import { stage } from './admissions';
import { idNumber } from './credential';
import { asciiCode, businessDate, iptNo, round } from './text';

/** A whole number in a query string. */
export function wholeNumber(from: number, to: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d{1,6}$/, { message: '须为整数' })
    .transform(Number)
    .refine((value) => value >= from && value <= to, { message: `须在 ${from} 与 ${to} 之间` })
    .meta({ type: 'integer', minimum: from, maximum: to }) as unknown as z.ZodType<number, string>;
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

const limit = wholeNumber(1, MAX_LIMIT).optional().transform((value) => value ?? DEFAULT_LIMIT)
  .meta({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, description: `每页行数，默认 ${DEFAULT_LIMIT}` });
const cursor = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/).optional().meta({ description: '上一页的 nextCursor' });

export const pageShape = { limit, cursor };

/** `?round=`: which admission of the number; the latest by default. */
export const roundQuery = z.strictObject({ round: wholeNumber(1, 99).optional().meta({ description: '第几次登记，默认最近一次' }) });
export const roundPageQuery = roundQuery.extend(pageShape);

export const feesQuery = roundPageQuery.extend({
  state: z.enum(['pending', 'uploaded', 'refused', 'withdrawn']).optional().meta({ description: '只看某一状态' }),
});

export const withdrawFeesQuery = roundQuery.extend({
  all: z.literal('true').optional().meta({ description: 'true：撤销全部未结算明细，此时不带请求体' }),
});

const setlId = asciiCode(30, '结算号；默认最近一笔有效结算').optional();

export const sheetQuery = roundQuery.extend({
  setlId,
  format: z.enum(['html', 'pdf']).optional().meta({ description: '默认按 Accept' }),
  detail: z.literal('true').optional().meta({ description: 'true：附费用明细' }),
  print: wholeNumber(1, 9_999).optional().meta({ description: '第几次打印，先登记' }),
});

export const sheetPrintQuery = roundQuery.extend({ setlId });

const DATE_SPAN_DAYS = 400;
const admittedFrom = businessDate.optional().meta({ description: '入院日期起' });
const admittedTo = businessDate.optional().meta({ description: '入院日期止（含）' });

function spanInOrder(query: { admittedFrom?: string | undefined; admittedTo?: string | undefined }): boolean {
  if (query.admittedFrom === undefined || query.admittedTo === undefined) return true;
  const days = (Date.parse(query.admittedTo) - Date.parse(query.admittedFrom)) / 86_400_000;
  return days >= 0 && days <= DATE_SPAN_DAYS;
}

const SPAN_MESSAGE = { message: `起止日期须先后有序，相距至多 ${DATE_SPAN_DAYS} 天`, path: ['admittedTo'] };

/** Sorts that lists know; `-` in front means newest first. */
export const SORTS = ['-updatedAt', 'updatedAt'] as const;

export const admissionsQuery = z
  .strictObject({
    ...pageShape,
    iptNo: iptNo.optional(),
    stage: stage.optional(),
    overdue: z.literal('true').optional().meta({ description: 'true：只看已过办理期限的' }),
    admittedFrom,
    admittedTo,
    sort: z.string().optional().meta({ description: '排序：-updatedAt（默认）或 updatedAt', enum: [...SORTS] }),
  })
  .refine(spanInOrder, SPAN_MESSAGE);

export const searchBody = z
  .strictObject({
    certno: idNumber.optional().meta({ description: '身份证号码，精确匹配' }),
    psnNo: z.string().regex(/^[A-Za-z0-9]{1,30}$/).optional().meta({ description: '人员编号' }),
    iptNo: iptNo.optional(),
    round: round.optional(),
    stage: stage.optional(),
    admittedFrom,
    admittedTo,
    limit: z.number().int().min(1).max(MAX_LIMIT).optional(),
    cursor,
  })
  .refine(spanInOrder, SPAN_MESSAGE)
  .meta({ id: 'SearchRequest' });

export const abnormalQuery = z.strictObject({
  ...pageShape,
  state: z.enum(['open', 'closed']).optional().meta({ description: '默认 open' }),
});

/** `?format=` of what may be handed out as a table. */
export const tableFormat = z.enum(['json', 'csv', 'xlsx']).optional().meta({ description: '默认 json；csv 为 UTF-8，可用表格软件打开；xlsx 为 Excel 工作簿' });

export const reconciliationsQuery = z.strictObject(pageShape);
export const pageQuery = z.strictObject(pageShape);
export const noQuery = z.strictObject({});
