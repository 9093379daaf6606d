import type { Declaration, Pattern, Side } from '../../domain/matching/declaration';

/**
 * A second, plain reading of a declaration: maps over rows in memory, one key after another. It shares no code with the engine, so that
 * both have to be wrong alike to agree on something wrong.
 */

export type PlainRow = Readonly<Record<string, string | number>>;
/** Rows of one run by the key of their side. */
export type PlainSides = Readonly<Record<string, readonly PlainRow[]>>;

export interface PlainFinding {
  readonly key: string;
  readonly code: string;
  readonly fields: string;
  readonly fen: number;
}

interface Cell {
  rows: PlainRow[];
  voided: boolean;
}

const textOf = (row: PlainRow, column: string): string => String(row[column] ?? '');
const amountOf = (row: PlainRow, column: string): number => Number(row[column] ?? 0);

/** Rows of a side that are left after cancelled pairs and void rows are gone. */
export function liveRows(declaration: Declaration, side: Side, given: readonly PlainRow[]): { live: PlainRow[]; voided: PlainRow[] } {
  const { cancelling, voided } = side;
  let live = [...given];
  if (cancelling) {
    const isCancel = (row: PlainRow): boolean => cancelling.in.includes(textOf(row, cancelling.column));
    const sorted = [...live].sort((a, b) => (JSON.stringify(ordered(a)) < JSON.stringify(ordered(b)) ? -1 : 1));
    const gone = new Set<PlainRow>();
    for (const cancel of sorted.filter(isCancel)) {
      const original = sorted.find(
        (row) =>
          !isCancel(row) &&
          !gone.has(row) &&
          cancelling.own.every((name, at) => textOf(row, name) === textOf(cancel, cancelling.original[at] ?? '')) &&
          declaration.amounts.every(({ column }) => amountOf(row, column) === -amountOf(cancel, column)),
      );
      if (!original) continue;
      gone.add(original).add(cancel);
    }
    live = live.filter((row) => !gone.has(row));
  }
  const isVoid = (row: PlainRow): boolean => voided !== undefined && voided.in.includes(textOf(row, voided.column));
  return { live: live.filter((row) => !isVoid(row)), voided: given.filter(isVoid) };
}

function ordered(row: PlainRow): unknown[] {
  return Object.keys(row).sort().map((name) => row[name]);
}

/** What differs, in the order of the key's text. */
export function plainFindings(declaration: Declaration, sides: PlainSides, day: string): PlainFinding[] {
  const keys = new Map<string, Map<string, Cell>>();
  const cellOf = (row: PlainRow, side: string): Cell => {
    const key = declaration.match.map((name) => textOf(row, name)).join('|');
    const cells = keys.get(key) ?? new Map<string, Cell>();
    keys.set(key, cells);
    const cell = cells.get(side) ?? { rows: [], voided: false };
    cells.set(side, cell);
    return cell;
  };
  for (const side of declaration.sides) {
    const { live, voided } = liveRows(declaration, side, sides[side.key] ?? []);
    for (const row of live) cellOf(row, side.key).rows.push(row);
    for (const row of voided) cellOf(row, side.key).voided = true;
  }
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([key, cells]) => findingOf(declaration, key, cells, day));
}

/** All sides hold the same rows, however often; rows of a `many` side are one. */
function sayTheSame(declaration: Declaration, cells: ReadonlyMap<string, Cell>): boolean {
  const compared = [...declaration.attributes.map(({ column }) => column), ...declaration.groups];
  const said = declaration.sides.map(({ key, rows: how }) => {
    const rows = cells.get(key)?.rows ?? [];
    const one = (some: readonly PlainRow[]): string =>
      JSON.stringify([declaration.amounts.map(({ column }) => some.reduce((sum, row) => sum + amountOf(row, column), 0)), compared.map((column) => [...new Set(some.map((row) => textOf(row, column)))])]);
    return how === 'many' ? (rows.length > 0 ? [one(rows)] : []) : rows.map((row) => one([row])).sort();
  });
  return said.every((each) => JSON.stringify(each) === JSON.stringify(said[0]));
}

function findingOf(declaration: Declaration, key: string, cells: ReadonlyMap<string, Cell>, day: string): PlainFinding[] {
  const present = declaration.sides.filter((side) => (cells.get(side.key)?.rows.length ?? 0) > 0);
  if (present.length === 0) return [];
  if (sayTheSame(declaration, cells)) return [];
  const rowsOf = (side: string): readonly PlainRow[] => cells.get(side)?.rows ?? [];
  const sum = (side: string, column: string): number => rowsOf(side).reduce((total, row) => total + amountOf(row, column), 0);
  const total = (side: string): number => declaration.amounts.reduce((all, { column }) => all + sum(side, column), 0);
  const duplicates = present.filter((side) => side.rows === 'one' && rowsOf(side.key).length > 1).map((side) => side.key);
  const amounts = declaration.amounts.filter(({ column, tolerance }) => {
    const sums = present.map((side) => sum(side.key, column));
    return Math.max(...sums) - Math.min(...sums) > tolerance;
  });
  const attributes = declaration.attributes.filter(({ column, toleranceDays = 0 }) => {
    if (declaration.match.includes(column)) return false;
    const values = [...new Set(present.flatMap((side) => rowsOf(side.key).map((row) => textOf(row, column))))].sort();
    if (values.length < 2) return false;
    const days = (Date.parse(values.at(-1) ?? '') - Date.parse(values[0] ?? '')) / 86_400_000;
    return !(toleranceDays > 0 && days <= toleranceDays);
  });
  if (present.length === declaration.sides.length && duplicates.length + amounts.length + attributes.length === 0) return [];
  const value = (column: string): string =>
    declaration.sides.map((side) => rowsOf(side.key).map((row) => textOf(row, column)).filter((text) => text !== '').sort()[0]).find((text) => text !== undefined) ?? '';
  const isThere = (side: string): boolean => present.some((each) => each.key === side);
  const holds = ({ present: there = [], absent = [], voided, duplicate, amounts: sums, attributes: said, where, sign, within }: Pattern): boolean => {
    if (!there.every(isThere) || absent.some(isThere)) return false;
    if (voided !== undefined && (isThere(voided) || !cells.get(voided)?.voided)) return false;
    if (duplicate !== undefined && !duplicates.includes(duplicate)) return false;
    if (sums && !amounts.some(({ column }) => sums.includes(column))) return false;
    if (said && !attributes.some(({ column }) => said.includes(column))) return false;
    if (where && !where.in.includes(value(where.column))) return false;
    const first = total(present[0]?.key ?? '');
    if ((sign === 'negative' && first >= 0) || (sign === 'positive' && first <= 0)) return false;
    return !within || (Date.parse(day) - Date.parse(value(within.column))) / 86_400_000 <= within.days;
  };
  const code = declaration.codes.find(({ when }) => holds(when))?.code ?? 'none';
  const [first, ...others] = declaration.sides.map((side) => total(side.key)) as [number, ...number[]];
  const fen = others.map((other) => first - other).reduce((far, one) => (Math.abs(one) > Math.abs(far) ? one : far));
  return [{ key, code, fields: [...amounts, ...attributes].map(({ column }) => column).join(' '), fen }];
}
