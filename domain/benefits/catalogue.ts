/** The centre's catalogue (三目录) as the line rules need it: dated versions of one item under one national code. */
import type { Policy } from '../policies/policy';
import type { ChargeLevel, LineToSplit } from './line';

/** Kind of an item for the default 先自付. */
export type ListType = 'drug' | 'service' | 'consumable';

/** One dated version of a catalogue item; cap and ratio are exact decimal text. */
export interface CatalogueItem {
  readonly med_list_codg: string;
  readonly name: string;
  readonly listType: ListType;
  readonly chrgitm_lv: ChargeLevel;
  /** Null: the policy's ratio for the kind applies. */
  readonly selfpay_prop: string | null;
  /** Price cap in yuan. */
  readonly cap: string | null;
  readonly med_chrgitm_type: string;
  readonly limited: boolean;
  readonly begndate: string;
  readonly enddate: string;
}

/** The version of an item on a date, or undefined when the code is unknown or no version is in force then. */
export function catalogueItemOn(
  catalogue: readonly CatalogueItem[],
  medListCodg: string,
  date: string,
): CatalogueItem | undefined {
  return catalogue.find(
    (item) => item.med_list_codg === medListCodg && item.begndate <= date && date <= item.enddate,
  );
}

/** 先自付 ratio of an item: its own, or by class and kind from the policy (甲 nothing, 丙 all). */
export function selfpayPropOf(item: CatalogueItem, policy: Policy): string {
  if (item.selfpay_prop !== null) return item.selfpay_prop;
  if (item.chrgitm_lv === '01') return '0';
  return item.chrgitm_lv === '03' ? '1' : policy.line.selfpayProp[item.listType];
}

/**
 * Joins a fee line with its catalogue item. For a return pass the item that was in force when the original was charged,
 * so that the split mirrors.
 */
export function lineToSplit(
  line: { readonly cnt: string; readonly pric: string; readonly hosp_appr_flag?: string },
  item: CatalogueItem,
  policy: Policy,
): LineToSplit {
  return {
    cnt: line.cnt,
    pric: line.pric,
    chrgitmLv: item.chrgitm_lv,
    selfpayProp: selfpayPropOf(item, policy),
    cap: item.cap,
    limited: item.limited,
    ...(line.hosp_appr_flag === undefined ? {} : { hospApprFlag: line.hosp_appr_flag }),
  };
}
