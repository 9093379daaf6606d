import { z } from 'zod';
import { ITEM_CODES } from '../tax/items';
import { pageShape } from './queries';
import { epochMs } from './text';

/** The exchange of levies with tax (医税交换). */

const text = z.string();
const integer = z.number().int();
const division = z.string().regex(/^\d{6}$/).meta({ description: '辖区' });
const FILE_STATES = ['ready', 'sending', 'sent', 'answered', 'received', 'taken', 'waiting', 'held', 'quarantined', 'stored'] as const;
const fileState = z.enum(FILE_STATES).meta({
  description: 'ready 待发送、sending 发送中、sent 已发送、answered 已回执、received 已收到、taken 已处理、waiting 等候前一文件、held 挂起、quarantined 隔离、stored 已存档',
});
const sort = z.enum(['unmatched', 'held', 'break', 'notice']).meta({ description: 'unmatched 无应收缴费、held 等候、break 差异、notice 提示' });

export const taxFilesFilter = z.strictObject({ ...pageShape, division: division.optional(), direction: z.enum(['in', 'out']).optional(), item: z.enum(ITEM_CODES).optional(), state: fileState.optional() });
export const taxAsidesFilter = z.strictObject({ ...pageShape, division: division.optional(), sort: sort.optional() });

export const taxFileView = z
  .object({
    id: integer, direction: z.enum(['in', 'out']), division: text, item: text, line: text, period: text.meta({ description: '费款所属期 yyyyMM' }), batchNo: text, day: text, serial: integer, name: text,
    rows: integer, amountFen: integer, sm3: text.nullable(), state: fileState, code: text.nullable(), note: text.nullable(), answers: integer.nullable().meta({ description: '所答复的文件' }),
    batchId: text.nullable(), madeAt: text, createdAt: epochMs, sentAt: epochMs.nullable(), answeredAt: epochMs.nullable(), arrivals: integer.meta({ description: '同一内容收到的次数' }),
  })
  .meta({ id: 'TaxFile' });
export const taxFileList = z.object({ items: z.array(taxFileView), nextCursor: text.nullable() }).meta({ id: 'TaxFiles' });

export const taxAsideList = z
  .object({
    items: z.array(z.object({
      id: integer, division: text, sort, code: text, title: text, levyNo: text, insutype: text, part: text, taxrptNo: text, taxrptRow: text, kind: text.meta({ description: '01 缴费、02 作废、03 退库、04 更正' }),
      paidFen: integer, fileId: integer, rowNo: integer, until: epochMs.nullable(), createdAt: epochMs,
    })),
    nextCursor: text.nullable(),
  })
  .meta({ id: 'TaxAsides' });
