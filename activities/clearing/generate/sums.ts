import type { EntityManager } from 'typeorm';
import type { LineKind } from '../../../domain/clearing/entry';
import { fundOfNo } from '../../../domain/clearing/funds';
import type { ClearingLine } from '../../../domain/clearing/lines';
import type { Period } from '../../../domain/clearing/period';
import { fenOf, integerOf } from '../../../store/columns';
import type { XrClearingPair } from '../../../store/entities';
import type { Range } from './ranges';

/** What some settlements come to: by fund, and by pair of cities in all. */
export interface Sums {
  readonly lines: readonly ClearingLine[];
  readonly pairs: readonly Omit<XrClearingPair, 'batchId'>[];
}

interface Row {
  readonly payingCity: string;
  readonly receivingCity: string;
  readonly insutype: string;
  readonly kind: LineKind;
  readonly fund: unknown;
  readonly n: unknown;
  readonly fen: unknown;
  readonly cash: unknown;
}

/** The settlements of a window within a range, or those listed. */
export type Which = { readonly office: string; readonly window: Period; readonly range: Range } | { readonly ids: readonly number[] };

/** Lets the database add up: two statements whose cost does not depend on how many lines come out. */
export async function sumUp(manager: EntityManager, which: Which): Promise<Sums> {
  const { table, condition, values } = selectionOf(manager, which);
  const lines: Row[] = await manager.query(
    `SELECT s.paying_city AS payingCity, s.receiving_city AS receivingCity, s.insutype AS insutype, s.entry AS kind, f.fund_no AS fund, ` +
      `COUNT(*) AS n, SUM(f.fen) AS fen FROM ${table} JOIN xr_settlement_fund f ON f.settlement_id = s.id WHERE ${condition} ` +
      'GROUP BY s.paying_city, s.receiving_city, s.insutype, s.entry, f.fund_no',
    values,
  );
  const pairs: Row[] = await manager.query(
    `SELECT s.paying_city AS payingCity, s.receiving_city AS receivingCity, s.insutype AS insutype, s.entry AS kind, ` +
      `COUNT(*) AS n, SUM(s.medfee_sumamt) AS fen, SUM(s.psn_cash_pay) AS cash FROM ${table} WHERE ${condition} ` +
      'GROUP BY s.paying_city, s.receiving_city, s.insutype, s.entry',
    values,
  );
  return { lines: lines.map(lineOf), pairs: pairs.map(pairOf) };
}

/**
 * Where most rows of a range are wanted they are read as they lie, which is several times as fast as by the index of the
 * window; neither database knows how dense they lie, so it is told.
 */
export function selectionOf(manager: EntityManager, which: Which): { table: string; condition: string; values: unknown[] } {
  if ('ids' in which) {
    return { table: 'xr_settlement s', condition: `s.id IN (${which.ids.map(() => '?').join(', ')})`, values: [...which.ids] };
  }
  const { office, window, range } = which;
  const mysql = manager.dataSource.options.type === 'mysql';
  const dense = mysql ? 'FORCE INDEX (PRIMARY)' : 'NOT INDEXED';
  const sparse = mysql ? 'FORCE INDEX (ix_xr_settlement_window)' : 'INDEXED BY ix_xr_settlement_window';
  return {
    table: `xr_settlement s ${range.dense ? dense : sparse}`,
    condition: 's.id BETWEEN ? AND ? AND s.office = ? AND s.entered_window = ?',
    values: [range.fromId, range.throughId, office, window],
  };
}

function lineOf({ payingCity, receivingCity, insutype, kind, fund, n, fen }: Row): ClearingLine {
  return { payingCity, receivingCity, insutype, fund: fundOfNo(integerOf(fund)), kind, count: integerOf(n), fen: fenOf(fen) };
}

function pairOf({ payingCity, receivingCity, insutype, kind, n, fen, cash }: Row): Omit<XrClearingPair, 'batchId'> {
  return { payingCity, receivingCity, insutype, kind, settlements: integerOf(n), medfeeFen: fenOf(fen), cashFen: fenOf(cash) };
}
