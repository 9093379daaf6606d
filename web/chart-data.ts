/** How figures are drawn: bars by size, a line over time, shares of a whole. */
export const SHAPES = ['bar', 'line', 'share'] as const;
export type Shape = (typeof SHAPES)[number];

export interface Figure {
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** What a value of the series counts: yuan, ten thousand yuan, or pieces. */
  readonly unit: 'yuan' | 'wan' | 'count';
}

/** Rows to be drawn: under which label, as part of which series, how much (fen or pieces). */
export interface Point {
  readonly label: string;
  readonly series: string;
  readonly value: number;
}

/** From this much on (fen) amounts are drawn in 万元. */
const WAN_FROM = 10_000_000;
const FEN_OF = { yuan: 100, wan: 1_000_000, count: 1 } as const;
const MOST = { bar: 15, share: 8, line: 400 } as const;

/**
 * Sums points up by label and series. Over time in the order of the labels, otherwise the greatest first; what is too many to
 * be told apart goes together under `rest`.
 */
export function figureOf(points: readonly Point[], { shape, amounts, rest }: { readonly shape: Shape; readonly amounts: boolean; readonly rest: string }): Figure {
  const names = shape === 'line' ? [...new Set(points.map(({ series }) => series))] : [''];
  const sums = new Map<string, number[]>();
  for (const { label, series, value } of points) {
    const own = sums.get(label) ?? names.map(() => 0);
    const place = Math.max(0, names.indexOf(series));
    own[place] = (own[place] ?? 0) + value;
    sums.set(label, own);
  }
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const rows = [...sums].sort(shape === 'line' ? ([a], [b]) => (a < b ? -1 : 1) : ([, a], [, b]) => Math.abs(total(b)) - Math.abs(total(a)));
  const most = MOST[shape];
  const kept = rows.length <= most ? rows : rows.slice(0, most - 1);
  const others = rows.slice(kept.length).map(([, values]) => values);
  const shown = others.length === 0 ? kept : [...kept, [rest, names.map((_, place) => total(others.map((values) => values[place] ?? 0)))] as [string, number[]]];
  const unit = unitOf(amounts, shown.flatMap(([, values]) => values));
  return {
    labels: shown.map(([label]) => label),
    series: names.map((name, place) => ({ name, values: shown.map(([, values]) => (values[place] ?? 0) / FEN_OF[unit]) })),
    unit,
  };
}

function unitOf(amounts: boolean, values: readonly number[]): Figure['unit'] {
  if (!amounts) return 'count';
  return Math.max(0, ...values.map(Math.abs)) >= WAN_FROM ? 'wan' : 'yuan';
}

/** Whether the figures are parts of a whole: none below nothing, and something in all. */
export function isWhole({ series }: Figure): boolean {
  const values = series.flatMap((each) => each.values);
  return values.every((value) => value >= 0) && values.some((value) => value > 0);
}
