import type { Category, MonthNo, Part, PayerKind } from './types';

/** A rate or a fixed sum of one part, from a month on. Dated data: which one holds follows from the month that is paid for. */
export interface RateRule {
  readonly insutype: string;
  readonly payerKind: PayerKind;
  readonly categories: readonly Category[];
  readonly part: Part;
  /** Percent with five decimals implied: 800000 is 8 %. */
  readonly rate?: number;
  readonly fixedFen?: number;
  /** The fixed sum is for a calendar year, not for a month. */
  readonly perYear?: boolean;
  /** yyyyMM, both included. */
  readonly from: string;
  readonly through?: string;
  /** 征收项目 and 征收品目 of the tax table. */
  readonly levyItem: string;
  readonly levySubitem: string;
  readonly source: string;
}

/** Lowest and highest base (缴费基数上下限) from a month on, fen a month. */
export interface BaseRule {
  readonly from: string;
  readonly floorFen: number;
  readonly ceilingFen: number;
  readonly source: string;
}

export interface ContributionRules {
  readonly bases: readonly BaseRule[];
  readonly rates: readonly RateRule[];
  /** Day of the month by which the month's levy is to be paid. */
  readonly dueDay: { readonly employee: number; readonly flexible: number; readonly resident: number };
  /** Interest on months that are past, percent a month with five decimals implied. */
  readonly interestPerMonth: { readonly rate: number };
}

/** What is wrong with rules, in words, or null. */
export function rulesProblem({ bases, rates, dueDay, interestPerMonth }: ContributionRules): string | null {
  if (bases.length === 0 || rates.length === 0) return '没有基数上下限或费率';
  for (const { from, floorFen, ceilingFen } of bases) {
    if (!isMonth(from) || !isFen(floorFen) || !isFen(ceilingFen) || floorFen > ceilingFen) return `基数上下限 ${from} 不合理`;
  }
  for (const { insutype, part, rate, fixedFen, from, through } of rates) {
    const name = `${insutype}/${part}/${from}`;
    if (!isMonth(from) || (through !== undefined && (!isMonth(through) || through < from))) return `费率 ${name} 的起止月份不合理`;
    if ((rate === undefined) === (fixedFen === undefined)) return `费率 ${name} 应当或为费率或为定额`;
    if (rate !== undefined && !(Number.isSafeInteger(rate) && rate > 0 && rate <= 10_000_000)) return `费率 ${name} 应在 0 与 100 % 之间`;
    if (fixedFen !== undefined && !isFen(fixedFen)) return `定额 ${name} 应为正整数分`;
  }
  const twice = rates.find((rule, index) => rates.some((other, at) => at > index && overlaps(rule, other)));
  if (twice) return `费率 ${twice.insutype}/${twice.part}/${twice.from} 与另一条重叠`;
  const days = [dueDay.employee, dueDay.flexible, dueDay.resident];
  if (!days.every((day) => Number.isInteger(day) && day >= 1 && day <= 31)) return '缴费截止日须在 1 与 31 之间';
  return Number.isSafeInteger(interestPerMonth.rate) && interestPerMonth.rate >= 0 && interestPerMonth.rate <= 1_000_000 ? null : '月利率不合理';
}

function overlaps(a: RateRule, b: RateRule): boolean {
  const same = a.insutype === b.insutype && a.payerKind === b.payerKind && a.part === b.part && a.categories.some((each) => b.categories.includes(each));
  return same && a.from <= (b.through ?? '999912') && b.from <= (a.through ?? '999912');
}

function isMonth(text: string): boolean {
  return /^(19|20|21)\d{2}(0[1-9]|1[0-2])$/.test(text);
}

function isFen(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** The rules of one month, looked up once for many persons. */
export interface MonthRules {
  /** Rates and fixed sums of an insurance, payer and identity. */
  find(insutype: string, payerKind: PayerKind, category: Category): readonly RateRule[];
  /** A base brought between floor and ceiling, fen. */
  clip(baseFen: number): number;
}

/** Throws RangeError for a month before the first base. */
export function monthRules({ bases, rates }: ContributionRules, month: MonthNo): MonthRules {
  const text = String(month);
  const base = bases.filter(({ from }) => from <= text).reduce<BaseRule | undefined>((last, each) => (last && last.from > each.from ? last : each), undefined);
  if (!base) throw new RangeError(`there is no contribution base for ${text}`);
  const valid = rates.filter(({ from, through = '999912' }) => from <= text && text <= through);
  const found = new Map<string, readonly RateRule[]>();
  return {
    find: (insutype, payerKind, category) => {
      const key = `${insutype}/${payerKind}/${category}`;
      const known = found.get(key);
      if (known) return known;
      const fit = valid.filter((rule) => rule.insutype === insutype && rule.payerKind === payerKind && rule.categories.includes(category));
      found.set(key, fit);
      return fit;
    },
    clip: (baseFen) => Math.min(base.ceilingFen, Math.max(base.floorFen, baseFen)),
  };
}
