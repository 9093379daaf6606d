import { z } from 'zod';
import { keep, kept, type Books } from '../kit/books';

const hour = z.number().int().min(0).max(23);
const days = z.number().int().min(0).max(400);

/** How this office and its treasury work; `PUT /_settings` changes single members. */
export const settingsSchema = z.strictObject({
  /** `strict`: whoever is levied must have been registered before; `open`: the first levy registers him. */
  registers: z.enum(['strict', 'open']).default('strict'),
  /** Tax offices whose files are taken; empty takes any. */
  taxdepts: z.array(z.string().regex(/^\d{11}$/)).default([]),
  /** Minutes from the arrival of a file to its HZ or CF. */
  answerMinutes: z.number().int().min(0).max(100_000).default(0),
  /** Hours of the day at which 回盘, TK and TJ are made. */
  hpHours: z.array(hour).min(1).max(24).default([12, 20]),
  /** Days from payment to 上解 and to 入国库. */
  ursnDays: days.default(1),
  treasuryDays: days.default(2),
  /** How 入库 is told of a payment that was told before: by a row of kind 04, or by the payment row once more with its date. */
  treasuryUpdate: z.enum(['correction', 'repeat']).default('correction'),
  /** Daily rate of 滞纳金. */
  lateFeeRate: z.string().regex(/^0(\.\d{1,8})?$/).default('0.0005'),
  /** Days from an agreed TF to the treasury's payment. */
  refundDays: days.default(2),
  /** 对账 files of the day: totals, or details too. Details also answer totals that differ. */
  dz: z.enum(['totals', 'details', 'none']).default('totals'),
  /** How often the treasury moves money to 财政专户. */
  transferEvery: z.enum(['day', 'tenDays', 'month']).default('tenDays'),
  /** Days that the statements of treasury and of 财政专户 come late. */
  statementLateDays: days.default(0),
  fiscalLateDays: days.default(0),
  /** Treasuries by pool area; one that is not named has `<poolarea_no>0001`. */
  treasuries: z.record(z.string().regex(/^\d{6}$/), z.array(z.string().regex(/^\d{1,10}$/)).min(1)).default({}),
  /** Budget subjects by insutype. */
  budgets: z.record(z.string(), z.string().regex(/^\d{1,9}$/)).default({ 310: '102030101', 390: '102110101', 510: '102030199' }),
});
export type Settings = z.infer<typeof settingsSchema>;

const NAME = 'settings';

export function readSettings(books: Books): Settings {
  return settingsSchema.parse(JSON.parse(kept(books.db, NAME) ?? '{}'));
}

/** Changes the members that are given. Throws ZodError. */
export function changeSettings(books: Books, change: unknown): Settings {
  const given = z.record(z.string(), z.unknown()).parse(change);
  const settings = settingsSchema.parse({ ...readSettings(books), ...given });
  books.write(true, () => keep(books.db, NAME, JSON.stringify(settings)));
  return settings;
}

export function treasuryOf(settings: Settings, poolarea_no: string, lot: number): string {
  const all = settings.treasuries[poolarea_no] ?? [`${poolarea_no}0001`];
  return all[lot % all.length] as string;
}

export function budgetOf(settings: Settings, insutype: string): string {
  return settings.budgets[insutype] ?? '102039901';
}
