import type { SettlementAmounts } from '../admission/types';
import { add, compareDecimals, formatDecimal, multiply, parseDecimal, ZERO, type Fen } from '../money';
import { labelOf } from '../../schemas/national/code-tables';
import type { FeeSum, SheetLine } from './input';
import type { FeeRow, FeeTable, LineGroup, Split } from './model';
import { printable } from './text';

const NO_MONEY: Split = { amount: ZERO, fulamt: ZERO, overlmt: ZERO, preselfpay: ZERO, inscp: ZERO };
const CLASSES = { '01': 'classA', '02': 'classB', '03': 'classC' } as const;

/**
 * The table of categories. It is printed only when the lines add up to the settlement, sum for sum: the lines of a
 * cancelled settlement are free again and may have changed since.
 */
export function feeTable(sums: readonly FeeSum[], amounts: SettlementAmounts): FeeTable {
  const rows = [...new Set(sums.map((sum) => sum.category))].sort().map((category) =>
    rowOf(categoryName(category), sums.filter((sum) => sum.category === category)),
  );
  const total = rowOf('合计', sums);
  const agrees =
    total.amount === amounts.medfee_sumamt && total.fulamt === amounts.fulamt_ownpay_amt &&
    total.overlmt === amounts.overlmt_selfpay && total.preselfpay === amounts.preselfpay_amt && total.inscp === amounts.inscp_scp_amt;
  if (agrees) return { rows, total, unclassed: total.noClass !== 0, note: null };
  const settled = {
    amount: amounts.medfee_sumamt,
    fulamt: amounts.fulamt_ownpay_amt,
    overlmt: amounts.overlmt_selfpay,
    preselfpay: amounts.preselfpay_amt,
    inscp: amounts.inscp_scp_amt,
  };
  const note = '结算所含的费用明细此后已有变动，不再分类列示；合计为结算时的金额。';
  return { rows: [], total: { ...rowOf('合计', []), ...settled }, unclassed: false, note };
}

function rowOf(name: string, sums: readonly FeeSum[]): FeeRow {
  const ofClass = (wanted: string): Fen => add(...sums.filter((sum) => classOf(sum.level) === wanted).map((sum) => sum.amount));
  return {
    name,
    lines: sums.reduce((count, sum) => count + sum.lines, 0),
    ...totalOf(sums),
    classA: ofClass('classA'),
    classB: ofClass('classB'),
    classC: ofClass('classC'),
    noClass: ofClass('noClass'),
  };
}

function classOf(level: string | null): (typeof CLASSES)[keyof typeof CLASSES] | 'noClass' {
  return level !== null && level in CLASSES ? CLASSES[level as keyof typeof CLASSES] : 'noClass';
}

function totalOf(parts: readonly Split[]): Split {
  return parts.reduce<Split>(
    (sofar, part) => ({
      amount: add(sofar.amount, part.amount),
      fulamt: add(sofar.fulamt, part.fulamt),
      overlmt: add(sofar.overlmt, part.overlmt),
      preselfpay: add(sofar.preselfpay, part.preselfpay),
      inscp: add(sofar.inscp, part.inscp),
    }),
    NO_MONEY,
  );
}

/** The lines behind the sheet, by category, each group with its sums. */
export function lineGroups(lines: readonly SheetLine[]): LineGroup[] {
  const categories = [...new Set(lines.map((line) => line.category))].sort();
  return categories.map((category) => {
    const members = lines.filter((line) => line.category === category);
    return {
      name: categoryName(category),
      total: totalOf(members),
      lines: members.map(({ date, name, level, cnt, pric, cap, selfpayProp, amount, fulamt, overlmt, preselfpay, inscp }) => ({
        date, name: printable(name), cnt, pric, amount, fulamt, overlmt, preselfpay, inscp,
        level: level === null ? '' : labelOf('chrgitm_lv', level).slice(0, 1),
        // The centre answers 0 where the catalogue has no cap.
        cap: cap === null || isZero(cap) ? '' : cap,
        prop: selfpayProp === null ? '' : percentText(selfpayProp),
      })),
    };
  });
}

function categoryName(category: string): string {
  return category === '' ? '未分类' : printable(labelOf('med_chrgitm_type', category));
}

/** `0.1000` → `10%`, `1` → `100%`, `0` → empty. */
function percentText(ratio: string): string {
  const hundredfold = multiply(parseDecimal(ratio), parseDecimal('100'));
  return isZero(ratio) ? '' : `${formatDecimal(hundredfold).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')}%`;
}

function isZero(decimal: string): boolean {
  return compareDecimals(parseDecimal(decimal), parseDecimal('0')) === 0;
}
