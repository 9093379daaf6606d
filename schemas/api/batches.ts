import { z } from 'zod';
import { pageShape } from './queries';
import { epochMs, plainText } from './text';

/** Batches (批次): large runs over many records. */

const text = z.string();
const integer = z.number().int();
const STATES = ['accepted', 'refused', 'working', 'previewed', 'posting', 'done', 'discarding', 'cancelled', 'undoing', 'undone'] as const;
const state = z.enum(STATES).meta({ description: 'accepted 已受理、refused 未受理、working 处理中、previewed 待确认、posting 入账中、done 已生效、discarding 取消中、cancelled 已取消、undoing 撤销中、undone 已撤销' });
const kind = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/).meta({ description: '批次种类' });
const division = z.string().regex(/^\d{6}$/).meta({ description: '辖区' });
const period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/).meta({ description: 'yyyy-MM' });

export const batchKindList = z
  .object({ items: z.array(z.object({ kind: text, zh: text, confirmedBy: text.nullable().meta({ description: '确认所用的办件；null 表示处理完即生效' }), startRoles: z.array(text), undoable: z.boolean(), undoneBy: text.nullable().meta({ description: '整批撤销所用的办件' }) })) })
  .meta({ id: 'BatchKinds' });

export const batchToOpen = z
  .strictObject({ kind, division, period: period.nullable().optional(), parameters: z.record(z.string().max(40), z.json()).meta({ description: '依种类而定，不得含个人信息' }) })
  .meta({ id: 'BatchToOpen' });

export const batchOrder = z.strictObject({ order: z.enum(['pause', 'resume', 'cancel']), reason: plainText(100).optional() }).meta({ id: 'BatchOrder' });

export const batchesFilter = z.strictObject({ ...pageShape, kind: kind.optional(), division: division.optional(), period: period.optional(), state: state.optional() });

const summary = {
  id: text, kind: text, title: text, division: text, period: text.nullable(), state, hold: z.enum(['paused', 'failed']).nullable().meta({ description: 'paused 已暂停、failed 因故停下' }),
  total: integer.meta({ description: '总行数' }), done: integer.meta({ description: '已处理行数' }), rejected: integer.meta({ description: '未通过行数' }),
  chunks: integer, phaseDone: integer.meta({ description: '当前阶段已完成的块数' }),
  rowsPerSecond: z.number().nullable(), remainingMs: integer.nullable().meta({ description: '当前阶段预计还需毫秒数' }),
  reason: text.nullable(), createdAt: epochMs, finishedAt: epochMs.nullable(),
};
const batchSummary = z.object(summary).meta({ id: 'BatchSummary' });
export const batchList = z.object({ items: z.array(batchSummary), nextCursor: text.nullable() }).meta({ id: 'BatchList' });
export const batchView = z
  .object({
    ...summary,
    parameters: z.record(z.string(), z.json()),
    sums: z.record(z.string(), integer).meta({ description: '合计：金额为分，名称以 count/ 开头的为行数' }),
    before: z.object({ id: text, sums: z.record(z.string(), integer) }).nullable().meta({ description: '同类上一批次，供比较' }),
    confirmCaseNo: text.nullable(), undoCaseNo: text.nullable(), temporalUrl: text.nullable(),
  })
  .meta({ id: 'BatchView' });

export const batchRejectsQuery = z.strictObject({ ...pageShape, format: z.enum(['csv', 'xlsx']).optional().meta({ description: 'csv、xlsx：全部行作为文件' }) });
export const batchRejects = z
  .object({ items: z.array(z.object({ rowNo: integer, subject: text, code: text, text })), nextCursor: text.nullable() })
  .meta({ id: 'BatchRejects' });
