import { fundName, type FundKey } from '../clearing/funds';
import { amountInWords } from '../amount-in-words';
import { add, type Fen, formatYuanGrouped, ZERO } from '../money';
import type { FundAmount } from './data';
import type { Total } from './model';

/** An amount that a document of that fund may show. Throws RangeError for one of another fund: funds never share a sum. */
export function ofFund(fund: FundKey, amount: FundAmount): Fen {
  if (amount.fund !== fund) throw new RangeError(`an amount of ${fundName(amount.fund)} on a document of ${fundName(fund)}`);
  return amount.fen;
}

/** Sum of amounts of one fund. Throws RangeError when one belongs to another. */
export function sumOf(fund: FundKey, amounts: readonly FundAmount[]): Fen {
  return add(ZERO, ...amounts.map((amount) => ofFund(fund, amount)));
}

/** `1,234.56`, without the unit. */
export const yuan = formatYuanGrouped;

/** A total with its words in capital numerals. */
export function totalOf(label: string, amount: Fen): Total {
  return { label, amount, words: amountInWords(amount) };
}

/** Throws RangeError unless both are equal: a document that does not add up is not printed. */
export function mustEqual(what: string, left: Fen, right: Fen): void {
  if (left !== right) throw new RangeError(`${what}: ${left} fen is not ${right} fen`);
}
