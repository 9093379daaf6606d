import type { Fen } from '../money';

/** A person's part of a unit's levy. */
export interface PersonSplit {
  readonly psn_no: string;
  readonly amt: Fen;
  /** First month that it pays for, `yyyyMM`. */
  readonly accrym_begn: string;
  readonly paid: boolean;
}

/** What a division does with a unit that paid in part: mark nobody, or whole persons as far as the money goes. */
export type PartialRule = { readonly order: 'none' } | { readonly order: 'oldestFirst' } | { readonly order: 'namedFirst'; readonly named: readonly string[] };

/**
 * Persons to be marked paid when a unit has paid `net` of its `amt`, in fen: all of them when it is paid in full, by the rule when
 * it is paid in part. Money is never split below a person, and the unit's row stays the only one that is counted.
 */
export function personsPaid(net: Fen, amt: Fen, persons: readonly PersonSplit[], rule: PartialRule): readonly string[] {
  if (net >= amt) return persons.map(({ psn_no }) => psn_no);
  if (rule.order === 'none') return [];
  const named = (person: PersonSplit): number => {
    const place = rule.order === 'namedFirst' ? rule.named.indexOf(person.psn_no) : -1;
    return place < 0 ? Number.MAX_SAFE_INTEGER : place;
  };
  const inOrder = [...persons].sort((a, b) => named(a) - named(b) || compare(a.accrym_begn, b.accrym_begn) || compare(a.psn_no, b.psn_no));
  const covered: string[] = [];
  let left: number = net;
  for (const { psn_no, amt: own } of inOrder) {
    if (own > left) break;
    left -= own;
    covered.push(psn_no);
  }
  return covered;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
