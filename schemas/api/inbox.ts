import { z } from 'zod';
import { CASE_STATUSES } from '../../domain/office-case/types';
import { divisionCode, dueState } from './office-cases';
import { pageShape } from './queries';
import { anyFen, epochMs } from './text';

const text = z.string();

export const INBOX_VIEWS = ['todo', 'done', 'mine', 'delegated', 'overdue', 'copies'] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

const amount = z
  .string()
  .regex(/^-?\d{1,15}$/, { message: '金额为整数分' })
  .transform(Number)
  .meta({ type: 'integer' }) as unknown as z.ZodType<number, string>;

export const inboxQuery = z
  .strictObject({
    view: z.enum(INBOX_VIEWS).optional().meta({ description: 'todo 待办（默认）、done 已办、mine 我发起的、delegated 受托、overdue 超期、copies 抄送我的' }),
    definition: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/).optional().meta({ description: '办件目录中的 key' }),
    division: divisionCode.optional().meta({ description: '办件的辖区，含下级' }),
    period: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { message: '月份为 yyyy-MM' }).optional().meta({ description: '所属月份 yyyy-MM' }),
    amountFrom: amount.optional().meta({ description: '金额不少于，分' }),
    amountTo: amount.optional().meta({ description: '金额不多于，分' }),
    q: z
      .string()
      .refine((value) => value.trim() !== '' && [...value].length <= 100 && !/[\u0000-\u001f\u007f]/.test(value), { message: '1–100 字，不含控制字符' })
      .optional()
      .meta({ description: '办件编号或业务键的开头', minLength: 1, maxLength: 100 }),
    ...pageShape,
  })
  .meta({ id: 'InboxQuery' });

export const inboxItem = z
  .object({
    caseNo: text,
    step: text,
    slot: text.nullable(),
    round: z.number().int(),
    title: text,
    definition: text,
    definitionName: text,
    stepName: text,
    division: text.meta({ description: '办件的辖区' }),
    divisionName: text,
    businessKey: text,
    period: text.nullable(),
    amountFen: anyFen.nullable(),
    status: z.enum(CASE_STATUSES),
    statusName: text,
    waitsFor: text,
    makerName: text,
    openedAt: epochMs,
    dueAt: epochMs.nullable(),
    dueState: dueState.nullable(),
    doneAt: epochMs.nullable(),
    unread: z.boolean().meta({ description: '抄送本人而尚未阅读' }),
  })
  .meta({ id: 'InboxItem' });

const count = z.number().int();

export const inboxPage = z
  .object({
    items: z.array(inboxItem),
    counts: z.object({ todo: count, delegated: count, overdue: count, copies: count.meta({ description: '尚未阅读的抄送' }) }).meta({ description: '各数到 999 为止；999 即 999 件或更多' }),
    cursor: text.nullable().meta({ description: '下一页的标记' }),
  })
  .meta({ id: 'InboxPage' });
