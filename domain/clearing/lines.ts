import { add, type Fen, ZERO } from '../money';
import type { LineKind } from './entry';
import type { FundKey } from './funds';

/** Who owes whom by which fund: the insured place pays, the care place receives. */
export interface Flow {
  readonly payingCity: string;
  readonly receivingCity: string;
  readonly insutype: string;
  readonly fund: FundKey;
}

/** One line of a clearing: count of fund parts and their sum. Contra and deduction lines are negative. */
export interface ClearingLine extends Flow {
  readonly kind: LineKind;
  readonly count: number;
  readonly fen: Fen;
}

/** What is apportioned: one settlement that entered, with what each fund paid of it. */
export interface ClearedItem {
  readonly payingCity: string;
  readonly receivingCity: string;
  readonly insutype: string;
  readonly kind: LineKind;
  readonly parts: readonly { readonly fund: FundKey; readonly fen: Fen }[];
}

/** Apportions (清分) settlements to lines. The order of the items does not matter; lines come out in the order of their keys. */
export function apportion(items: Iterable<ClearedItem>): ClearingLine[] {
  const lines = new Map<string, ClearingLine>();
  for (const { parts, ...item } of items) {
    for (const { fund, fen } of parts) {
      const key = keyOf({ ...item, fund });
      const line = lines.get(key);
      lines.set(key, { ...item, fund, count: (line?.count ?? 0) + 1, fen: add(line?.fen ?? ZERO, fen) });
    }
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

/** A line's place among others, as text. */
export function keyOf(line: Flow & { readonly kind: LineKind }): string {
  return [line.payingCity, line.receivingCity, line.insutype, line.fund, line.kind].join('/');
}

/** What a city owes (应付) and is owed (应收) by one fund. */
export interface CityTotal {
  readonly city: string;
  readonly insutype: string;
  readonly fund: FundKey;
  readonly payable: Fen;
  readonly receivable: Fen;
}

/** Totals of every city and fund. */
export function cityTotals(lines: readonly ClearingLine[]): CityTotal[] {
  const totals = new Map<string, CityTotal>();
  const book = (city: string, { insutype, fund }: ClearingLine, payable: Fen, receivable: Fen): void => {
    const key = [city, insutype, fund].join('/');
    const total = totals.get(key);
    totals.set(key, {
      city,
      insutype,
      fund,
      payable: add(total?.payable ?? ZERO, payable),
      receivable: add(total?.receivable ?? ZERO, receivable),
    });
  };
  for (const line of lines) {
    book(line.payingCity, line, line.fen, ZERO);
    book(line.receivingCity, line, ZERO, line.fen);
  }
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total);
}

/** An amount that two independent computations of a clearing do not agree on. */
export interface Imbalance {
  readonly what: string;
  readonly left: Fen;
  readonly right: Fen;
}

/**
 * What must hold before a clearing leaves the first review: by each insutype and fund, Σ应付 = Σ应收, and both are what the
 * settlements themselves sum to (`items`, taken without the lines).
 */
export function imbalances(lines: readonly ClearingLine[], items: readonly { insutype: string; fund: FundKey; fen: Fen }[]): Imbalance[] {
  const owed = new Map<string, { payable: Fen; receivable: Fen }>();
  for (const total of cityTotals(lines)) {
    const key = `${total.insutype}/${total.fund}`;
    const sum = owed.get(key) ?? { payable: ZERO, receivable: ZERO };
    owed.set(key, { payable: add(sum.payable, total.payable), receivable: add(sum.receivable, total.receivable) });
  }
  const source = new Map<string, Fen>();
  for (const { insutype, fund, fen } of items) source.set(`${insutype}/${fund}`, add(source.get(`${insutype}/${fund}`) ?? ZERO, fen));
  return [...new Set([...owed.keys(), ...source.keys()])].sort().flatMap((key) => {
    const { payable, receivable } = owed.get(key) ?? { payable: ZERO, receivable: ZERO };
    const fen = source.get(key) ?? ZERO;
    return [
      ...(payable === receivable ? [] : [{ what: `${key} 应付≠应收`, left: payable, right: receivable }]),
      ...(payable === fen ? [] : [{ what: `${key} 应付≠明细`, left: payable, right: fen }]),
    ];
  });
}
