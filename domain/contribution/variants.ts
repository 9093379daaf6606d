import type { PayerKind } from './types';

/** 征缴线: which file a levy leaves in. */
export type LevyLine = 'ZG' | 'LH' | 'JM' | 'TS';

/** 缴费类型: 01 正常, 02 补缴, 05 一次性缴纳. */
export type ClctType = '01' | '02' | '05';

export interface Variant {
  readonly zh: string;
  readonly line: LevyLine;
  readonly clctType: ClctType;
  readonly payerKind: PayerKind;
  /** Whom it is for: all of the payer kind, the units or the persons that the parameters name. */
  readonly who: 'all' | 'units' | 'persons';
  /** Only persons whose part somebody else pays, or only units so marked. */
  readonly only?: 'aided' | 'specialUnits' | 'agreement';
  /** Months are given (补收) instead of the month of the batch alone. */
  readonly months?: true;
  readonly functionId: string;
}

/** The eleven ways of assessing receivables (应收核定), by the same batch; only population, months and line differ. */
export const VARIANTS = {
  unit: { zh: '单位应收核定', line: 'ZG', clctType: '01', payerKind: '1', who: 'units', functionId: 'contrib-unit-assess' },
  allUnits: { zh: '用人单位统一应收核定', line: 'ZG', clctType: '01', payerKind: '1', who: 'all', functionId: 'contrib-employer-unified-assess' },
  unitBackpay: { zh: '单位补收核定', line: 'TS', clctType: '02', payerKind: '1', who: 'units', months: true, functionId: 'contrib-unit-backpay-assess' },
  flexible: { zh: '灵活就业人员代扣核定', line: 'LH', clctType: '01', payerKind: '2', who: 'all', only: 'agreement', functionId: 'contrib-flexible-withhold-assess' },
  personDetail: { zh: '人员缴费明细录入', line: 'TS', clctType: '02', payerKind: '2', who: 'persons', months: true, functionId: 'contrib-person-detail-entry' },
  retireLump: { zh: '退休不足年限一次性缴纳', line: 'TS', clctType: '05', payerKind: '2', who: 'persons', months: true, functionId: 'contrib-retire-lump-sum' },
  retireBackpay: { zh: '人员退休补收', line: 'TS', clctType: '02', payerKind: '2', who: 'persons', months: true, functionId: 'contrib-retire-backpay' },
  specialPersons: { zh: '特殊身份人员缴费核定', line: 'JM', clctType: '01', payerKind: '3', who: 'all', only: 'aided', functionId: 'contrib-special-person-assess' },
  specialUnits: { zh: '特殊单位缴费核定', line: 'ZG', clctType: '01', payerKind: '1', who: 'all', only: 'specialUnits', functionId: 'contrib-special-unit-assess' },
  resident: { zh: '居民缴费核定', line: 'JM', clctType: '01', payerKind: '3', who: 'persons', functionId: 'contrib-resident-assess' },
  allResidents: { zh: '批量居民缴费核定', line: 'JM', clctType: '01', payerKind: '3', who: 'all', functionId: 'contrib-resident-batch-assess' },
} as const satisfies Record<string, Variant>;

export type VariantKey = keyof typeof VARIANTS;

export function isVariant(text: unknown): text is VariantKey {
  return typeof text === 'string' && Object.hasOwn(VARIANTS, text);
}

export function variantOf(key: VariantKey): Variant {
  return VARIANTS[key];
}

/** What an assessment is asked for. */
export interface AssessmentParameters {
  readonly variant: VariantKey;
  /** 单位编号, where the variant is for named units. */
  readonly units: readonly string[];
  /** 人员编号, where it is for named persons. */
  readonly persons: readonly string[];
  /** yyyyMM, both included, where months are given. */
  readonly months: { readonly from: number; readonly through: number } | null;
}

/** Units or persons that one assessment names at most. */
export const MOST_NAMED = 1_000;
const MOST_MONTHS = 240;
const CODE = /^[A-Za-z0-9]{1,20}$/;

/** Reads parameters as a caller gave them; a Chinese sentence where they do not fit. */
export function readParameters(given: Readonly<Record<string, unknown>>): AssessmentParameters | string {
  const { variant, units, persons, months, ...rest } = given;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) return `没有参数 ${unknown.slice(0, 40)}`;
  if (!isVariant(variant)) return `variant 应为 ${Object.keys(VARIANTS).join('、')} 之一`;
  const { who, months: wantsMonths } = variantOf(variant);
  const named = (list: unknown, wanted: boolean, name: string): readonly string[] | string => {
    if (!wanted) return list === undefined ? [] : `${name} 不适用于该核定方式`;
    if (!Array.isArray(list) || list.length === 0 || list.length > MOST_NAMED) return `${name} 应为 1 至 ${MOST_NAMED} 个编号`;
    if (!list.every((each): each is string => typeof each === 'string' && CODE.test(each))) return `${name} 中有不合法的编号`;
    return [...new Set(list)].sort();
  };
  const unitNos = named(units, who === 'units', 'units');
  if (typeof unitNos === 'string') return unitNos;
  const psnNos = named(persons, who === 'persons', 'persons');
  if (typeof psnNos === 'string') return psnNos;
  const span = readMonths(months, wantsMonths === true);
  return typeof span === 'string' ? span : { variant, units: unitNos, persons: psnNos, months: span };
}

function readMonths(given: unknown, wanted: boolean): AssessmentParameters['months'] | string {
  if (!wanted) return given === undefined ? null : 'months 不适用于该核定方式';
  const { from, through } = (given ?? {}) as { from?: unknown; through?: unknown };
  if (!isMonthText(from) || !isMonthText(through)) return 'months 应为 {"from":"yyyy-MM","through":"yyyy-MM"}';
  const span = { from: monthNoOf(from), through: monthNoOf(through) };
  const count = (Math.floor(span.through / 100) - Math.floor(span.from / 100)) * 12 + (span.through % 100) - (span.from % 100) + 1;
  return count >= 1 && count <= MOST_MONTHS ? span : `months 应先后有序，至多 ${MOST_MONTHS} 个月`;
}

function isMonthText(value: unknown): value is string {
  return typeof value === 'string' && /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(value);
}

/** `2026-11` as 202611. */
export function monthNoOf(text: string): number {
  return Number(text.slice(0, 4)) * 100 + Number(text.slice(5, 7));
}
