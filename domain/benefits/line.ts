/** Splits one fee line (费用明细) as the centre does: 全自费, 超限价, 先自付, 符合范围. Rules 1 to 5 of docs/benefits.md. */
import {
  compareDecimals,
  max,
  min,
  multiply,
  negate,
  parseDecimal,
  roundToFen,
  share,
  subtract,
  ZERO,
  type Decimal,
  type Fen,
} from '../money';
import type { LineRules } from '../policies/policy';

/** chrgitm_lv: 01 甲, 02 乙, 03 丙 or outside the catalogue. */
export type ChargeLevel = '01' | '02' | '03';

/** What the split of a line depends on. Decimals are exact text. */
export interface LineToSplit {
  /** Quantity, at most four decimals; negative on a return. */
  readonly cnt: string;
  /** Unit price in yuan, at most six decimals. */
  readonly pric: string;
  readonly chrgitmLv: ChargeLevel;
  /** 先自付 ratio from 0 to 1. */
  readonly selfpayProp: string;
  /** Highest price in yuan that is looked at, or null. */
  readonly cap: string | null;
  /** hosp_appr_flag of the line; absent counts as 0. */
  readonly hospApprFlag?: string;
  /** lmt_used_flag of the item: its use is limited (限制使用). */
  readonly limited?: boolean;
}

/** The split of one line in fen; names as in the answer of 2301. */
export interface LineSplit {
  readonly det_item_fee_sumamt: Fen;
  readonly fulamt_ownpay_amt: Fen;
  readonly overlmt_amt: Fen;
  readonly preselfpay_amt: Fen;
  readonly inscp_scp_amt: Fen;
  /** Ratio that was applied; 1 when the whole line is self-paid. */
  readonly selfpay_prop: string;
}

/** Cost part of a stay in fen; names as in SETLINFO, where the part above the caps is called overlmt_selfpay. */
export interface CostSums {
  readonly medfee_sumamt: Fen;
  readonly fulamt_ownpay_amt: Fen;
  readonly overlmt_selfpay: Fen;
  readonly preselfpay_amt: Fen;
  readonly inscp_scp_amt: Fen;
}

/**
 * True when the line is wholly self-paid: class 03; a limited item that the hospital did not approve (flag other than 1);
 * any item that the hospital declares self-paid (flag 2).
 */
export function isSelfPaid(line: LineToSplit): boolean {
  if (line.chrgitmLv === '03' || line.hospApprFlag === '2') return true;
  return line.limited === true && line.hospApprFlag !== '1';
}

/** `cnt` × `pric` in fen, the amount that the centre computes again and compares. */
export function lineAmount(cnt: string, pric: string, rules: Pick<LineRules, 'rounding'>): Fen {
  return roundToFen(multiply(quantity(cnt), price(pric)), rules.rounding);
}

/**
 * Splits a line. Every part is rounded on the line's absolute value and then given its sign, so a full return mirrors
 * its original exactly. Throws RangeError when a number is malformed, the price is negative or the ratio is not within 0 to 1.
 */
export function splitLine(line: LineToSplit, rules: LineRules): LineSplit {
  const cnt = quantity(line.cnt);
  const count: Decimal = { units: cnt.units < 0n ? -cnt.units : cnt.units, scale: cnt.scale };
  const pric = price(line.pric);
  const amount = roundToFen(multiply(count, pric), rules.rounding);
  const signed = (part: Fen): Fen => (cnt.units < 0n ? negate(part) : part);
  if (isSelfPaid(line)) {
    return {
      det_item_fee_sumamt: signed(amount),
      fulamt_ownpay_amt: signed(amount),
      overlmt_amt: ZERO,
      preselfpay_amt: ZERO,
      inscp_scp_amt: ZERO,
      selfpay_prop: '1',
    };
  }
  const prop = selfpayRatio(line.selfpayProp);
  const allowed = allowedAmount(line.cap, count, pric, amount, rules);
  let overlmt: Fen;
  let preselfpay: Fen;
  if (rules.order === 'capThenSelfpay') {
    overlmt = subtract(amount, allowed);
    preselfpay = share(allowed, prop, rules.rounding);
  } else {
    preselfpay = share(amount, prop, rules.rounding);
    overlmt = max(ZERO, subtract(subtract(amount, preselfpay), allowed));
  }
  return {
    det_item_fee_sumamt: signed(amount),
    fulamt_ownpay_amt: ZERO,
    overlmt_amt: signed(overlmt),
    preselfpay_amt: signed(preselfpay),
    inscp_scp_amt: signed(subtract(subtract(amount, overlmt), preselfpay)),
    selfpay_prop: line.selfpayProp,
  };
}

function allowedAmount(cap: string | null, count: Decimal, pric: Decimal, amount: Fen, rules: LineRules): Fen {
  if (cap === null) return amount;
  const limit = price(cap);
  return compareDecimals(pric, limit) > 0 ? min(amount, roundToFen(multiply(count, limit), rules.rounding)) : amount;
}

function quantity(text: string): Decimal {
  const value = parseDecimal(text);
  if (value.scale > 4) throw new RangeError(`a quantity has at most four decimals: ${text}`);
  return value;
}

function price(text: string): Decimal {
  const value = parseDecimal(text);
  if (value.scale > 6) throw new RangeError(`a price has at most six decimals: ${text}`);
  if (value.units < 0n) throw new RangeError(`a price is not negative: ${text}`);
  return value;
}

function selfpayRatio(text: string): Decimal {
  const value = parseDecimal(text);
  if (value.units < 0n || compareDecimals(value, { units: 1n, scale: 0 }) > 0) {
    throw new RangeError(`a ratio lies within 0 and 1: ${text}`);
  }
  return value;
}
