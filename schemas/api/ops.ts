import { z } from 'zod';
import { abnormalRow } from './answers';
import { pageShape } from './queries';
import { epochMs } from './text';

/** What operators (运维) look at, across the institutions and divisions of their right. */

const text = z.string();
const temporalUrl = text.nullable().meta({ description: '流程在 Temporal 界面的地址' });
const where = { institution: text.meta({ description: '机构或辖区' }), workflowId: text, temporalUrl };

function page<T extends z.ZodType>(row: T, id: string) {
  return z.object({ items: z.array(row), nextCursor: text.nullable() }).meta({ id });
}

export const opsAbnormalQuery = z.strictObject({ ...pageShape, state: z.enum(['open', 'closed']).optional().meta({ description: '默认 open' }) });
export const opsAbnormalPage = page(abnormalRow.extend(where).meta({ id: 'OpsAbnormalItem' }), 'OpsAbnormalPage');

const RESOLUTIONS = ['open', 'abandoning', 'abandoned', 'adopting', 'adopted', 'absent', 'manual'] as const;
const resolution = z.enum(RESOLUTIONS).meta({ description: 'open 待确定、abandoned 已冲正、adopted 已采纳、absent 平台没有、manual 人工' });
export const unknownQuery = z.strictObject({ ...pageShape, resolution: resolution.optional() });
export const unknownPage = page(
  z
    .object({ ...where, msgid: text, infno: text.meta({ description: '交易' }), resolution, sentAt: epochMs.nullable(), attempts: z.number().int() })
    .meta({ id: 'UnknownOutcome' }),
  'UnknownOutcomePage',
);

export const stuckQuery = z.strictObject({});
export const stuckPage = page(
  z
    .object({ ...where, id: text, process: text, name: text.meta({ description: '业务' }), state: z.enum(['accepted', 'delivered']), createdAt: epochMs })
    .meta({ id: 'StuckCommand' }),
  'StuckCommands',
);

export const batchesQuery = z.strictObject({});
export const batchesPage = page(
  z
    .object({
      id: text,
      kind: z.enum(['intake', 'clearing', 'reconciliation', 'batch']),
      title: text,
      state: text,
      done: z.number().int(),
      total: z.number().int().nullable().meta({ description: '事先不知道时为 null' }),
      failed: z.number().int(),
      startedAt: epochMs.nullable(),
      finishedAt: epochMs.nullable(),
    })
    .meta({ id: 'BatchProgress' }),
  'BatchPage',
);
