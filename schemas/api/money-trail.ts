import { z } from 'zod';
import { TRAIL_KINDS, TRAIL_STARTS, type TrailKind } from '../../domain/money-trail/kinds';
import { pageShape } from './queries';
import { anyFen, epochMs } from './text';

const text = z.string();
const kind = z.enum(Object.keys(TRAIL_KINDS) as [TrailKind, ...TrailKind[]]);
const start = z.enum(TRAIL_STARTS as unknown as ['case', ...TrailKind[]]);

export const moneyTrailQuery = z.strictObject({
  ...pageShape,
  kind: start.meta({ description: '从哪里看起：办件、结算、批次、清算行、应付款、机构应付、付款单、付款、收款、记账凭证' }),
  key: z
    .string()
    .regex(/^[A-Za-z0-9._/-]{1,200}$/, { message: '编号不合法' })
    .meta({ description: '编号：办件编号、批次号、付款单号……；结算为 就医地/结算号；清算行为 批次/参保地/就医地/险种/基金/类别' }),
  level: kind.optional().meta({ description: '只取这一层的下一页，与 cursor 同用' }),
});

const trailNode = z
  .object({
    kind,
    key: text,
    title: text,
    note: text.nullable(),
    amountFen: anyFen,
    state: text.nullable().meta({ description: '状态的代码' }),
    stateName: text.nullable(),
    undone: z.boolean().meta({ description: '已撤销、作废、冲销：留痕，不计入合计' }),
    here: z.boolean().meta({ description: '所查的就是这一项' }),
    at: epochMs.nullable(),
    href: text.nullable().meta({ description: '工作台中的地址' }),
    caseNo: text.nullable().meta({ description: '由哪件办件办成' }),
    parts: z.array(z.object({ name: text, fen: anyFen })),
    links: z.array(z.object({ kind, key: text })).meta({ description: '下一步去了哪里；记账凭证为记的是什么' }),
  })
  .meta({ id: 'MoneyTrailNode' });

const trailLevel = z
  .object({
    kind,
    name: text,
    count: z.number().int().meta({ description: '项数，含已撤销的' }),
    totalFen: anyFen.meta({ description: '有效各项的合计' }),
    items: z.array(trailNode),
    nextCursor: text.nullable(),
  })
  .meta({ id: 'MoneyTrailLevel' });

const side = z.object({ name: text, fen: anyFen });

export const moneyTrailView = z
  .object({
    from: z.object({ kind: start, key: text, title: text }),
    levels: z.array(trailLevel).meta({ description: '只列查看者辖区看得到的；没有的层不列' }),
    sums: z.array(z.object({ name: text, left: side, right: side, equal: z.boolean() })).meta({ description: '各层之间应当相等的合计' }),
    notes: z.array(text),
  })
  .meta({ id: 'MoneyTrail' });
