import { z } from 'zod';
import { anyFen } from './text';

const text = z.string();
const count = z.number().int();

const compared = z
  .object({
    name: text, whole: z.boolean().meta({ description: '全省（全部）合计' }), fen: anyFen, count: count.nullable(), lastMonthFen: anyFen.nullable(), lastYearFen: anyFen.nullable(),
    monthOnMonth: text.nullable().meta({ description: '环比，四位小数' }), yearOnYear: text.nullable(),
  })
  .meta({ id: 'BriefingComparison' });

const moved = z
  .object({
    count, fen: anyFen,
    items: z.array(z.object({ key: text, title: text, fen: anyFen, reason: text, href: text })).meta({ description: '至多 20 笔，其余见批次' }),
  })
  .meta({ id: 'BriefingMoved' });

const pool = z.object({
  name: text, city: text, fund: text, balanceFen: anyFen, quotaFen: anyFen.nullable(), underwayFen: anyFen,
  neededFen: anyFen.nullable().meta({ description: '本件将由它支付' }), leftFen: anyFen.nullable().meta({ description: '抵扣之后的余额，不低于零' }),
  ownFen: anyFen.nullable().meta({ description: '余额不足、须另行支付' }), href: text,
}).meta({ id: 'BriefingPool' });

const cell = z.object({ duty: text, state: z.enum(['signed', 'may', 'barred', 'incompatible', 'none']), reason: text.nullable() });

export const briefingView = z
  .object({
    amounts: z.array(z.object({ name: text, fen: anyFen, yuan: text, words: text })).meta({ description: '本件涉及的金额，附人民币大写' }),
    comparison: z.object({ month: text, lastMonth: text, lastYear: text, items: z.array(compared) }).nullable(),
    moved: z.object({ in: moved, out: moved, href: text }).nullable().meta({ description: '本月移入、移出的结算及原因' }),
    pools: z.array(pool).meta({ description: '相关预付金的余额' }),
    duties: z.object({
      columns: z.array(z.object({ duty: text, zh: text, role: text })),
      rows: z.array(z.object({ userId: text, name: text, posts: z.array(text), cells: z.array(cell) })),
      more: count.meta({ description: '没有列出的人数' }),
    }).meta({ description: '谁办了哪一步、谁因此不得再办（四眼原则、不相容岗位）' }),
  })
  .meta({ id: 'CaseBriefing' });
