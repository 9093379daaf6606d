import { parseDecimal } from '../money';

/** 税务代征 (assessed here, collected there) or 税务全责征收 (declared to tax by the payer). */
export type CollectionMode = 'assessed' | 'declared';

export interface ModeRule {
  /** Pool area, `*` for all that have no rule of their own. */
  readonly poolarea_no: string;
  readonly payer_kind: string;
  /** First month `yyyyMM`. Rows of the former mode run to their end in it. */
  readonly from: string;
  readonly mode: CollectionMode;
}

/** Settings of tax collection; the shipped ones are in `schemas/tax/collection-rules.json`. */
export interface CollectionRules {
  readonly modes: readonly ModeRule[];
  /** Payer kinds whose payment in parts is taken. */
  readonly partialPayers: readonly string[];
  /** 滞纳金 a day, as `0.0005`; ours only checks. */
  readonly dailyLateFeeRate: string;
  /** How long a treasury date or an undoing waits for its payment. */
  readonly holdHours: number;
  /** What was spent of a credited account is netted when its months are refunded. */
  readonly netSpentCredit: boolean;
  /** What happens to a file whose forerunner is missing: posted with a notice, or it waits. */
  readonly outOfOrder: 'post' | 'wait';
  /** What happens to a file whose totals are not those of its rows: nothing of it is posted, or its rows are. */
  readonly totalsDiffer: 'hold' | 'post';
  /** Persons of a unit that paid in part: nobody is marked paid, or whole persons, oldest months first. */
  readonly partialOrder: 'none' | 'oldestFirst';
}

/** The mode of a payer kind in a month; a rule of the pool area goes before one for all, the latest before an earlier. Throws RangeError without a rule. */
export function modeOf(rules: Pick<CollectionRules, 'modes'>, poolarea_no: string, payer_kind: string, month: string): CollectionMode {
  const fitting = rules.modes.filter((rule) => rule.payer_kind === payer_kind && rule.from <= month && ['*', poolarea_no].includes(rule.poolarea_no));
  const own = fitting.filter((rule) => rule.poolarea_no !== '*');
  const latest = [...(own.length > 0 ? own : fitting)].sort((a, b) => (a.from < b.from ? 1 : -1))[0];
  if (!latest) throw new RangeError(`no collection mode for ${poolarea_no}, payer kind ${payer_kind}, ${month}`);
  return latest.mode;
}

/** What makes no sense in rules, in Chinese, or null. */
export function collectionRulesProblem(rules: CollectionRules): string | null {
  if (rules.modes.some(({ mode }) => mode !== 'assessed' && mode !== 'declared')) return '征收模式应为 assessed 或 declared';
  if (rules.modes.some(({ from }) => !/^\d{4}(0[1-9]|1[0-2])$/.test(from))) return '征收模式的起始月应为 yyyyMM';
  if (!['1', '2', '3'].every((kind) => rules.modes.some((rule) => rule.payer_kind === kind && rule.poolarea_no === '*'))) return '每种缴费主体须有一条适用全部统筹区的征收模式';
  if (!Number.isSafeInteger(rules.holdHours) || rules.holdHours < 0 || rules.holdHours > 720) return '等候小时数应为 0 至 720';
  try {
    const { units, scale } = parseDecimal(rules.dailyLateFeeRate);
    if (units < 0n || scale > 8) return '滞纳金日费率不合法';
  } catch {
    return '滞纳金日费率不合法';
  }
  return null;
}
