import { add, fen, type Fen, subtract, ZERO } from '../money';
import { type BreakCode, type Declaration, ENGINE_CODES } from './declaration';

/** A sum of one group, side and amount: its total where `code` is empty, else the part that has this name. */
export interface NamedSum {
  readonly group: string;
  readonly side: string;
  readonly amount: string;
  readonly code: string;
  readonly rows: number;
  readonly fen: Fen;
}

/** One named part of what separates two sides. */
export interface StatementPart {
  readonly code: string;
  readonly zh: string;
  /** `named`: tolerance and late arrivals, which are no differences. */
  readonly kind: BreakCode['kind'] | 'named';
  /** The first side's rows and the other's. */
  readonly rows: readonly [number, number];
  /** By how much it makes the first side greater, fen. */
  readonly fen: Fen;
}

/** The statement (余额调节表) of one group and amount between the first side and another. */
export interface StatementLine {
  readonly group: string;
  readonly amount: string;
  readonly sides: readonly [string, string];
  readonly totals: readonly [Fen, Fen];
  /** Total of the first side less that of the other. */
  readonly difference: Fen;
  readonly parts: readonly StatementPart[];
  /** Of the parts: expected by a rule, within tolerance, or arrived late. */
  readonly explained: Fen;
  /** Of the parts: breaks. */
  readonly open: Fen;
  /** What no part names; anything but zero is a fault of the engine. */
  readonly residual: Fen;
}

/** Makes the statement out of the sums of a run. Groups come in the order of their text. */
export function statementOf(declaration: Pick<Declaration, 'sides' | 'amounts' | 'codes'>, sums: readonly NamedSum[]): StatementLine[] {
  const [first, ...others] = declaration.sides.map(({ key }) => key);
  if (first === undefined) throw new RangeError('a reconciliation has sides');
  const byGroup = new Map<string, NamedSum[]>();
  for (const sum of sums) byGroup.set(sum.group, [...(byGroup.get(sum.group) ?? []), sum]);
  return [...byGroup.keys()].sort().flatMap((group) =>
    declaration.amounts.flatMap(({ column }) => {
      const here = (byGroup.get(group) ?? []).filter(({ amount }) => amount === column);
      return others.map((other) => lineOf(declaration.codes, { group, amount: column, sides: [first, other] }, here));
    }),
  );
}

function lineOf(codes: readonly BreakCode[], place: Pick<StatementLine, 'group' | 'amount' | 'sides'>, sums: readonly NamedSum[]): StatementLine {
  const [first, other] = place.sides;
  const sumOf = (side: string, code: string): Pick<NamedSum, 'rows' | 'fen'> => sums.find((sum) => sum.side === side && sum.code === code) ?? { rows: 0, fen: ZERO };
  const names = [...new Set(sums.map(({ code }) => code))].filter((code) => code !== '').sort();
  const parts = names.map((code): StatementPart => {
    const known = codes.find((each) => each.code === code);
    const [ours, theirs] = [sumOf(first, code), sumOf(other, code)];
    return { code, zh: known?.zh ?? ENGINE_CODES[code] ?? code, kind: known?.kind ?? 'named', rows: [ours.rows, theirs.rows], fen: subtract(ours.fen, theirs.fen) };
  });
  const totals = [sumOf(first, '').fen, sumOf(other, '').fen] as const;
  const difference = subtract(...totals);
  const sumParts = (wanted: (part: StatementPart) => boolean): Fen => add(ZERO, ...parts.filter(wanted).map((part) => part.fen));
  const [explained, open] = [sumParts(({ kind }) => kind !== 'break'), sumParts(({ kind }) => kind === 'break')];
  return { ...place, totals, difference, parts, explained, open, residual: fen(difference - explained - open) };
}
