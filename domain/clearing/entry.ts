import type { ClearingParameters } from './parameters';
import { addMonths, dayOf, monthsBetween, periodOf, type Period } from './period';

/** What a row of a clearing is: 本月, 迟报补入, 冲减 (a reversal after the window of its original closed), 扣款. */
export const LINE_KINDS = { current: '本月', late: '迟报补入', contra: '冲减', deduction: '扣款' } as const;
export type LineKind = keyof typeof LINE_KINDS;

/** Why a settlement enters no clearing. */
export const EXCLUSIONS = {
  medType: '医疗类别不在清算范围',
  tooLate: '超过迟报时限',
  annulled: '清算前已撤销',
} as const;
export type Exclusion = keyof typeof EXCLUSIONS;

/** What decides where a reconciled settlement is cleared. */
export interface Enterable {
  readonly businessDate: string;
  /** Day on which the three sides agreed on it. */
  readonly reconciledDate: string;
  readonly med_type: string;
}

/** Window and kind of an entry, or why there is none. */
export type Entry =
  | { readonly window: Period; readonly kind: LineKind }
  | { readonly window: null; readonly reason: Exclusion };

/** The clearing month that a business day belongs to. */
export function naturalWindow(businessDate: string, parameters: Pick<ClearingParameters, 'cutOffDay'>): Period {
  const month = periodOf(businessDate.slice(0, 7));
  return businessDate <= dayOf(month, parameters.cutOffDay) ? month : addMonths(month, 1);
}

/** Last day on which something may be reconciled to enter the window. */
export function reconciledBy(window: Period, parameters: Pick<ClearingParameters, 'reconciledByDay'>): string {
  return dayOf(addMonths(window, 1), parameters.reconciledByDay);
}

/**
 * Where a settlement is cleared: in its own month if it was reconciled by that month's last day and the window still takes
 * entries, otherwise, as late, in the first window that does. `firstOpen` is the earliest window that takes entries.
 */
export function entryOf(row: Enterable, parameters: ClearingParameters, firstOpen: Period): Entry {
  if (!parameters.medTypes.includes(row.med_type)) return { window: null, reason: 'medType' };
  const natural = naturalWindow(row.businessDate, parameters);
  const window = firstWindow(natural, row.reconciledDate, parameters, firstOpen);
  const late = monthsBetween(natural, window);
  if (late > parameters.lateLimitMonths) return { window: null, reason: 'tooLate' };
  return { window, kind: late > 0 ? 'late' : 'current' };
}

/**
 * Where a reversal or a deduction is cleared. It has no late limit: what was owed by a closed window is taken back in the
 * next one, whenever it comes.
 */
export function correctionWindow(row: Enterable, parameters: ClearingParameters, firstOpen: Period): Period {
  return firstWindow(naturalWindow(row.businessDate, parameters), row.reconciledDate, parameters, firstOpen);
}

function firstWindow(natural: Period, reconciledDate: string, parameters: ClearingParameters, firstOpen: Period): Period {
  let window = natural > firstOpen ? natural : firstOpen;
  while (reconciledDate > reconciledBy(window, parameters)) window = addMonths(window, 1);
  return window;
}
