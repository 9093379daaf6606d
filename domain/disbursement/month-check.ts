import { add, subtract, ZERO, type Fen } from '../money';

/** What became of one payable of a clearing, fen. */
export interface PayableProgress {
  readonly payingCity: string;
  readonly receivingCity: string;
  readonly clearing: Fen;
  /** Taken out of the pool by orders that stand. */
  readonly drawn: Fen;
  /** Of the payer's transfers, what the province has confirmed as received. */
  readonly confirmed: Fen;
  /** What the care place has confirmed as received. */
  readonly arrived: Fen;
}

/** A side of a clearing whose confirmations do not come to it. */
export interface Residual {
  /** `payer`: a city that has not paid all; `care`: a care place that has not received all. */
  readonly side: 'payer' | 'care';
  readonly city: string;
  readonly clearing: Fen;
  readonly confirmed: Fen;
  /** clearing − confirmed, never zero. */
  readonly residual: Fen;
}

/** By city, where a clearing and its confirmations differ: payers with what was drawn and confirmed, care places with what arrived. */
export function residualsOf(rows: readonly PayableProgress[]): Residual[] {
  const payers = bySide('payer', rows, (row) => row.payingCity, (row) => add(row.drawn, row.confirmed));
  return [...payers, ...bySide('care', rows, (row) => row.receivingCity, (row) => row.arrived)];
}

function bySide(side: Residual['side'], rows: readonly PayableProgress[], cityOf: (row: PayableProgress) => string, doneOf: (row: PayableProgress) => Fen): Residual[] {
  return [...new Set(rows.map(cityOf))].sort().flatMap((city) => {
    const own = rows.filter((row) => cityOf(row) === city);
    const clearing = add(ZERO, ...own.map((row) => row.clearing));
    const confirmed = add(ZERO, ...own.map(doneOf));
    return clearing === confirmed ? [] : [{ side, city, clearing, confirmed, residual: subtract(clearing, confirmed) }];
  });
}
