import { z } from 'zod';
import { pageShape } from './queries';
import { anyFen } from './text';

/** The contribution register (缴费名册) and the receivables (应收) that were assessed from it. */

const text = z.string();
const integer = z.number().int();
const number = z.string().regex(/^[A-Za-z0-9]{1,20}$/);
const division = z.string().regex(/^\d{6}$/).optional().meta({ description: '辖区；不给则为全部可见' });
const flag = z.union([z.literal(0), z.literal(1)]);
const monthNo = integer.meta({ description: 'yyyyMM' });

export const unitsQuery = z.strictObject({ ...pageShape, division, unitNo: number.optional().meta({ description: '单位编号' }) });
export const personsQuery = z.strictObject({ ...pageShape, division, unitNo: number.optional().meta({ description: '单位编号' }), psnNo: number.optional().meta({ description: '人员编号' }) });
export const leviesQuery = z.strictObject({
  ...pageShape,
  division,
  unitNo: number.optional().meta({ description: '单位编号' }),
  psnNo: number.optional().meta({ description: '人员编号' }),
  batch: z.string().regex(/^[a-z0-9-]{1,100}$/).optional().meta({ description: '批次编号；尚未生效的批次须指明才列出' }),
  period: z.string().regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/).optional().meta({ description: '费款所属期 yyyy-MM' }),
  exchange: z.string().regex(/^\d{1,2}$/).optional().meta({ description: '交换状态，如 10 已核定、0 核定已撤销' }),
  money: z.string().regex(/^\d{1,2}$/).optional().meta({ description: '缴费状态，如 0 未缴' }),
});

function page<T extends z.ZodType>(row: T, id: string) {
  return z.object({ items: z.array(row), nextCursor: text.nullable() }).meta({ id });
}

export const unitsPage = page(
  z
    .object({ unitNo: text, division: text, name: text, uscc: text, taxRegNo: text.nullable(), taxdept_code: text, special: flag, agreement: flag, edition: integer.meta({ description: '自名册第几版起' }) })
    .meta({ id: 'ContributionUnit' }),
  'ContributionUnits',
);

export const personsPage = page(
  z
    .object({
      psnNo: text, insutype: text, division: text, payerKind: z.enum(['1', '2', '3']), unitNo: text.nullable(), category: text, baseFen: anyFen.nullable(), fromMonth: monthNo, throughMonth: monthNo.nullable(),
      agreement: flag, townCode: text.nullable(), psn_name: text.meta({ description: '已遮盖' }), cert_type: text, certno: text.meta({ description: '已遮盖' }), edition: integer.meta({ description: '自名册第几版起' }),
    })
    .meta({ id: 'ContributionPerson' }),
  'ContributionPersons',
);

export const leviesPage = page(
  z
    .object({
      levyNo: text.meta({ description: '征集流水号' }), batchId: text, division: text, line: text, payerKind: text, rowLevel: integer, unitNo: text.nullable(), psnNo: text.nullable(), insutype: text, part: text, clct_type: text,
      period: text, accrym_begn: monthNo, accrym_end: monthNo, baseFen: anyFen, rate: integer.meta({ description: '百分比，五位小数' }), psncnt: integer, amtFen: anyFen, inteFen: anyFen, dueDate: text,
      exchange: integer, money: integer, paidFen: anyFen,
    })
    .meta({ id: 'LevyRow' }),
  'LevyRows',
);
