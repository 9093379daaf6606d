import { LINE_KINDS, type LineKind } from '../domain/clearing/entry';
import { add, fen, type Fen, ZERO } from '../domain/money';
import type { ClearingLine } from './types';

export type Side = 'payable' | 'receivable';

export interface KindSum {
  readonly kind: LineKind;
  readonly count: number;
  readonly fen: Fen;
}

/** What a city owes, or is owed, by one insurance and fund. */
export interface LineGroup {
  readonly key: string;
  readonly city: string;
  /** The other city; null where all others are summed. */
  readonly other: string | null;
  readonly insutype: string;
  readonly fund: string;
  readonly count: number;
  readonly fen: Fen;
  /** 本月、迟报补入、冲减、扣款, those that there are, in this order. */
  readonly kinds: readonly KindSum[];
}

type Key = Pick<LineGroup, 'key' | 'city' | 'other' | 'insutype' | 'fund'>;

/** Sums lines by city, insurance and fund as one side sees them; `apart` keeps the other cities apart. */
export function groupLines(lines: readonly ClearingLine[], side: Side, apart: boolean): LineGroup[] {
  const groups = new Map<string, { of: Key; lines: ClearingLine[] }>();
  for (const line of lines) {
    const [city, counterpart] = side === 'payable' ? [line.payingCity, line.receivingCity] : [line.receivingCity, line.payingCity];
    const other = apart ? counterpart : null;
    const key = [city, other ?? '', line.insutype, line.fund].join('/');
    const group = groups.get(key) ?? { of: { key, city, other, insutype: line.insutype, fund: line.fund }, lines: [] };
    group.lines.push(line);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((a, b) => (a.of.key < b.of.key ? -1 : 1))
    .map(({ of, lines: own }) => ({ ...of, ...sumOf(own), kinds: (Object.keys(LINE_KINDS) as LineKind[]).flatMap((kind) => kindSum(kind, own)) }));
}

function kindSum(kind: LineKind, lines: readonly ClearingLine[]): KindSum[] {
  const own = lines.filter((line) => line.kind === kind);
  return own.length === 0 ? [] : [{ kind, ...sumOf(own) }];
}

function sumOf(lines: readonly ClearingLine[]): { count: number; fen: Fen } {
  return { count: lines.reduce((sum, { count }) => sum + count, 0), fen: add(ZERO, ...lines.map((line) => fen(line.fen))) };
}
