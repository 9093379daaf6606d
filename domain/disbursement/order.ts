import { add, min, subtract, ZERO, type Fen } from '../money';

/** What one city still owes another by one fund and insutype for a clearing, fen. */
export interface OpenPayable {
  readonly payableId: string;
  readonly payingCity: string;
  readonly receivingCity: string;
  readonly insutype: string;
  /** Not yet drawn, paid or promised by another order; above zero. */
  readonly available: Fen;
}

/** What an order keeps back from a payable. It stays owed: a later order pays it, or a clearing takes it back. */
export interface Withholding {
  readonly payableId: string;
  /** 扣款 */
  readonly deduction: Fen;
  /** 预留金 */
  readonly reserve: Fen;
}

export interface OrderLine extends OpenPayable, Omit<Withholding, 'payableId'> {
  /** 预付金抵扣 */
  readonly drawn: Fen;
  /** 实拨 */
  readonly pay: Fen;
}

export interface OrderSums {
  /** 应付 of all lines. */
  readonly payable: Fen;
  readonly deduction: Fen;
  readonly reserve: Fen;
  readonly drawn: Fen;
  /** 实拨: payable − deduction − reserve − drawn. */
  readonly due: Fen;
}

export type DraftProblem =
  | { readonly problem: 'nothing' }
  /** A deduction or reserve names no payable of the order, or names one twice. */
  | { readonly problem: 'unknownPayable'; readonly payableId: string }
  | { readonly problem: 'withheldExceeds'; readonly payableId: string };

/**
 * Lines of a disbursement order (拨付单) from what is payable: kept back what the order says, drawn from the pool what it
 * asks for and the pool has, in the order of the lines; the rest is paid. A pool that is too small refuses nothing.
 */
export function draftLines(
  payables: readonly OpenPayable[],
  withheld: readonly Withholding[],
  draw: { readonly wanted: Fen; readonly pool: Fen },
): readonly OrderLine[] | DraftProblem {
  if (payables.length === 0) return { problem: 'nothing' };
  const known = new Set(payables.map(({ payableId }) => payableId));
  const stray = withheld.find(({ payableId }, index) => !known.has(payableId) || withheld.findIndex((each) => each.payableId === payableId) !== index);
  if (stray) return { problem: 'unknownPayable', payableId: stray.payableId };
  let left = drawable(draw.wanted, draw.pool);
  const lines: OrderLine[] = [];
  for (const payable of payables) {
    const { deduction, reserve } = withheld.find(({ payableId }) => payableId === payable.payableId) ?? { deduction: ZERO, reserve: ZERO };
    const net = subtract(payable.available, add(deduction, reserve));
    if (deduction < 0 || reserve < 0 || net < 0) return { problem: 'withheldExceeds', payableId: payable.payableId };
    const drawn = min(left, net);
    left = subtract(left, drawn);
    lines.push({ ...payable, deduction, reserve, drawn, pay: subtract(net, drawn) });
  }
  return lines;
}

/** What an order may take out of a pool: what it wants, at most what is there, never below zero. */
export function drawable(wanted: Fen, pool: Fen): Fen {
  return wanted <= 0 || pool <= 0 ? ZERO : min(wanted, pool);
}

export function sumsOf(lines: readonly OrderLine[]): OrderSums {
  const sum = (part: (line: OrderLine) => Fen): Fen => add(ZERO, ...lines.map(part));
  return {
    payable: sum((line) => line.available),
    deduction: sum((line) => line.deduction),
    reserve: sum((line) => line.reserve),
    drawn: sum((line) => line.drawn),
    due: sum((line) => line.pay),
  };
}
